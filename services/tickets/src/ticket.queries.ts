import { decodePageCursor, hasRole, type Page, type PageArguments, pageOf, pageSize, type Viewer, wholeOrganizations } from '@atende/service';
import { type EntityManager, type FilterQuery, type QBFilterQuery, raw } from '@mikro-orm/postgresql';
import { filterQuery, type TicketFilter } from './ticket-filter.ts';
import { Ticket } from './ticket.ts';
import { awaitingOf, type Awaiting, type Level, type TicketStatus } from './ticket-status.ts';

export type TicketOrder = 'NEWEST' | 'OLDEST' | 'LAST_INTERACTION' | 'SEVERITY';

/** Rows that the viewer sees, as a query: what `seesTicket` says of one. */
export function seenBy(viewer: Viewer): FilterQuery<Ticket> {
  const contacts = viewer.contacts.map((contact) => contact.id);
  const open: FilterQuery<Ticket>[] = [];
  if (hasRole(viewer, 'SUPERVISOR')) open.push({ id: { $ne: '' } });
  if (wholeOrganizations(viewer).length > 0) open.push({ organizationId: { $in: wholeOrganizations(viewer) } });
  if (viewer.groups.length > 0) open.push({ groupId: { $in: viewer.groups } });
  if (viewer.analystId) open.push({ analystIds: { $contains: [viewer.analystId] } });
  const seen: FilterQuery<Ticket>[] = [{ requesterId: { $in: contacts } }];
  if (open.length > 0) seen.push({ restricted: false, $or: open });
  if (hasRole(viewer, 'OMBUDSMAN')) seen.push({ restricted: true });
  return { $or: seen };
}

const seenAnd = (viewer: Viewer, filter: TicketFilter) => ({ $and: [seenBy(viewer), filterQuery(filter)] }) as QBFilterQuery<Ticket>;

// What each order sorts by before the id; ids sort by time of birth.
const severityRank: Record<Level, number> = { LOW: 0, MEDIUM: 1, HIGH: 2, CRITICAL: 3 };
const rankSql = `case severity when 'CRITICAL' then 3 when 'HIGH' then 2 when 'MEDIUM' then 1 else 0 end`;
interface Sorting {
  key(ticket: Ticket): string | number;
  sql: string | null;
  descending: boolean;
}
const sortings: Record<TicketOrder, Sorting> = {
  NEWEST: { key: () => '', sql: null, descending: true },
  OLDEST: { key: () => '', sql: null, descending: false },
  LAST_INTERACTION: { key: (ticket) => ticket.lastInteractionAt.toISOString(), sql: 'last_interaction_at', descending: true },
  SEVERITY: { key: (ticket) => severityRank[ticket.severity], sql: rankSql, descending: true },
};

/** One page of the tickets that the viewer sees, by key set: the thousandth page costs what the first does. */
export async function ticketPage(em: EntityManager, viewer: Viewer, filter: TicketFilter, order: TicketOrder, page: PageArguments): Promise<Page<Ticket>> {
  const { size, backwards } = pageSize(page);
  const { key, sql, descending } = sortings[order];
  const query = em.createQueryBuilder(Ticket).where(seenAnd(viewer, filter));
  const down = descending !== backwards;
  const cursor = backwards ? page.before : page.after;
  if (cursor) query.andWhere(raw(`(${sql ?? "''"}, id) ${down ? '<' : '>'} (?, ?)`, decodePageCursor(cursor, 2)));
  const direction = down ? 'desc' : 'asc';
  if (sql) query.orderBy({ [raw(sql)]: direction });
  query.orderBy({ id: direction }).limit(size + 1);
  return pageOf(await query.getResultList(), page, (ticket) => [key(ticket), ticket.id]);
}

export interface TicketCounts {
  total: number;
  byStatus: { status: TicketStatus; count: number }[];
  bySeverity: { severity: Level; count: number }[];
  byAwaiting: { awaiting: Awaiting; count: number }[];
}

/** Counts of what the viewer sees, in one statement. */
export async function ticketCounts(em: EntityManager, viewer: Viewer, filter: TicketFilter): Promise<TicketCounts> {
  const rows = (await em
    .createQueryBuilder(Ticket)
    .select(['status', 'severity', raw('count(*) as count')])
    .where(seenAnd(viewer, filter))
    .groupBy(['status', 'severity'])
    .execute('all', false)) as { status: TicketStatus; severity: Level; count: string }[];
  const sum = <Key extends string>(keyOf: (row: { status: TicketStatus; severity: Level }) => Key): [Key, number][] => {
    const sums = new Map<Key, number>();
    for (const row of rows) sums.set(keyOf(row), (sums.get(keyOf(row)) ?? 0) + Number(row.count));
    return [...sums];
  };
  return {
    total: rows.reduce((total, row) => total + Number(row.count), 0),
    byStatus: sum((row) => row.status).map(([status, count]) => ({ status, count })),
    bySeverity: sum((row) => row.severity).map(([severity, count]) => ({ severity, count })),
    byAwaiting: sum((row) => awaitingOf[row.status]).map(([awaiting, count]) => ({ awaiting, count })),
  };
}

