import { decodePageCursor, foreignCursor, isId } from '@atende/service';
import type { Level } from '../lifecycle/ticket-status.ts';
import type { Ticket } from './ticket.ts';

export const ticketOrders = ['NEWEST', 'OLDEST', 'LAST_INTERACTION', 'SEVERITY'] as const;
export type TicketOrder = (typeof ticketOrders)[number];

/** What a list sorts by before the id; ids sort by time of birth. */
interface Sorting {
  /** SQL of the key; null: the id alone. */
  sql: string | null;
  key(ticket: Ticket): string | number;
  isKey(value: string | number): boolean;
  descending: boolean;
}

const rank: Record<Level, number> = { LOW: 0, MEDIUM: 1, HIGH: 2, CRITICAL: 3 };
const rankSql = `case severity when 'CRITICAL' then 3 when 'HIGH' then 2 when 'MEDIUM' then 1 else 0 end`;
const byId = { sql: null, key: () => 0, isKey: (value: string | number) => value === 0 };
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

export const sortings: Record<TicketOrder, Sorting> = {
  NEWEST: { ...byId, descending: true },
  OLDEST: { ...byId, descending: false },
  LAST_INTERACTION: {
    sql: 'last_interaction_at',
    key: (ticket) => ticket.lastInteractionAt.toISOString(),
    isKey: (value) => ISO.test(String(value)) && !Number.isNaN(Date.parse(String(value))),
    descending: true,
  },
  SEVERITY: {
    sql: rankSql,
    key: (ticket) => rank[ticket.severity],
    isKey: (value) => Object.values(rank).includes(Number(value)),
    descending: true,
  },
};

/** Where a ticket stands in a list of this order. The order is part of it: a cursor of another list is refused, not misread. */
export const placeOf = (order: TicketOrder, ticket: Ticket): [TicketOrder, string | number, string] => [
  order,
  sortings[order].key(ticket),
  ticket.id,
];

/** The key and id that a cursor of a list of this order holds. Throws BAD_USER_INPUT for any other. */
export function readPlace(order: TicketOrder, cursor: string): [string | number, string] {
  const [of, key = '', id] = decodePageCursor(cursor, 3);
  if (of !== order || !sortings[order].isKey(key) || !isId('tkt', id)) throw foreignCursor();
  return [key, id];
}
