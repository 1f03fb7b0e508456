import { type Envelope, TicketAccess, TicketAssigned } from '@atende/events';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { JetStreamBus } from './bus.jetstream.ts';
import { MemoryBus } from './bus.memory.ts';
import type { Bus } from './bus.ts';
import { type Consumer, on } from './consumer.ts';
import { ParkedEvent } from './consumer-parked.ts';
import { ConsumerPosition } from './consumer-position.ts';
import { redrive } from './consumer-retry.ts';
import { type ConsumersOptions, type RunningConsumers, startConsumers } from './consumer-run.ts';
import type { ConsumerObserver } from './consumer-stream.ts';
import { decodeCursor } from './event-cursor.ts';
import { type EventTestbed, eventTestbed, silent, ticketId, until } from './event-testbed.ts';
import { newId } from './ids.ts';
import { Inbox } from './inbox.ts';

let bed: EventTestbed;
let bus: Bus;
let running: RunningConsumers[] = [];
let now: Date;

// The effect of an event here: a row, in the transaction of its inbox row. A ticket in `broken` has none.
const broken = new Set<string>();
const effect: Consumer = on(TicketAssigned, async (event, { em }) => {
  await em.execute('insert into effect (ticket, version) values (?, ?)', [event.aggregate, event.version]);
  if (broken.has(event.aggregate)) throw new Error('the effect is impossible');
});
const effects = async (ticket?: string): Promise<[string, number][]> => {
  const { rows } = await bed.pool.query('select ticket, version from effect order by id');
  return rows.filter((row) => !ticket || row.ticket === ticketId(ticket)).map((row) => [row.ticket, row.version]);
};
const consume = (over: Partial<ConsumersOptions> = {}): RunningConsumers => {
  const started = startConsumers({
    service: 'attachments',
    consumers: [effect],
    bus,
    forWorker: bed.em,
    clock: { now: () => now },
    log: silent,
    leaseMs: 300,
    retryMs: 10,
    ...over,
  });
  running.push(started);
  return started;
};
const assigned = (position: number, ticket: string, version: number, over: Partial<Envelope> = {}): Envelope => ({
  id: `evt_${ticket}_${version}`,
  service: 'tickets',
  type: 'ticket.assigned',
  v: 1,
  aggregate: ticketId(ticket),
  version,
  position,
  epoch: 'one',
  at: '2026-11-21T12:00:00.000Z',
  actor: null,
  audience: 'PUBLIC',
  requestId: null,
  traceparent: null,
  data: { fromStatus: 'NEW', toStatus: 'NEW', before: {}, after: {}, assigneeId: null, groupId: null },
  ...over,
});
const publish = async (...events: Envelope[]): Promise<void> => {
  const { sequence } = await bus.state('tickets');
  expect(await bus.publish('tickets', events, { lastSequence: sequence })).toBe('PUBLISHED');
};
const reached = async (position: number): Promise<void> =>
  until(async () => (await bed.em().findOne(ConsumerPosition, 'tickets'))?.position === position);
const parked = (): Promise<ParkedEvent[]> => bed.em().find(ParkedEvent, {}, { orderBy: { version: 'asc' } });
const pass = (ms: number): void => {
  now = new Date(now.getTime() + ms);
};

beforeEach(async () => {
  bed = await eventTestbed(process.env.TEST_DATABASE_ADMIN_URL);
  await bed.pool.query('create table effect (id serial primary key, ticket text, version int)');
  bus = new MemoryBus();
  now = new Date('2026-11-21T12:00:01.000Z');
  broken.clear();
});
afterEach(async () => {
  await Promise.all(running.map((one) => one.stop()));
  running = [];
  await bus.close();
  await bed.close();
});

