import { type EventData, type EventDefinition, TicketAbout, TicketAccess, type TicketState } from '@atende/events';
import type { z } from 'zod';
import type { TicketRow } from '../ticket/ticket.schema.ts';
import type { Act } from '../ticket/ticket-act.ts';

export type State = z.output<typeof TicketState>;
export type About = Pick<TicketRow, (typeof ABOUT)[number]>;
/** Everything that a history folds to. */
export type Whole = State & About;
export type Change = Partial<Whole>;
/** What an event says beside where it led. */
export type Own<D extends EventDefinition> = Omit<EventData<D>, 'fromStatus' | 'toStatus' | 'before' | 'after'>;

export interface Manner {
  audience: 'PUBLIC' | 'INTERNAL';
  /** Somebody wrote or moved it in public: the date of the last interaction moves too. */
  isInteraction: boolean;
}
const IN_PUBLIC: Manner = { audience: 'PUBLIC', isInteraction: true };
export const BY_ITSELF: Manner = { audience: 'PUBLIC', isInteraction: false };
export const INTERNALLY: Manner = { audience: 'INTERNAL', isInteraction: false };

// The row of a ticket and its history: whatever changes the row is recorded as before and after, so that the history folds to it.

/** What the life of a ticket changes by itself: the first event tells it whole. */
export function stateOf(ticket: TicketRow): State {
  const { status, stage, groupId, assigneeId, severity, priority, criticality, criticalityRule, immediateAttention } = ticket;
  const { classification, resolution, dueTo, dueAt, stay, lastInteractionAt, mergedIntoId } = ticket;
  return {
    ...{ status, stage, groupId, assigneeId, severity, priority, criticality, criticalityRule, immediateAttention },
    ...{ classification, resolution, dueTo, stay, mergedIntoId },
    dueAt: dueAt?.toISOString() ?? null,
    lastInteractionAt: lastInteractionAt.toISOString(),
  };
}

const ABOUT = Object.keys(TicketAbout.shape) as (keyof typeof TicketAbout.shape)[];

/** What a ticket's row must be by its history. */
export const wholeOf = (ticket: TicketRow): Whole => ({ ...stateOf(ticket), ...pick(ticket, ABOUT) });

/** What a history, oldest first, makes of a ticket: what it was opened with, and every change since. */
export function fold(history: readonly { data: Record<string, unknown> }[]): Partial<Whole> {
  const opened = history[0]?.data ?? {};
  return Object.assign(Object.fromEntries(ABOUT.map((key) => [key, opened[key] ?? null])), ...history.map(({ data }) => data.after ?? {}));
}

/** The part of what is wanted that is not so already. */
export function difference(ticket: TicketRow, wanted: Change): Change {
  const now = wholeOf(ticket);
  return Object.fromEntries(Object.entries(wanted).filter(([key, value]) => now[key as keyof Whole] !== value));
}

interface Recorded<D extends EventDefinition> {
  event: D;
  /** Where it leads: the row becomes exactly this. */
  after: Change;
  data: Own<D>;
  manner?: Manner;
}

/** Changes the row and records the event that did it. */
export function recordChange<D extends EventDefinition>(
  ticket: TicketRow,
  act: Act,
  { event, after, data, manner = IN_PUBLIC }: Recorded<D>,
): void {
  const fromStatus = ticket.status;
  const led: Change = manner.isInteraction ? { ...after, lastInteractionAt: act.now.toISOString() } : after;
  const before = pick(wholeOf(ticket), Object.keys(led) as (keyof Whole)[]);
  apply(ticket, led);
  if (led.stay !== undefined) scheduleTimer(ticket, act);
  act.record(event, {
    aggregate: ticket.id,
    version: nextVersion(ticket),
    data: { ...data, fromStatus, toStatus: ticket.status, before, after: led } as unknown as EventData<D>,
    audience: manner.audience,
  });
}

/** Tells every service that keeps ticket-bound data who may see it. */
export function announceAccess(ticket: TicketRow, act: Act): void {
  const { organizationId, requesterId, groupId, restricted, analystIds } = ticket;
  act.record(TicketAccess, {
    aggregate: ticket.id,
    version: nextVersion(ticket),
    data: { organizationId, requesterId, groupId, restricted, analystIds: [...analystIds] },
    audience: 'SYSTEM',
  });
}

export function nextVersion(ticket: TicketRow): number {
  ticket.version += 1;
  return ticket.version;
}

function apply(ticket: TicketRow, { dueAt, lastInteractionAt, ...plain }: Change): void {
  Object.assign(ticket, plain);
  if (dueAt !== undefined) ticket.dueAt = dueAt === null ? null : new Date(dueAt);
  if (lastInteractionAt !== undefined) ticket.lastInteractionAt = new Date(lastInteractionAt);
}

/** The timer of this stay, and the reminder before it. */
function scheduleTimer({ id: ticketId, stay, dueAt }: TicketRow, act: Act): void {
  if (!dueAt) return;
  act.schedule({ ticketId, stay, kind: 'EXPIRY', dueAt });
  const remindAt = new Date(dueAt.getTime() - act.patience.reminder);
  if (remindAt > act.now) act.schedule({ ticketId, stay, kind: 'REMINDER', dueAt: remindAt });
}

export const pick = <T extends object, Key extends keyof T>(from: T, keys: readonly Key[]): Pick<T, Key> =>
  Object.fromEntries(keys.map((key) => [key, from[key]])) as Pick<T, Key>;
