import {
  decodePageCursor,
  type EventRow,
  foreignCursor,
  isId,
  isStaff,
  type Page,
  type PageArguments,
  pageOf,
  pageSize,
  type Viewer,
} from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { TicketEventRow } from '../history/ticket-event.ts';
import { Comment } from './comment.ts';

// What hangs on one ticket. The ticket was admitted before; internal parts are left out for clients here and by row-level security.

/** Messages of a ticket, oldest first. */
export async function commentPage(em: EntityManager, viewer: Viewer, ticketId: string, page: PageArguments): Promise<Page<Comment>> {
  const { size } = pageSize(page);
  const after = page.after ? { id: { $gt: placeIn(page.after, (key): key is string => isId('cmt', key)) } } : {};
  const rows = await em.find(
    Comment,
    { ticketId, ...(isStaff(viewer) ? {} : { internal: false }), ...after },
    { orderBy: { id: 'asc' }, limit: size + 1 },
  );
  return pageOf(rows, page, (comment) => [comment.id]);
}

/** The history of a ticket, oldest first. */
export async function historyPage(em: EntityManager, viewer: Viewer, ticketId: string, page: PageArguments): Promise<Page<EventRow>> {
  const { size } = pageSize(page);
  const audience = isStaff(viewer) ? { $in: ['PUBLIC' as const, 'INTERNAL' as const] } : ('PUBLIC' as const);
  const after = page.after ? { version: { $gt: placeIn(page.after, isVersion) } } : {};
  const rows = await em.find(TicketEventRow, { aggregate: ticketId, audience, ...after }, { orderBy: { version: 'asc' }, limit: size + 1 });
  return pageOf(rows, page, (event) => [event.version]);
}

/** The key that a cursor holds. Throws BAD_USER_INPUT for a cursor of another list. */
function placeIn<Key extends string | number>(cursor: string, isKey: (key: unknown) => key is Key): Key {
  const [key] = decodePageCursor(cursor, 1);
  if (!isKey(key)) throw foreignCursor();
  return key;
}

const isVersion = (key: unknown): key is number => typeof key === 'number' && Number.isInteger(key) && key >= 0 && key < 2 ** 31;
