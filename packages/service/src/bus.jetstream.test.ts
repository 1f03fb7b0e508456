import type { Envelope } from '@atende/events';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { pino } from 'pino';
import { JetStreamBus } from './bus.jetstream.ts';
import { BusUnavailable } from './bus.ts';
import { events, newStream as start } from './bus-testbed.ts';
import { newId } from './ids.ts';

const log = pino({ level: 'silent' });
const prefix = newId('bus').replace('_', '-');
let nats: NatsConnection;

beforeAll(async () => {
  nats = await connect({ servers: process.env.TEST_NATS_URL ?? '' });
});
afterAll(() => nats.close());

describe('what only JetStream can do to us', () => {
  const open = async (): Promise<JetStreamBus> => {
    const bus = new JetStreamBus({ url: process.env.TEST_NATS_URL ?? '', prefix, name: 'test', log });
    await bus.connected();
    return bus;
  };

  test('a purged stream that still remembers ids gives a ghost and not a hole', async () => {
    const bus = await open();
    await bus.state('purged');
    await bus.publish('purged', events(1, 3), start);
    await (await jetstreamManager(nats)).streams.purge(`${prefix}-purged`);
    const { sequence } = await bus.state('purged');
    expect(sequence).toBe(3);
    expect(await bus.publish('purged', events(1, 3), { lastSequence: sequence })).toBe('GHOST');
    await bus.close();
  });

  test('a hole in the middle is seen', async () => {
    const bus = await open();
    await bus.state('holed');
    await bus.publish('holed', events(1, 3), start);
    await (await jetstreamManager(nats)).streams.deleteMessage(`${prefix}-holed`, 2);
    expect(await bus.state('holed')).toMatchObject({ whole: false });
    await bus.close();
  });

  test('a message that is no event is skipped', async () => {
    const bus = await open();
    await bus.state('foreign');
    await bus.publish('foreign', events(1, 1), start);
    nats.publish(`${prefix}.foreign.ticket.taken`, 'not an event');
    await nats.flush();
    await bus.publish('foreign', events(2, 2), { lastSequence: 2 });
    const stop = new AbortController();
    const seen: number[] = [];
    const onBatch = async (batch: readonly Envelope[]): Promise<void> => {
      seen.push(...batch.map((one) => one.position));
      if (seen.includes(2)) stop.abort();
    };
    await bus.consume('foreign', 'reader', null, onBatch, stop.signal);
    expect(seen).toEqual([1, 2]);
    await bus.close();
  });

  test('without a server everything fails at once and nothing waits', async () => {
    const bus = new JetStreamBus({ url: 'nats://127.0.0.1:1', prefix, name: 'test', log });
    await expect(bus.state('tickets')).rejects.toBeInstanceOf(BusUnavailable);
    await expect(bus.publish('tickets', events(1, 1), start)).rejects.toBeInstanceOf(BusUnavailable);
    bus.tell('topic', 'lost');
    await bus.close();
  });

  test('there is no prefix by default', () => {
    expect(() => new JetStreamBus({ url: 'nats://127.0.0.1:1', prefix: '', name: 'test', log })).toThrow('prefix');
  });
});
