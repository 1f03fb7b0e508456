import {
  ErrorCode,
  hasRole,
  type Page,
  type PageArguments,
  pageOf,
  pageSize,
  RequestError,
  type Viewer,
  wholeOrganizations,
} from '@atende/service';
import { type EntityManager, type FilterQuery, type QBFilterQuery, raw } from '@mikro-orm/postgresql';
import { type Awaiting, awaitingOf, type Level, type TicketStatus } from '../lifecycle/ticket-status.ts';
import { Ticket } from './ticket.ts';
import { filterQuery, type TicketFilter } from './ticket-filter.ts';
import { placeOf, readPlace, sortings, type TicketOrder } from './ticket-order.ts';

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

/** One page of the tickets that the viewer sees, by key set: the thousandth page costs what the first does. */
export async function ticketPage(
  em: EntityManager,
  viewer: Viewer,
  asked: { filter: TicketFilter; order: TicketOrder; page: PageArguments },
): Promise<Page<Ticket>> {
  const { filter, order, page } = asked;
  const { size, backwards } = pageSize(page);
  if (backwards ? page.after : page.before)
    throw new RequestError(ErrorCode.BAD_USER_INPUT, '`after` goes with `first`, `before` with `last`.');
  const { sql, descending } = sortings[order];
  const query = em.createQueryBuilder(Ticket).where(seenAnd(viewer, filter));
  const [direction, beyond] = descending !== backwards ? (['desc', '<'] as const) : (['asc', '>'] as const);
  const cursor = backwards ? page.before : page.after;
  const [key, id] = cursor ? readPlace(order, cursor) : [];
  if (id && sql) query.andWhere(raw(`(${sql}, id) ${beyond} (?, ?)`, [key, id]));
  else if (id) query.andWhere(raw(`id ${beyond} ?`, [id]));
  query.orderBy([...(sql ? [{ [raw(sql)]: direction }] : []), { id: direction }]).limit(size + 1);
  return pageOf(await query.getResultList(), page, (ticket) => placeOf(order, ticket));
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