describe('consuming', () => {
  test('each event has its effect once, in order, with its inbox row', async () => {
    await publish(assigned(1, 'a', 1), assigned(2, 'b', 1), assigned(3, 'a', 2));
    consume();
    await reached(3);
    expect(await effects()).toEqual([
      [ticketId('a'), 1],
      [ticketId('b'), 1],
      [ticketId('a'), 2],
    ]);
    expect(await bed.em().count(Inbox, {})).toBe(3);
  });

  test('A_REDELIVERED_EVENT_HAS_NO_SECOND_EFFECT, not even in a new epoch', async () => {
    await publish(assigned(1, 'a', 1), assigned(2, 'a', 2));
    consume();
    await reached(2);
    await publish(assigned(1, 'a', 1), assigned(2, 'a', 2));
    await bus.reset('tickets');
    await publish(assigned(1, 'a', 1, { epoch: 'two' }), assigned(2, 'a', 2, { epoch: 'two' }), assigned(3, 'a', 3, { epoch: 'two' }));
    await reached(3);
    expect((await effects()).map(([, version]) => version)).toEqual([1, 2, 3]);
  });

  test('unknown and unwanted events are passed by and counted', async () => {
    const seen: string[] = [];
    const observe: ConsumerObserver = { consumed: (_, type, outcome) => seen.push(`${type} ${outcome}`) };
    await publish(
      assigned(1, 'a', 1, { type: 'ticket.teleported' }),
      assigned(2, 'a', 2, { type: 'ticket.cancelled' }),
      assigned(3, 'a', 3, { data: { ...assigned(3, 'a', 3).data, since: 'v2' } }),
    );
    consume({ observe });
    await reached(3);
    expect(seen).toEqual(['ticket.teleported UNKNOWN', 'ticket.cancelled NOT_WANTED', 'ticket.assigned HANDLED']);
    expect(await bed.em().count(Inbox, {})).toBe(1);
  });

  test('a handler gets the event typed, with the fields it does not know, and the time of the clock', async () => {
    const got: unknown[] = [];
    const watch = on(TicketAssigned, async (event, context) => void got.push([event.data.toStatus, event.data['since'], context.now]));
    await publish(assigned(1, 'a', 1, { data: { ...assigned(1, 'a', 1).data, since: 'v2' } }));
    consume({ consumers: [watch] });
    await reached(1);
    expect(got).toEqual([['NEW', 'v2', now]]);
  });

  test('of two replicas one consumes; when it is gone the other goes on', async () => {
    const first = consume();
    await publish(assigned(1, 'a', 1));
    await reached(1);
    consume();
    await first.stop();
    await publish(assigned(2, 'a', 2));
    await reached(2);
    expect(await effects()).toHaveLength(2);
  });

  test('a paused replica that comes back commits nothing', async () => {
    const paused = Promise.withResolvers<void>();
    const going = Promise.withResolvers<void>();
    const slow: Consumer = on(TicketAssigned, async (event, { em }) => {
      going.resolve();
      await paused.promise;
      await effect.handle(event, { em, now, log: silent });
    });
    await publish(assigned(1, 'a', 1));
    consume({ consumers: [slow] });
    await going.promise;
    // As if its lease had run out while it stood still, without a lock on the place.
    const holding = bed.pool.query(`update consumer_position set holder = 'other', lease_until = now() + interval '1 h'`);
    paused.resolve();
    await holding;
    await publish(assigned(2, 'a', 2));
    pass(1_000);
    await until(async () => (await bed.pool.query(`select from consumer_position where holder = 'other'`)).rowCount === 1);
    await bed.pool.query('update consumer_position set lease_until = now() where true');
    consume();
    await reached(2);
    expect((await effects()).map(([, version]) => version)).toEqual([1, 2]);
  });
});

describe('gaps', () => {
  test('a gap is filled from the feed of the owner before it goes on', async () => {
    const all = [1, 2, 3, 4].map((version) => assigned(version, 'a', version));
    const asked: unknown[] = [];
    await publish(...all.slice(0, 1));
    consume({
      feed: async (owner, after, first) => {
        const from = after ? decodeCursor(after) : null;
        asked.push([owner, from?.position, first > 0]);
        return { epoch: 'one', position: 4, events: all.filter(({ position }) => position > (from?.position ?? 0)).slice(0, 2) };
      },
    });
    await reached(1);
    await publish(...all.slice(3));
    await reached(4);
    expect((await effects()).map(([, version]) => version)).toEqual([1, 2, 3, 4]);
    expect(asked).toEqual([
      ['tickets', 1, true],
      ['tickets', 3, true],
    ]);
  });

  test('a new service reads from the feed what the stream no longer holds', async () => {
    const all = [1, 2, 3].map((version) => assigned(version, 'a', version));
    await publish(...all.slice(2));
    consume({ feed: async () => ({ epoch: 'one', position: 3, events: all }) });
    await reached(3);
    expect((await effects()).map(([, version]) => version)).toEqual([1, 2, 3]);
  });

  test('without a feed nothing is skipped: it waits for the stream to be rebuilt', async () => {
    await publish(assigned(2, 'a', 2));
    consume();
    await until(async () => (await bed.em().count(ConsumerPosition, {})) === 1);
    await bus.reset('tickets');
    await publish(assigned(1, 'a', 1), assigned(2, 'a', 2));
    await reached(2);
    expect((await effects()).map(([, version]) => version)).toEqual([1, 2]);
  });
});

