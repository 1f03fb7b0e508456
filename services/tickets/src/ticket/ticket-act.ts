import type { EventData, EventDefinition } from '@atende/events';
import type { Patience } from '../lifecycle/ticket-status.ts';

/** On which side of the ticket somebody stands. */
export type Side = 'CLIENT' | 'SUPPORT';

/** What a timer does when it runs out: moves the ticket on, or reminds whoever is awaited that it soon will. */
export type TimerKind = 'EXPIRY' | 'REMINDER';

/** It belongs to one stay of a ticket in a status: once the ticket has moved on, it means nothing. */
export interface Timer {
  ticketId: string;
  stay: number;
  kind: TimerKind;
  dueAt: Date;
}

/** One deed on tickets: when, by whom, and where its events are written. The request and the timer job each bring one. */
export interface Act {
  now: Date;
  /** Contact or analyst id; null: time did it. */
  actorId: string | null;
  /** Writes an event in the unit of work of the change itself. */
  record<D extends EventDefinition>(
    definition: D,
    about: { aggregate: string; version: number; data: EventData<D>; audience: 'PUBLIC' | 'INTERNAL' | 'SYSTEM' },
  ): void;
  /** How long this ticket waits where the client is awaited. */
  patience: Patience;
  /** Sets a timer of one stay. */
  schedule(timer: Timer): void;
}
