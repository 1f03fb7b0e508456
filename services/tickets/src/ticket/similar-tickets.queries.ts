import type { EntityManager } from '@mikro-orm/postgresql';
import type { CanonicalAnswers } from '../form/form-meaning.ts';
import { Ticket } from './ticket.ts';

const MOST_COMPARED = 300;

/**
 * Open tickets of an organization that are about what somebody is about to open, or classifies, the likest first, five at most.
 * Row-level security chooses those that are compared, so that none is looked at that the viewer may not see.
 */
export async function similarTickets(
  em: EntityManager,
  { organizationId, ticketId }: { organizationId: string; ticketId: string | null },
  { subject, summary, description, product, module }: CanonicalAnswers,
): Promise<Ticket[]> {
  if (!subject && !description) return [];
  const body = [summary, description].filter(Boolean).join('\n');
  const found = await em.execute<{ id: string }[]>(
    `select ticket_id as id from similar_tickets(?, ?, ?, ?, array(
       select id from ticket where organization_id = ? and id is distinct from ? and status not in ('CLOSED', 'CANCELLED') order by id desc limit ?))`,
    [subject ?? '', body, product?.id ?? null, module?.id ?? null, organizationId, ticketId, MOST_COMPARED],
  );
  const tickets = new Map((await em.find(Ticket, { id: { $in: found.map(({ id }) => id) } })).map((ticket) => [ticket.id, ticket]));
  return found.flatMap(({ id }) => tickets.get(id) ?? []);
}
