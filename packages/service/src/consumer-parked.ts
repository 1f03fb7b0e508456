import type { Envelope } from '@atende/events';
import { defineEntity } from '@mikro-orm/postgresql';

/**
 * An event whose effect failed, and those of the same aggregate behind it, in their order. The first of an aggregate
 * is tried again at `nextTryAt`; after its last try that is null until somebody redrives it.
 */
const ParkedEventSchema = defineEntity({
  name: 'ParkedEvent',
  tableName: 'parked_event',
  indexes: [
    { name: 'parked_event_order', properties: ['owner', 'aggregate', 'version'] },
    { name: 'parked_event_due', properties: ['nextTryAt'] },
  ],
  properties: (p) => ({
    eventId: p.text().primary(),
    owner: p.text(),
    aggregate: p.text(),
    /** Of the aggregate: the order in which they are tried. */
    version: p.integer(),
    envelope: p.json<Envelope>(),
    tries: p.integer(),
    /** Why the last try failed; null: it waits for one before it. */
    reason: p.text().strictNullable(),
    nextTryAt: p.datetime(3).strictNullable(),
    parkedAt: p.datetime(3),
  }),
});
export class ParkedEvent extends ParkedEventSchema.class {}
ParkedEventSchema.setClass(ParkedEvent);
