import { isId } from '@atende/service';
import type { FilterQuery } from '@mikro-orm/postgresql';
import type { ServiceArea } from '../form/form.ts';
import { canonicalText } from '../form/form-answer.ts';
import { type Awaiting, awaitingOf, type Channel, type Level, type TicketStatus } from '../lifecycle/ticket-status.ts';
import type { Ticket } from './ticket.ts';

/** `TicketFilter` of the public schema: every part that is given must hold; lists mean "one of". */
export interface TicketFilter {
  status?: TicketStatus[] | null;
  organizationId?: string | null;
  requesterId?: string | null;
  assigneeId?: string | null;
  groupId?: string | null;
  product?: string | null;
  requestType?: string[] | null;
  serviceArea?: ServiceArea[] | null;
  severity?: Level[] | null;
  channel?: Channel[] | null;
  classification?: 'COMPLETE' | 'TO_CLASSIFY' | null;
  text?: string | null;
  openedAfter?: Date | string | null;
  openedBefore?: Date | string | null;
  awaiting?: Awaiting | null;
}

/** The part of a ticket that a filter looks at. */
export type Filterable = Pick<
  Ticket,
  | 'status'
  | 'organizationId'
  | 'requesterId'
  | 'assigneeId'
  | 'groupId'
  | 'productId'
  | 'requestType'
  | 'severity'
  | 'channel'
  | 'classification'
  | 'createdAt'
>;

/** One part of a filter, said twice: of a ticket at hand, for live updates, and as a query. Both must mean the same. */
interface Part<Wanted> {
  passes(ticket: Filterable, wanted: Wanted): boolean;
  query(wanted: Wanted): FilterQuery<Ticket>;
}
type Parts = { [Name in Exclude<keyof TicketFilter, 'text'>]-?: Part<NonNullable<TicketFilter[Name]>> };

const NOTHING: FilterQuery<Ticket> = { id: { $in: [] } };
const where = (property: keyof Filterable, condition: unknown) => ({ [property]: condition }) as FilterQuery<Ticket>;

/** An id that cannot be one is not asked for. */
const id = (property: keyof Filterable, prefix: string): Part<string> => ({
  passes: (ticket, wanted) => ticket[property] === wanted,
  query: (wanted) => (isId(prefix, wanted) ? where(property, wanted) : NOTHING),
});
const oneOf = <Value>(property: keyof Filterable): Part<Value[]> => ({
  passes: (ticket, wanted) => wanted.includes(ticket[property] as Value),
  query: (wanted) => where(property, { $in: wanted }),
});

const areaPrefix: Record<ServiceArea, string> = {
  SOFTWARE: 'software.',
  RELATIONSHIP: 'relationship.',
  VALUE_ADDED: 'value-added.',
  TECHNICAL_SUPPORT: 'technical-support',
};
const statusesAwaiting = (awaiting: Awaiting): TicketStatus[] =>
  (Object.keys(awaitingOf) as TicketStatus[]).filter((status) => awaitingOf[status] === awaiting);

const FIRST_MOMENT = new Date('0001-01-01T00:00:00Z'); // the first that PostgreSQL and ISO 8601 write alike
const momentOf = (given: Date | string): Date => new Date(Math.max(new Date(given).getTime(), FIRST_MOMENT.getTime()));

const parts: Parts = {
  status: oneOf('status'),
  organizationId: id('organizationId', 'org'),
  requesterId: id('requesterId', 'con'),
  assigneeId: id('assigneeId', 'ana'),
  groupId: id('groupId', 'grp'),
  product: id('productId', 'opt'),
  requestType: {
    passes: (ticket, wanted) => wanted.includes(ticket.requestType),
    query: (wanted) => where('requestType', { $in: wanted.filter((code) => /^[a-z.-]{1,80}$/.test(code)) }),
  },
  serviceArea: {
    passes: ({ requestType }, wanted) => wanted.some((area) => requestType.startsWith(areaPrefix[area])),
    query: (wanted) =>
      wanted.length === 0 ? NOTHING : { $or: wanted.map((area) => where('requestType', { $like: `${areaPrefix[area]}%` })) },
  },
  severity: oneOf('severity'),
  channel: oneOf('channel'),
  classification: {
    passes: (ticket, wanted) => ticket.classification === wanted,
    query: (wanted) => where('classification', wanted),
  },
  openedAfter: {
    passes: ({ createdAt }, wanted) => createdAt > momentOf(wanted),
    query: (wanted) => where('createdAt', { $gt: momentOf(wanted) }),
  },
  openedBefore: {
    passes: ({ createdAt }, wanted) => createdAt < momentOf(wanted),
    query: (wanted) => where('createdAt', { $lt: momentOf(wanted) }),
  },
  awaiting: {
    passes: ({ status }, wanted) => awaitingOf[status] === wanted,
    query: (wanted) => where('status', { $in: statusesAwaiting(wanted) }),
  },
};

/** The parts of a filter that were given. */
const given = (filter: TicketFilter): [Part<unknown>, unknown][] =>
  Object.entries(parts).flatMap(([name, part]): [Part<unknown>, unknown][] => {
    const wanted = filter[name as keyof TicketFilter];
    return wanted === null || wanted === undefined ? [] : [[part as Part<unknown>, wanted]];
  });

/** Whether a ticket passes, for live updates; `text` is refused there and not looked at here. */
export const passes = (ticket: Filterable, filter: TicketFilter): boolean =>
  given(filter).every(([part, wanted]) => part.passes(ticket, wanted));

/** The same filter as a query. */
export const filterQuery = (filter: TicketFilter): FilterQuery<Ticket> => ({
  $and: [...given(filter).map(([part, wanted]) => part.query(wanted)), ...textQuery(filter.text ?? '')],
});

const MOST_SEARCHED = 200; // characters

/** A part of the subject, or the whole number. */
function textQuery(text: string): FilterQuery<Ticket>[] {
  const words = canonicalText(text, true).slice(0, MOST_SEARCHED);
  if (words === '') return [];
  return [{ $or: [{ subject: { $ilike: `%${words.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%` } }, { number: words }] }];
}