describe('a poison event', () => {
  const ripen = async (tries: number): Promise<void> => {
    for (let done = 1; done < tries; done++) {
      await until(async () => (await parked())[0]?.tries === done);
      pass(60_000);
    }
    await until(async () => (await parked())[0]?.tries === tries);
  };

  test('is parked after five tries with its reason; other aggregates are not delayed', async () => {
    broken.add(ticketId('bad'));
    await publish(assigned(1, 'bad', 1), assigned(2, 'good', 1), assigned(3, 'good', 2));
    consume();
    await reached(3);
    expect(await effects('good')).toHaveLength(2);
    await ripen(5);
    pass(3_600_000);
    expect(await parked()).toMatchObject([{ eventId: 'evt_bad_1', tries: 5, reason: 'Error: the effect is impossible', nextTryAt: null }]);
    expect(await effects('bad')).toEqual([]);
  });

  test('is not tried before its time', async () => {
    broken.add(ticketId('bad'));
    await publish(assigned(1, 'bad', 1));
    consume();
    await reached(1);
    broken.clear();
    pass(199);
    await publish(assigned(2, 'other', 1));
    await reached(2);
    expect(await parked()).toHaveLength(1);
    pass(1);
    await until(async () => (await parked()).length === 0);
    expect(await effects('bad')).toHaveLength(1);
  });

  test('holds back the later ones of its aggregate, and redriven they come in order', async () => {
    broken.add(ticketId('bad'));
    await publish(assigned(1, 'bad', 1), assigned(2, 'bad', 2), assigned(3, 'good', 1), assigned(4, 'bad', 3));
    consume();
    await reached(4);
    await ripen(5);
    expect((await parked()).map(({ version, tries }) => [version, tries])).toEqual([
      [1, 5],
      [2, 0],
      [3, 0],
    ]);
    expect(await effects('bad')).toEqual([]);
    broken.clear();
    expect(await redrive(bed.em(), now)).toBe(1);
    await until(async () => (await parked()).length === 0);
    expect((await effects('bad')).map(([, version]) => version)).toEqual([1, 2, 3]);
    expect(await bed.em().count(Inbox, { aggregate: ticketId('bad') })).toBe(3);
    await publish(assigned(5, 'bad', 4));
    await reached(5);
    expect(await effects('bad')).toHaveLength(4);
  });

  test('that breaks its own contract is parked too', async () => {
    await publish(assigned(1, 'bad', 1, { data: { assigneeId: 'Carla' } }), assigned(2, 'good', 1));
    consume();
    await reached(2);
    expect(await parked()).toHaveLength(1);
    expect(await effects('good')).toHaveLength(1);
  });

  test('redriven by its id leaves the others parked', async () => {
    broken.add(ticketId('bad')).add(ticketId('worse'));
    await publish(assigned(1, 'bad', 1), assigned(2, 'worse', 1));
    consume();
    await reached(2);
    await until(async () => {
      pass(60_000);
      return (await parked()).every(({ tries }) => tries === 5);
    });
    broken.clear();
    expect(await redrive(bed.em(), now, 'evt_bad_1')).toBe(1);
    await until(async () => (await parked()).length === 1);
    expect(await parked()).toMatchObject([{ eventId: 'evt_worse_1' }]);
  });
});

describe('on a real JetStream', () => {
  test('its store wiped under way: what is published again has no second effect, and nothing is missed', async () => {
    await bus.close();
    bus = new JetStreamBus({ url: process.env.TEST_NATS_URL ?? '', prefix: newId('cns').replace('_', '-'), name: 'test', log: silent });
    await (bus as JetStreamBus).connected();
    const all = [1, 2, 3, 4, 5].map((version) => assigned(version, 'a', version));
    await publish(...all.slice(0, 3));
    consume();
    await reached(3);
    await bus.reset('tickets');
    await publish(...all);
    await reached(5);
    expect((await effects()).map(([, version]) => version)).toEqual([1, 2, 3, 4, 5]);
    await bus.reset('tickets');
  });
});

test('on() names the event it reacts to', () => {
  expect(on(TicketAccess, () => {}).event.type).toBe('ticket.access');
});
