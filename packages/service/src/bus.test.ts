import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { pino } from 'pino';
import { JetStreamBus } from './bus.jetstream.ts';
import { MemoryBus } from './bus.memory.ts';
import { type Bus, BusUnavailable } from './bus.ts';
import { eventAt as event, events, newStream as start } from './bus-testbed.ts';
import { newId } from './ids.ts';

const log = pino({ level: 'silent' });
const prefix = newId('bus').replace('_', '-');
let nats: NatsConnection;

interface Kind {
  name: string;
  make(): Promise<Bus>;
  /** Takes the stream away behind the bus's back. */
  wipe(bus: Bus, service: string): Promise<unknown>;
}

const kinds: Kind[] = [
  { name: 'in memory', make: async () => new MemoryBus(), wipe: (bus, service) => bus.reset(service) },
  {
    name: 'on JetStream',
    make: async () => {
      const bus = new JetStreamBus({ url: process.env.TEST_NATS_URL ?? '', prefix, name: 'test', log });
      await bus.connected();
      return bus;
    },
    wipe: async (_, service) => (await jetstreamManager(nats)).streams.delete(`${prefix}-${service}`),
  },
];

beforeAll(async () => {
  nats = await connect({ servers: process.env.TEST_NATS_URL ?? '' });
});
afterAll(() => nats.close());

