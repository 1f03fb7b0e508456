import type { EventData, EventDefinition } from '@atende/events';
import { recordEvent } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';

/** What an event says beside its data. */
export interface EventAbout<D extends EventDefinition> {
  aggregate: string;
  version: number;
  data: EventData<D>;
}

/** One deed: when, by whom, and where its events are written. Requests, jobs and seeds each bring one. */
export interface Act {
  now: Date;
  /** Writes an event in the unit of work of the change itself. */
  record<D extends EventDefinition>(definition: D, about: EventAbout<D>): void;
}

/** Who did it and within which request; all null for what the system does by itself. */
export interface Cause {
  now: Date;
  personId: string | null;
  requestId: string | null;
  traceparent: string | null;
}

export const bySystem = (now: Date): Cause => ({ now, personId: null, requestId: null, traceparent: null });

/** An act whose events commit with the unit of work `em`. Identity's events are for services only: nobody watches them live. */
export const actIn = (em: EntityManager, { now, personId, requestId, traceparent }: Cause): Act => ({
  now,
  record: (definition, about) =>
    void recordEvent(em, definition, { ...about, actor: personId, at: now, audience: 'SYSTEM', requestId, traceparent }),
});
