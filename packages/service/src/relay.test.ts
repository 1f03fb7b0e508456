import type { Envelope } from '@atende/events';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { JetStreamBus } from './bus.jetstream.ts';
import type { Bus, StreamState } from './bus.ts';
import { envelopeOf } from './event.ts';
import { assigned, commitEvent, type EventTestbed, eventTestbed, silent, TestEvent, ticketId, until } from './event-testbed.ts';
import { newId } from './ids.ts';
import { type RelayOptions, type RunningRelay, startRelay } from './relay.ts';
import { RelayLedger } from './relay-ledger.ts';
import { rebuildStream } from './relay-rebuild.ts';

const service = 'tickets';
let bed: EventTestbed;
let bus: JetStreamBus;
let prefix: string;
let relays: RunningRelay[] = [];
let buses: JetStreamBus[] = [];

const relay = (over: Partial<RelayOptions> = {}): RunningRelay => {
  const started = startRelay({ service, databaseUrl: bed.url, bus, log: silent, pollMs: 20, checkMs: 50, ...over });
  relays.push(started);
  return started;
};
const open = async (): Promise<JetStreamBus> => {
  const opened = new JetStreamBus({ url: process.env.TEST_NATS_URL ?? '', prefix, name: 'test', log: silent });
  await opened.connected();
  buses.push(opened);
  return opened;
};
const count = async (): Promise<number> => bed.em().count(TestEvent, {});
/** The last event of the stream; null also while the stream is being made anew. */
const last = async (): Promise<StreamState['last']> => (await bus.state(service).catch(() => null))?.last ?? null;
const published = async (amount?: number): Promise<void> => {
  const all = amount ?? (await count());
  await until(async () => (await last())?.position === all);
};
/** Everything that the stream holds, in its order. */
const stream = async (): Promise<Envelope[]> => {
  const { sequence, first } = await bus.state(service);
  const held: Envelope[] = [];
  if (!first) return held;
  const stop = new AbortController();
  const read = async (batch: readonly Envelope[]): Promise<void> => {
    held.push(...batch);
    if (held.at(-1)?.position === first.position + sequence - 1 || held.length >= sequence) stop.abort();
  };
  await bus.consume(service, newId('tst'), null, read, stop.signal);
  return held;
};
/** The stream is the event table, in positions from 1 without a gap, versions in order inside each aggregate. */
const expectStreamToBeTheTable = async (): Promise<void> => {
  const rows = await bed.em().find(TestEvent, {}, { orderBy: { position: 'asc' } });
  expect(rows.map((row) => row.position)).toEqual(rows.map((_, index) => index + 1));
  const { epoch } = await new RelayLedger(bed.pool, 'test', 1).place();
  expect(await stream()).toEqual(rows.map((row) => envelopeOf(row, service, epoch)));
  const versions = new Map<string, number>();
  for (const { aggregate, version } of rows) {
    expect(version).toBe((versions.get(aggregate) ?? 0) + 1);
    versions.set(aggregate, version);
  }
};

beforeEach(async () => {
  bed = await eventTestbed(process.env.TEST_DATABASE_ADMIN_URL);
  prefix = newId('rly').replace('_', '-');
  bus = await open();
});
afterEach(async () => {
  await Promise.all(relays.map((one) => one.stop()));
  relays = [];
  await bus.reset(service);
  await Promise.all(buses.map((one) => one.close()));
  buses = [];
  await bed.close();
});

