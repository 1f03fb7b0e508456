import type { Envelope } from '@atende/events';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, nanos } from '@nats-io/transport-node';
import type { Bus, PublishOutcome } from './bus.ts';
import { delegate } from './bus-testbed.ts';
import { envelopeOf } from './event.ts';
import { commitEvent, sampleEnvelope, until } from './event-testbed.ts';
import { RelayLedger } from './relay-ledger.ts';
import { rebuildStream } from './relay-rebuild.ts';
import { expectStreamToBeTheTable, type RelayTestbed, relayTestbed, service } from './relay-testbed.ts';

let bed: RelayTestbed;
beforeEach(async () => {
  bed = await relayTestbed(process.env.TEST_DATABASE_ADMIN_URL, process.env.TEST_NATS_URL);
});
afterEach(() => bed.close());

describe('the relay', () => {
  test('the late publish of a paused relay is refused, also when the server no longer knows it for a repeat', async () => {
    const nats = await connect({ servers: process.env.TEST_NATS_URL });
    const { streams } = await jetstreamManager(nats);
    await streams.add({ name: bed.streamName, subjects: [bed.subjects], duplicate_window: nanos(100) });
    const paused = pausable(await bed.open());
    bed.relay({ bus: paused.bus, leaseMs: 100 });
    await commitEvent(bed.em(), 'a', 1);
    await paused.reached;
    // Its lease runs out while it sits between reading and publishing; another takes over and gets ahead.
    const other = bed.relay({ leaseMs: 100 });
    await bed.published(1);
    await commitEvent(bed.em(), 'a', 2);
    await bed.published(2);
    const [first] = await bed.stream();
    await until(async () => (await bed.bus.publish(service, [first as Envelope], { lastId: 'none' })) === 'REFUSED');
    paused.resume();
    expect(await paused.outcome).toBe('REFUSED');
    await commitEvent(bed.em(), 'a', 3);
    other.wake();
    await bed.published(3);
    await expectStreamToBeTheTable(bed);
    await nats.close();
  });

  test('a refusal makes it look again', async () => {
    bed.relay({ checkMs: 60_000 });
    await commitEvent(bed.em(), 'a', 1);
    await bed.published(1);
    await bed.bus.reset(service);
    await commitEvent(bed.em(), 'a', 2);
    await bed.published(2);
    await expectStreamToBeTheTable(bed);
  });

  test('killed between publishing and noting it, the next one publishes nothing twice', async () => {
    const ledger = new RelayLedger(bed.pool, 'dead', 0);
    await commitEvent(bed.em(), 'a', 1);
    const { epoch } = await ledger.turn(null, 10);
    const rows = await ledger.numbered(0, 10);
    await bed.bus.state(service);
    await bed.bus.publish(
      service,
      rows.map((row) => envelopeOf(row, service, epoch)),
      { lastSequence: 0 },
    );
    await commitEvent(bed.em(), 'a', 2);
    bed.relay();
    await bed.published(2);
    await expectStreamToBeTheTable(bed);
  });

  test('a wiped stream is published again, also when nothing new happens', async () => {
    const reasons: string[] = [];
    bed.relay({ observe: { relayed: () => {}, numbered: () => {}, published: () => {}, rebuilt: (reason) => reasons.push(reason) } });
    for (let version = 1; version <= 5; version++) await commitEvent(bed.em(), 'a', version);
    await bed.published(5);
    await rebuildStream(bed.bus, service);
    await bed.published(5);
    expect(reasons).toEqual(['the stream was wiped']);
    await expectStreamToBeTheTable(bed);
  });

  test('a stream that was rolled back gets what it lost', async () => {
    const running = bed.relay();
    for (let version = 1; version <= 3; version++) await commitEvent(bed.em(), 'a', version);
    await bed.published(3);
    await running.stop();
    const held = await bed.stream();
    await bed.bus.reset(service);
    await bed.bus.publish(service, held.slice(0, 2), { lastSequence: 0 });
    bed.relay();
    await bed.published(3);
    await expectStreamToBeTheTable(bed);
  });

  test('a stream of another installation or epoch is replaced', async () => {
    await bed.bus.state(service);
    const foreign: Envelope = { ...sampleEnvelope, id: 'evt_foreign', epoch: 'other', position: 9 };
    await bed.bus.publish(service, [foreign], { lastSequence: 0 });
    await commitEvent(bed.em(), 'a', 1);
    bed.relay();
    await bed.published(1);
    await expectStreamToBeTheTable(bed);
  });

  test('a restored PostgreSQL starts a new epoch, so that no cursor of the undone future counts', async () => {
    const first = bed.relay();
    for (let version = 1; version <= 3; version++) await commitEvent(bed.em(), 'a', version);
    await bed.published(3);
    await first.stop();
    const before = await new RelayLedger(bed.pool, 'test', 1).place();
    await bed.pool.query('delete from event where position > 1');
    await bed.pool.query('update relay set last_position = 1, published_position = 1');
    await commitEvent(bed.em(), 'a', 2);
    bed.relay();
    await until(async () => {
      const end = await bed.last();
      return end?.position === 2 && end.epoch !== before.epoch;
    });
    await expectStreamToBeTheTable(bed);
  });
});

/** A bus whose first publish waits between the relay's decision and the broker. */
function pausable(inner: Bus): { bus: Bus; reached: Promise<void>; outcome: Promise<PublishOutcome>; resume(): void } {
  const reached = Promise.withResolvers<void>();
  const resumed = Promise.withResolvers<void>();
  const outcome = Promise.withResolvers<PublishOutcome>();
  const bus = delegate(inner, {
    publish: async (...args) => {
      reached.resolve();
      await resumed.promise;
      const answer = await inner.publish(...args);
      outcome.resolve(answer);
      return answer;
    },
  });
  return { bus, reached: reached.promise, outcome: outcome.promise, resume: resumed.resolve };
}
