import { defineEntity } from '@mikro-orm/postgresql';

/**
 * The single row under whose lock a service's events get their positions. What is published is a hint only: the
 * stream itself is asked. `holder` spares replicas each other's work for as long as the lease runs; that nobody
 * publishes out of turn is ensured by the bus's fence.
 */
const RelaySchema = defineEntity({
  name: 'Relay',
  tableName: 'relay',
  properties: (p) => ({
    id: p.smallint().primary().autoincrement(false),
    epoch: p.text(),
    lastPosition: p.bigint('number').default(0),
    publishedPosition: p.bigint('number').default(0),
    publishedId: p.text().strictNullable(),
    holder: p.text().strictNullable(),
    leaseUntil: p.datetime(3).strictNullable(),
  }),
});
export class Relay extends RelaySchema.class {}
RelaySchema.setClass(Relay);