describe.each(kinds)('the bus $name', ({ make, wipe }) => {
  let bus: Bus;
  let service: string;
  let count = 0;

  const fresh = (): string => (service = `service${++count}`);
  /** Consumes until `amount` events came, and returns their positions and batches. */
  const take = async (amount: number, after: { epoch: string; position: number } | null, durable = 'reader') => {
    const positions: number[] = [];
    const stop = new AbortController();
    await bus.consume(
      service,
      durable,
      after,
      async (batch) => {
        positions.push(...batch.map((one) => one.position));
        if (positions.length >= amount) stop.abort();
      },
      stop.signal,
    );
    return positions;
  };

  beforeAll(async () => {
    bus = await make();
  });
  afterAll(() => bus.close());

  test('a new stream is empty', async () => {
    expect(await bus.state(fresh())).toEqual({ sequence: 0, first: null, last: null, whole: true });
  });

  test('published events are in the stream, in order', async () => {
    await bus.state(fresh());
    expect(await bus.publish(service, events(1, 3), start)).toBe('PUBLISHED');
    expect(await bus.state(service)).toMatchObject({
      sequence: 3,
      first: { id: 'evt_1' },
      last: { id: 'evt_3', position: 3, epoch: 'one' },
      whole: true,
    });
    expect(await bus.publish(service, events(4, 5), { lastId: 'evt_3' })).toBe('PUBLISHED');
    expect(await take(5, null)).toEqual([1, 2, 3, 4, 5]);
  });

  test('a publisher who does not know the end of the stream is refused, by id and by sequence', async () => {
    await bus.state(fresh());
    await bus.publish(service, events(1, 3), start);
    expect(await bus.publish(service, [event(9)], { lastId: 'evt_2' })).toBe('REFUSED');
    expect(await bus.publish(service, [event(9)], { lastSequence: 2 })).toBe('REFUSED');
    expect(await bus.publish(service, [event(9)], { lastSequence: 0 })).toBe('REFUSED');
    expect(await bus.state(service)).toMatchObject({ sequence: 3, last: { id: 'evt_3' } });
  });

  test('a refusal in the middle refuses all that follow', async () => {
    await bus.state(fresh());
    await bus.publish(service, events(1, 2), start);
    expect(await bus.publish(service, [event(8), event(9)], { lastId: 'evt_1' })).toBe('REFUSED');
    expect(await bus.state(service)).toMatchObject({ sequence: 2 });
  });

  test('a repeat is answered and not stored twice, and what follows it is taken', async () => {
    await bus.state(fresh());
    await bus.publish(service, events(1, 3), start);
    expect(await bus.publish(service, events(2, 5), { lastId: 'evt_1' })).toBe('PUBLISHED');
    expect(await take(5, null)).toEqual([1, 2, 3, 4, 5]);
    expect(await bus.state(service)).toMatchObject({ sequence: 5 });
  });

  test('consuming starts after a place, from the first for nobody’s place, and from the first of another epoch', async () => {
    await bus.state(fresh());
    await bus.publish(service, events(1, 5), start);
    expect(await take(2, { epoch: 'one', position: 3 })).toEqual([4, 5]);
    expect(await take(5, null)).toEqual([1, 2, 3, 4, 5]);
    expect(await take(5, { epoch: 'none', position: 3 })).toEqual([1, 2, 3, 4, 5]);
  });

  test('what is published while consuming arrives', async () => {
    await bus.state(fresh());
    const taken = take(3, { epoch: 'one', position: 0 });
    await bus.publish(service, events(1, 1), start);
    await bus.publish(service, events(2, 3), { lastId: 'evt_1' });
    expect(await taken).toEqual([1, 2, 3]);
  });

  test('a failed batch is delivered again from its first event to who comes back with the place reached', async () => {
    await bus.state(fresh());
    await bus.publish(service, events(1, 3), start);
    const failure = new Error('no effect');
    await expect(bus.consume(service, 'reader', null, () => Promise.reject(failure), new AbortController().signal)).rejects.toBe(failure);
    expect(await take(3, null)).toEqual([1, 2, 3]);
    expect(await take(1, { epoch: 'one', position: 2 })).toEqual([3]);
  });

  test('each durable consumer has its own place', async () => {
    await bus.state(fresh());
    await bus.publish(service, events(1, 2), start);
    expect(await take(2, null, 'first')).toEqual([1, 2]);
    expect(await take(2, null, 'second')).toEqual([1, 2]);
  });

  test('a wiped stream ends the consuming and is seen as empty', async () => {
    await bus.state(fresh());
    await bus.publish(service, events(1, 3), start);
    const arrived = Promise.withResolvers<void>();
    const consuming = bus.consume(service, 'reader', null, async () => arrived.resolve(), new AbortController().signal);
    const ended = expect(consuming).rejects.toBeInstanceOf(BusUnavailable);
    await arrived.promise;
    await wipe(bus, service);
    await ended;
    expect(await bus.state(service)).toMatchObject({ sequence: 0, first: null, last: null });
    expect(await bus.publish(service, events(1, 3), start)).toBe('PUBLISHED');
    expect(await take(1, { epoch: 'one', position: 2 })).toEqual([3]);
  });

  test('a reset stream takes the same events again', async () => {
    await bus.state(fresh());
    await bus.publish(service, events(1, 3), start);
    await bus.reset(service);
    expect(await bus.publish(service, events(1, 3), start)).toBe('PUBLISHED');
    expect(await take(3, null)).toEqual([1, 2, 3]);
  });

  test('every watcher sees every event', async () => {
    await bus.state(fresh());
    const seen: number[][] = [[], []];
    const all = Promise.withResolvers<void>();
    const begun = seen.map(() => Promise.withResolvers<void>());
    const stops = seen.map((mine, index) =>
      bus.watch(
        service,
        ({ position }) => {
          mine.push(position);
          if (seen.every((one) => one.length === 2)) all.resolve();
        },
        () => begun[index]?.resolve(),
      ),
    );
    await Promise.all(begun.map((one) => one.promise));
    await bus.publish(service, events(1, 2), start);
    await all.promise;
    expect(seen).toEqual([
      [1, 2],
      [1, 2],
    ]);
    await Promise.all(stops.map((stop) => stop()));
    await bus.publish(service, events(3, 3), { lastId: 'evt_2' });
    await bus.state(service);
    expect(seen[0]).toEqual([1, 2]);
  });

  test('what is told on a topic is heard by whoever hears it, the teller too, and kept for nobody', async () => {
    const heard: string[][] = [[], []];
    const all = Promise.withResolvers<void>();
    const begun = heard.map(() => Promise.withResolvers<void>());
    const topic = fresh();
    bus.tell(topic, 'too early');
    const stops = heard.map((mine, index) =>
      bus.hear(
        topic,
        (text) => {
          mine.push(text);
          if (heard.every((one) => one.length === 2)) all.resolve();
        },
        () => begun[index]?.resolve(),
      ),
    );
    await Promise.all(begun.map((one) => one.promise));
    bus.tell(topic, 'one');
    bus.tell(`${topic}x`, 'elsewhere');
    bus.tell(topic, 'two');
    await all.promise;
    expect(heard).toEqual([
      ['one', 'two'],
      ['one', 'two'],
    ]);
    await Promise.all(stops.map((stop) => stop()));
  });
});
