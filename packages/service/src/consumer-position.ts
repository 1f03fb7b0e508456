import { defineEntity } from '@mikro-orm/postgresql';

/**
 * How far this service has come in the stream of another, and which of its replicas goes on. Moves in the transaction
 * of the effects, so that a broker that forgets or repeats changes nothing.
 */
const ConsumerPositionSchema = defineEntity({
  name: 'ConsumerPosition',
  tableName: 'consumer_position',
  properties: (p) => ({
    owner: p.text().primary(),
    epoch: p.text(),
    position: p.bigint('number'),
    holder: p.text().strictNullable(),
    leaseUntil: p.datetime(3).strictNullable(),
  }),
});
export class ConsumerPosition extends ConsumerPositionSchema.class {}
ConsumerPositionSchema.setClass(ConsumerPosition);
