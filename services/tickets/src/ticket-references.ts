import { type Context, seesTicket } from '@atende/service';
import { TicketEventRow } from './ticket-event.ts';
import { Ticket } from './ticket.ts';

/** Tickets by id, in one statement per request. */
export const ticketReferences = ({ em }: Context, ids: string[]): Promise<Ticket[]> => em.find(Ticket, { id: { $in: ids } });

/** Events of tickets that the viewer sees. */
export async function ticketEventReferences(context: Context, ids: string[]) {
  const events = await context.em.find(TicketEventRow, { id: { $in: ids } });
  const tickets = await Promise.all(events.map(({ aggregate }) => context.load<Ticket>('Ticket', aggregate)));
  return events.filter((_, index) => tickets[index] && seesTicket(context.viewer, tickets[index]));
}