describe('numbering', () => {
  test('versions of an aggregate are in order even where the clocks of their writers were not', async () => {
    const em = bed.em();
    for (const version of [3, 1, 2]) await commitEvent(em, 'a', version);
    await commitEvent(em, 'b', 1);
    const ledger = new RelayLedger(bed.pool, 'test', 1_000);
    expect(await ledger.turn(null, 10)).toMatchObject({ holds: true, numbered: 4, position: 4 });
    const rows = await ledger.numbered(0, 10);
    expect(rows.map(({ aggregate, version }) => [aggregate, version])).toEqual([
      [ticketId('a'), 1],
      [ticketId('a'), 2],
      [ticketId('a'), 3],
      [ticketId('b'), 1],
    ]);
  });

  test('a small batch takes the whole of its aggregates', async () => {
    const em = bed.em();
    for (const version of [2, 1]) await commitEvent(em, 'a', version);
    const ledger = new RelayLedger(bed.pool, 'test', 1_000);
    await ledger.turn(null, 1);
    expect((await ledger.numbered(0, 10)).map((row) => row.version)).toEqual([1, 2]);
  });

  test('an uncommitted event gets no position and leaves no gap', async () => {
    const ledger = new RelayLedger(bed.pool, 'test', 1_000);
    const open = bed.em();
    await open.begin();
    await commitEvent(open, 'slow', 1);
    await commitEvent(bed.em(), 'fast', 1);
    expect(await ledger.turn(null, 10)).toMatchObject({ position: 1 });
    await open.commit();
    expect(await ledger.turn(null, 10)).toMatchObject({ position: 2 });
  });

  test('while one replica holds the lease another does nothing; afterwards it goes on', async () => {
    const [first, second] = [new RelayLedger(bed.pool, 'first', 60_000), new RelayLedger(bed.pool, 'second', 60_000)];
    await commitEvent(bed.em(), 'a', 1);
    expect(await first.turn(null, 10)).toMatchObject({ holds: true, numbered: 1 });
    await commitEvent(bed.em(), 'a', 2);
    expect(await second.turn(null, 10)).toMatchObject({ holds: false, numbered: 0, position: 1 });
    await first.release();
    expect(await second.turn(null, 10)).toMatchObject({ holds: true, numbered: 1, position: 2 });
  });
});

