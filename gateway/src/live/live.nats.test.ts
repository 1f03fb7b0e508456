import { type Bus, JetStreamBus, makeLog } from '@atende/service/process';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { disconnectAll, next, watch } from '../testing/toy-client.ts';
import { startToyHouse, type ToyHouse } from '../testing/toy-house.ts';
import { record } from '../testing/toy-live.ts';
import { ANA, BRUNO } from '../testing/toy-persons.ts';

// The same on a real nats-server.

const bus = (name: string): Bus =>
  new JetStreamBus({ url: process.env.TEST_NATS_URL ?? '', prefix: `gw-${process.pid}`, name, log: makeLog('test', 'silent') });

let house: ToyHouse;
let publisher: JetStreamBus;
beforeAll(async () => {
  publisher = bus('tickets') as JetStreamBus;
  await publisher.connected();
  house = await startToyHouse({ bus: bus('gateway') });
});
afterAll(async () => {
  for (const service of ['tickets', 'identity']) await publisher.reset(service);
  await house.stop();
  await publisher.close();
});
afterEach(disconnectAll);

const ALL = 'subscription All($after: String) { ticketsChanged(after: $after) { type cursor ticket { requester { name } } } }';

/** As the relay does: in order, fenced by the event before. */
async function publish(type: string): Promise<void> {
  const event = record(house.data, { type });
  const before = house.data.stream.at(-2);
  const fence = before ? { lastId: before.id } : { lastSequence: (await publisher.state('tickets')).sequence };
  expect(await publisher.publish('tickets', [event], fence)).toBe('PUBLISHED');
}

test('an event goes from JetStream to the sockets', async () => {
  const watchers = [await watch(house, ANA, ALL), await watch(house, BRUNO, ALL)];
  await publish('OVER_NATS');
  for (const frames of watchers)
    expect(await next(frames)).toMatchObject({ data: { ticketsChanged: { type: 'OVER_NATS', ticket: { requester: { name: 'ana' } } } } });
});

test('what happened while nobody listened is there for who resumes', async () => {
  const frames = await watch(house, ANA, ALL);
  await publish('SEEN');
  const { data } = await next(frames);
  await disconnectAll();
  await publish('AWAY_1');
  await publish('AWAY_2');
  const after = (data as { ticketsChanged: { cursor: string } }).ticketsChanged.cursor;
  const resumed = await watch(house, ANA, ALL, { after });
  await publish('BACK');
  const types: unknown[] = [];
  while (types.length < 3) types.push((await next(resumed)).data?.ticketsChanged);
  expect(types).toMatchObject([{ type: 'AWAY_1' }, { type: 'AWAY_2' }, { type: 'BACK' }]);
});
