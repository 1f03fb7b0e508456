import type { EventRow } from '@atende/service';
import type { TicketStatus } from '../lifecycle/ticket-status.ts';
import { type HistoryCause, historyCauses } from './history.graphql.ts';
import type { TicketEventType } from './ticket-event.graphql.ts';

// An event of a ticket as people read it: in its history and live.

export const typeOf = ({ type }: EventRow): TicketEventType => type.slice('ticket.'.length).toUpperCase() as TicketEventType;

export const statusIn = ({ data }: EventRow, key: 'fromStatus' | 'toStatus'): TicketStatus | null =>
  (data[key] as TicketStatus | undefined) ?? null;

/** Id of the message that came with it. */
export const commentIn = ({ data }: EventRow): string | null => (data.commentId as string | undefined) ?? null;

/** Why, where the event says so. */
export const causeIn = ({ data }: EventRow): HistoryCause | null =>
  historyCauses.find((cause) => cause === (data.reason ?? data.cause)) ?? null;

const NOT_SHOWN = new Set(['stay', 'lastInteractionAt']); // book-keeping of timers and lists

export function changesIn({ data }: EventRow): { field: string; before: unknown; after: unknown }[] {
  const before = (data.before ?? {}) as Record<string, unknown>;
  const after = (data.after ?? {}) as Record<string, unknown>;
  return Object.keys(after)
    .filter((field) => !NOT_SHOWN.has(field))
    .map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null }));
}