describe('the relay', () => {
  test('carries what is committed to the stream, woken or not', async () => {
    const { wake } = relay();
    await commitEvent(bed.em(), 'a', 1);
    await published();
    await commitEvent(bed.em(), 'a', 2);
    wake();
    await published();
    await expectStreamToBeTheTable();
  });

  test('two replicas under 8 writers: positions without a gap, each event once and in order', async () => {
    // A lease that always has run out: both number and publish all the time, and only the fence is left.
    relay({ leaseMs: 0, bus: await open() });
    relay({ leaseMs: 0 });
    await Promise.all(
      Array.from({ length: 8 }, async (_, writer) => {
        for (let version = 1; version <= 25; version++) await commitEvent(bed.em(), `writer ${writer}`, version);
      }),
    );
    await published(200);
    await expectStreamToBeTheTable();
  });

  test('a batch larger than a turn is carried whole', async () => {
    const em = bed.em();
    for (let ticket = 1; ticket <= 1_200; ticket++) assigned(em, ticket, 1);
    await em.flush();
    relay();
    await published(1_200);
    await expectStreamToBeTheTable();
  });

  test('the late publish of a paused relay is refused, and it goes on with the truth', async () => {
    const paused = pausable(await open());
    relay({ bus: paused.bus, leaseMs: 100 });
    await commitEvent(bed.em(), 'a', 1);
    await paused.reached;
    // Its lease runs out while it sits between reading and publishing; another takes over and gets far ahead.
    const other = relay({ leaseMs: 100 });
    await published(1);
    await commitEvent(bed.em(), 'a', 2);
    await published(2);
    paused.resume();
    await commitEvent(bed.em(), 'a', 3);
    other.wake();
    await published(3);
    await expectStreamToBeTheTable();
  });

  test('killed between publishing and noting it, the next one publishes nothing twice', async () => {
    const ledger = new RelayLedger(bed.pool, 'dead', 0);
    await commitEvent(bed.em(), 'a', 1);
    const { epoch } = await ledger.turn(null, 10);
    const rows = await ledger.numbered(0, 10);
    await bus.state(service);
    await bus.publish(
      service,
      rows.map((row) => envelopeOf(row, service, epoch)),
      { lastSequence: 0 },
    );
    await commitEvent(bed.em(), 'a', 2);
    relay();
    await published(2);
    await expectStreamToBeTheTable();
  });

  test('a wiped stream is published again, also when nothing new happens', async () => {
    const reasons: string[] = [];
    relay({ observe: { relayed: () => {}, rebuilt: (reason) => reasons.push(reason) } });
    for (let version = 1; version <= 5; version++) await commitEvent(bed.em(), 'a', version);
    await published(5);
    await rebuildStream(bus, service);
    await published(5);
    await expectStreamToBeTheTable();
  });

  test('a stream that was rolled back gets what it lost', async () => {
    const running = relay();
    for (let version = 1; version <= 3; version++) await commitEvent(bed.em(), 'a', version);
    await published(3);
    await running.stop();
    const held = await stream();
    await bus.reset(service);
    await bus.publish(service, held.slice(0, 2), { lastSequence: 0 });
    relay();
    await published(3);
    await expectStreamToBeTheTable();
  });

  test('a stream of another installation or epoch is replaced', async () => {
    await bus.state(service);
    const foreign: Envelope = { ...sample, id: 'evt_foreign', epoch: 'other', position: 9 };
    await bus.publish(service, [foreign], { lastSequence: 0 });
    await commitEvent(bed.em(), 'a', 1);
    relay();
    await published(1);
    await expectStreamToBeTheTable();
  });

  test('a restored PostgreSQL starts a new epoch, so that no cursor of the undone future counts', async () => {
    const first = relay();
    for (let version = 1; version <= 3; version++) await commitEvent(bed.em(), 'a', version);
    await published(3);
    await first.stop();
    const before = await new RelayLedger(bed.pool, 'test', 1).place();
    await bed.pool.query('delete from event where position > 1');
    await bed.pool.query('update relay set last_position = 1, published_position = 1');
    await commitEvent(bed.em(), 'a', 2);
    relay();
    await until(async () => {
      const end = await last();
      return end?.position === 2 && end.epoch !== before.epoch;
    });
    await expectStreamToBeTheTable();
  });

  test('with the bus away events wait, and then come in order', async () => {
    const gate = switchable(bus);
    gate.away = true;
    relay({ bus: gate });
    for (let version = 1; version <= 3; version++) await commitEvent(bed.em(), 'a', version);
    await until(() => gate.refusals > 0);
    gate.away = false;
    await published(3);
    await expectStreamToBeTheTable();
  });

  test('a lost database connection is made again', async () => {
    relay();
    await commitEvent(bed.em(), 'a', 1);
    await published(1);
    await bed.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name like '%relay%' or query like 'listen%'`,
    );
    await commitEvent(bed.em(), 'a', 2);
    await published(2);
  });

  test('a replica that does not hold the lease wakes the one that does', async () => {
    // Neither would look by itself for a minute.
    const holder = relay({ pollMs: 60_000, leaseMs: 60_000 });
    await commitEvent(bed.em(), 'a', 1);
    holder.wake();
    await published(1);
    const idle = relay({ pollMs: 60_000, leaseMs: 60_000 });
    await until(async () => (await bed.pool.query(`select from pg_stat_activity where query = 'listen atende_relay'`)).rowCount === 2);
    await commitEvent(bed.em(), 'a', 2);
    idle.wake();
    await published(2);
  });
});

const sample: Envelope = {
  id: 'evt_x',
  service,
  type: 'ticket.assigned',
  v: 1,
  aggregate: 'tkt_x',
  version: 1,
  position: 1,
  epoch: 'one',
  at: '2026-11-21T12:00:00.000Z',
  actor: null,
  audience: 'PUBLIC',
  requestId: null,
  traceparent: null,
  data: {},
};

/** A bus whose first publish waits between the relay's decision and the broker. */
function pausable(inner: Bus): { bus: Bus; reached: Promise<void>; resume(): void } {
  const reached = Promise.withResolvers<void>();
  const resumed = Promise.withResolvers<void>();
  return {
    reached: reached.promise,
    resume: () => resumed.resolve(),
    bus: delegate(inner, {
      publish: async (...args) => {
        reached.resolve();
        await resumed.promise;
        return inner.publish(...args);
      },
    }),
  };
}

function switchable(inner: Bus): Bus & { away: boolean; refusals: number } {
  const gate = Object.assign(
    delegate(inner, {
      state: async (...args) => {
        if (!gate.away) return inner.state(...args);
        gate.refusals++;
        throw new Error('away');
      },
    }),
    { away: false, refusals: 0 },
  );
  return gate;
}

const delegate = (inner: Bus, over: Partial<Bus>): Bus => ({
  state: (...args) => inner.state(...args),
  reset: (...args) => inner.reset(...args),
  publish: (...args) => inner.publish(...args),
  consume: (...args) => inner.consume(...args),
  watch: (...args) => inner.watch(...args),
  close: () => inner.close(),
  ...over,
});
