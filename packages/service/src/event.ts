import type { Audience, Envelope, EventData, EventDefinition } from '@atende/events';
import { defineEntity, type EntityClass, type EntityManager, type PolicyDef, type PropertyBuilders } from '@mikro-orm/postgresql';
import { newId } from './ids.ts';

const eventProperties = (p: PropertyBuilders) => ({
  id: p.text().primary(),
  aggregate: p.text(),
  version: p.integer(),
  type: p.text(),
  v: p.integer(),
  data: p.json<Record<string, unknown>>(),
  actor: p.text().strictNullable(),
  audience: p.text().$type<Audience>(),
  at: p.datetime(3),
  requestId: p.text().strictNullable(),
  traceparent: p.text().strictNullable(),
  /** Given by the relay once committed: from 1 without a gap. */
  position: p.bigint('number').strictNullable(),
});

/**
 * The `event` table of a service: its history and its outbox in one, append-only. `(aggregate, version)` is the
 * optimistic lock. The factory takes the service's row-level-security policies; call it once per service.
 */
export function eventEntity({ policies = [] }: { policies?: PolicyDef<EventRow>[] } = {}): EntityClass<EventRow> {
  const EventSchema = defineEntity({
    name: 'Event',
    tableName: 'event',
    ...(policies.length > 0 && { rowLevelSecurity: 'force' as const, policies: policies as PolicyDef[] }),
    uniques: [
      { name: 'event_one_per_version', properties: ['aggregate', 'version'] },
      { name: 'event_position', properties: ['position'] },
    ],
    // What the relay has still to number; empty most of the time.
    indexes: [{ name: 'event_unnumbered', expression: 'create index "event_unnumbered" on "event" ("id") where "position" is null' }],
    properties: eventProperties,
  });
  class Event extends EventSchema.class {}
  EventSchema.setClass(Event);
  return Event as EntityClass<EventRow>;
}

export interface EventRow {
  id: string;
  aggregate: string;
  version: number;
  type: string;
  v: number;
  data: Record<string, unknown>;
  actor: string | null;
  audience: Audience;
  at: Date;
  requestId: string | null;
  traceparent: string | null;
  position: number | null;
}

/** What the recorder of an event says. `aggregate` is the id of what changed, `version` its next one. */
export interface EventFacts<Definition extends EventDefinition> {
  aggregate: string;
  version: number;
  data: EventData<Definition>;
  /** Id of the person, contact or analyst who did it; null: the system. */
  actor: string | null;
  audience: Audience;
  at: Date;
  requestId?: string | null;
  traceparent?: string | null;
}

/**
 * Records an event in the unit of work that makes the change, so that both commit together or not at all. Throws when
 * the data break the event's contract. A taken (aggregate, version) fails the flush: somebody else was first.
 */
export function recordEvent<Definition extends EventDefinition>(
  em: EntityManager,
  definition: Definition,
  facts: EventFacts<Definition>,
): EventRow {
  const { class: Event } = em.getMetadata().getByClassName<EventRow>('Event');
  return em.create(Event, {
    ...facts,
    id: newId('evt'),
    type: definition.type,
    v: definition.version,
    data: definition.data.parse(facts.data) as Record<string, unknown>,
    requestId: facts.requestId ?? null,
    traceparent: facts.traceparent ?? null,
    position: null,
  });
}

/** A numbered row as it travels. */
export function envelopeOf(row: EventRow, service: string, epoch: string): Envelope {
  const { id, type, v, aggregate, version, position, at, actor, audience, requestId, traceparent, data } = row;
  if (position === null) throw new Error(`event ${id} has no position yet`);
  return { id, service, type, v, aggregate, version, position, epoch, at: at.toISOString(), actor, audience, requestId, traceparent, data };
}
