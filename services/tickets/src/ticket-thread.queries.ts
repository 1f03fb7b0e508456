import { decodePageCursor, type EventRow, isStaff, type Page, type PageArguments, pageOf, pageSize, type Viewer } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Comment } from './comment.ts';
import { TicketEventRow } from './ticket-event.ts';

// What hangs on one ticket. The ticket was admitted before; internal parts are left out for clients here and by row-level security.

/** Messages of a ticket, oldest first. */
export async function commentPage(em: EntityManager, viewer: Viewer, ticketId: string, page: PageArguments): Promise<Page<Comment>> {
  const { size } = pageSize(page);
  const after = page.after ? { id: { $gt: String(decodePageCursor(page.after, 1)[0]) } } : {};
  const rows = await em.find(Comment, { ticketId, ...(isStaff(viewer) ? {} : { internal: false }), ...after }, { orderBy: { id: 'asc' }, limit: size + 1 });
  return pageOf(rows, page, (comment) => [comment.id]);
}

/** The history of a ticket, oldest first. */
export async function historyPage(em: EntityManager, viewer: Viewer, ticketId: string, page: PageArguments): Promise<Page<EventRow>> {
  const { size } = pageSize(page);
  const audience = isStaff(viewer) ? { $in: ['PUBLIC' as const, 'INTERNAL' as const] } : ('PUBLIC' as const);
  const after = page.after ? { version: { $gt: Number(decodePageCursor(page.after, 1)[0]) } } : {};
  const rows = await em.find(TicketEventRow, { aggregate: ticketId, audience, ...after }, { orderBy: { version: 'asc' }, limit: size + 1 });
  return pageOf(rows, page, (event) => [event.version]);
}
