import type { EventData, EventDefinition } from '@atende/events';

/** On which side of the ticket somebody stands. */
export type Side = 'CLIENT' | 'SUPPORT';

/** One deed on tickets: when, by whom, and where its events are written. The request and the timer job each bring one. */
export interface Act {
  now: Date;
  /** Contact or analyst id; null: time did it. */
  actorId: string | null;
  /** Writes an event in the unit of work of the change itself. */
  record<D extends EventDefinition>(definition: D, about: { aggregate: string; version: number; data: EventData<D>; audience: 'PUBLIC' | 'INTERNAL' | 'SYSTEM' }): void;
  /** Sets the timer of one stay. */
  schedule(deadline: { ticketId: string; stay: number; dueAt: Date }): void;
}
