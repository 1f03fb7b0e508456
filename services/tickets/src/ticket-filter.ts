import type { FilterQuery } from '@mikro-orm/postgresql';
import type { Ticket } from './ticket.ts';
import { type Awaiting, awaitingOf, type Channel, type Level, type TicketStatus } from './ticket-status.ts';
import type { ServiceArea } from './form.ts';

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
  'status' | 'organizationId' | 'requesterId' | 'assigneeId' | 'groupId' | 'productId' | 'requestType' | 'severity' | 'channel' | 'classification' | 'createdAt'
>;

const areaPrefix: Record<ServiceArea, string> = {
  SOFTWARE: 'software.',
  RELATIONSHIP: 'relationship.',
  VALUE_ADDED: 'value-added.',
  TECHNICAL_SUPPORT: 'technical-support',
};
const areaOf = (requestType: string): ServiceArea | undefined =>
  (Object.keys(areaPrefix) as ServiceArea[]).find((area) => requestType.startsWith(areaPrefix[area]));
const statusesAwaiting = (awaiting: Awaiting): TicketStatus[] => (Object.keys(awaitingOf) as TicketStatus[]).filter((status) => awaitingOf[status] === awaiting);

/** Whether a ticket passes, for live updates; `text` is not looked at. */
export function passes(ticket: Filterable, filter: TicketFilter): boolean {
  const is = (wanted: string | null | undefined, actual: string | null): boolean => (wanted ?? undefined) === undefined || wanted === actual;
  const oneOf = (wanted: readonly string[] | null | undefined, actual: string | undefined): boolean => !wanted || wanted.includes(actual ?? '');
  return (
    oneOf(filter.status, ticket.status) &&
    is(filter.organizationId, ticket.organizationId) &&
    is(filter.requesterId, ticket.requesterId) &&
    is(filter.assigneeId, ticket.assigneeId) &&
    is(filter.groupId, ticket.groupId) &&
    is(filter.product, ticket.productId) &&
    oneOf(filter.requestType, ticket.requestType) &&
    oneOf(filter.serviceArea, areaOf(ticket.requestType)) &&
    oneOf(filter.severity, ticket.severity) &&
    oneOf(filter.channel, ticket.channel) &&
    is(filter.classification, ticket.classification) &&
    is(filter.awaiting, awaitingOf[ticket.status]) &&
    (!filter.openedAfter || ticket.createdAt > new Date(filter.openedAfter)) &&
    (!filter.openedBefore || ticket.createdAt < new Date(filter.openedBefore))
  );
}

/** The same filter as a query. */
export function filterQuery(filter: TicketFilter): FilterQuery<Ticket> {
  const all: FilterQuery<Ticket>[] = [];
  const oneOf = (property: keyof Ticket, wanted: readonly unknown[] | null | undefined): void => {
    if (wanted) all.push({ [property]: { $in: wanted } } as FilterQuery<Ticket>);
  };
  const is = (property: keyof Ticket, wanted: unknown): void => {
    if (wanted !== null && wanted !== undefined) all.push({ [property]: wanted } as FilterQuery<Ticket>);
  };
  oneOf('status', filter.status);
  is('organizationId', filter.organizationId);
  is('requesterId', filter.requesterId);
  is('assigneeId', filter.assigneeId);
  is('groupId', filter.groupId);
  is('productId', filter.product);
  oneOf('requestType', filter.requestType);
  oneOf('severity', filter.severity);
  oneOf('channel', filter.channel);
  is('classification', filter.classification);
  if (filter.awaiting) oneOf('status', statusesAwaiting(filter.awaiting));
  if (filter.serviceArea) all.push({ $or: filter.serviceArea.map((area) => ({ requestType: { $like: `${areaPrefix[area]}%` } })) });
  if (filter.openedAfter) all.push({ createdAt: { $gt: new Date(filter.openedAfter) } });
  if (filter.openedBefore) all.push({ createdAt: { $lt: new Date(filter.openedBefore) } });
  if (filter.text) {
    const like = `%${filter.text.trim().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
    all.push({ $or: [{ subject: { $ilike: like } }, { number: filter.text.trim() }] });
  }
  return { $and: all };
}
