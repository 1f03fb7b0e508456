import { type Context, type EventRow, isId, seesTicket } from '@atende/service';
import { TicketEventRow } from '../history/ticket-event.ts';
import { Comment } from './comment.ts';
import { Ticket } from './ticket.ts';

// What is loaded by id, for relations and other services. What has not the form of an id is not asked for.

/** Tickets, in one statement per request. */
export const ticketReferences = ({ em }: Context, ids: string[]): Promise<Ticket[]> =>
  em.find(Ticket, { id: { $in: ids.filter((id) => isId('tkt', id)) } });

/** Events of tickets that the viewer sees. */
export async function ticketEventReferences(context: Context, ids: string[]): Promise<EventRow[]> {
  const events = await context.em.find(TicketEventRow, { id: { $in: ids.filter((id) => isId('evt', id)) } });
  return onSeenTickets(context, events, (event) => event.aggregate);
}

/** Messages on tickets that the viewer sees. */
export async function commentReferences(context: Context, ids: string[]): Promise<Comment[]> {
  const comments = await context.em.find(Comment, { id: { $in: ids.filter((id) => isId('cmt', id)) } });
  return onSeenTickets(context, comments, (comment) => comment.ticketId);
}

async function onSeenTickets<Row>({ load, viewer }: Context, rows: Row[], ticketOf: (row: Row) => string): Promise<Row[]> {
  const tickets = await Promise.all(rows.map((row) => load<Ticket>('Ticket', ticketOf(row))));
  return rows.filter((_, index) => tickets[index] && seesTicket(viewer, tickets[index]));
}
