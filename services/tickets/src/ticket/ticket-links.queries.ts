import { seesTicket, type Viewer } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Ticket } from './ticket.ts';
import type { TicketLinkType } from './ticket-link.graphql.ts';

/** The tickets linked to one, as far as the viewer sees them: the closed one it continues, then those that continue it. */
export async function linksOf(
  em: EntityManager,
  viewer: Viewer,
  { id, followUpOfId }: Ticket,
): Promise<{ type: TicketLinkType; ticket: Ticket }[]> {
  const linked = await em.find(
    Ticket,
    { $or: [{ followUpOfId: id }, ...(followUpOfId === null ? [] : [{ id: followUpOfId }])] },
    { orderBy: { id: 'asc' }, limit: 100 },
  );
  return linked
    .filter((ticket) => seesTicket(viewer, ticket))
    .map((ticket) => ({ type: ticket.id === followUpOfId ? 'CONTINUES' : 'CONTINUED_BY', ticket }));
}
