import { encodeCursor } from '@atende/service/process';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { disconnectAll, type Frame, next, watch } from '../testing/toy-client.ts';
import { startToyHouse, type ToyHouse, untilCounted } from '../testing/toy-house.ts';
import { happen, record } from '../testing/toy-live.ts';
import { ANA, BRUNO } from '../testing/toy-persons.ts';

let house: ToyHouse;
beforeAll(async () => {
  house = await startToyHouse();
});
afterAll(() => house.stop());
afterEach(disconnectAll);

const ONE =
  'subscription One($id: ID!, $after: String) { ticketChanged(ticketId: $id, after: $after) { matches type cursor ticket { number } } }';
const ALL =
  'subscription All($filter: TicketFilter, $after: String) { ticketsChanged(filter: $filter, after: $after) { matches type cursor } }';

const typeOf = (frame: Frame) => Object.values(frame.data ?? {}).map((event) => (event as { type: string }).type)[0];

describe('resuming after a cursor', () => {
  const cursor = (position: number, epoch = house.data.epoch) => encodeCursor({ epoch, position });

  test('gives what was missed, then what happens, each once', async () => {
    const { position } = await happen(house, { type: 'SEEN' });
    await happen(house, { type: 'MISSED_1' });
    await happen(house, { type: 'OTHER', ticketId: 'tkt_2' });
    await happen(house, { type: 'MISSED_2' });
    const frames = await watch(house, ANA, ONE, { id: 'tkt_1', after: cursor(position) });
    await happen(house, { type: 'LIVE' });
    expect([typeOf(await next(frames)), typeOf(await next(frames)), typeOf(await next(frames))]).toEqual(['MISSED_1', 'MISSED_2', 'LIVE']);
  });

  test('holds back what happens while it reads', async () => {
    const { position } = await happen(house, { type: 'SEEN' });
    for (let count = 0; count < 20; count += 1) await happen(house, { type: `E${count}` });
    const watching = watch(house, ANA, ALL, { after: cursor(position) });
    for (let count = 20; count < 40; count += 1) await happen(house, { type: `E${count}` });
    const frames = await watching;
    const types: unknown[] = [];
    while (types.length < 40) types.push(typeOf(await next(frames)));
    expect(types).toEqual(Array.from({ length: 40 }, (_, count) => `E${count}`));
  });

  test('after the newest event gives what happens', async () => {
    const { position } = await happen(house, { type: 'SEEN' });
    const frames = await watch(house, ANA, ALL, { after: cursor(position) });
    await happen(house, { type: 'NEW' });
    expect(typeOf(await next(frames))).toBe('NEW');
  });

  test('watchers who resumed at different places are equal afterwards', async () => {
    const { position } = await happen(house);
    await happen(house, { type: 'MISSED' });
    const [one, two] = [
      await watch(house, ANA, ALL, { after: cursor(position) }),
      await watch(house, BRUNO, ALL, { after: cursor(position + 1) }),
    ];
    await next(one);
    house.tickets.calls.length = 0;
    await happen(house, { type: 'BOTH' });
    expect([typeOf(await next(one)), typeOf(await next(two))]).toEqual(['BOTH', 'BOTH']);
    expect(house.tickets.calls.filter((call) => call.includes('_entities'))).toHaveLength(1);
  });

  test('a crowd that comes back costs what one costs', async () => {
    await untilCounted(house.gateway, /^atende_gateway_subscriptions 0$/m);
    const { position } = await happen(house, { type: 'SEEN' });
    const missed = ['MISSED_1', 'MISSED_2', 'MISSED_3'];
    for (const type of missed) await happen(house, { type });
    house.tickets.calls.length = 0;
    const crowd = await Promise.all([ANA, BRUNO, ANA, BRUNO, ANA].map((viewer) => watch(house, viewer, ALL, { after: cursor(position) })));
    for (const frames of crowd)
      expect([typeOf(await next(frames)), typeOf(await next(frames)), typeOf(await next(frames))]).toEqual(missed);
    const asked = (what: string) => house.tickets.calls.filter((call) => call.includes(what)).length;
    expect([asked('_ticketEventAudience'), asked('_entities')]).toEqual([3, 3]);
  });

  test.each([
    ['of another epoch', () => cursor(1, 'e0')],
    ['from the future', () => cursor(1_000_000)],
    ['that is none', () => 'nonsense'],
  ])('a cursor %s has expired', async (_name, after) => {
    const frames = await watch(house, ANA, ALL, { after: after() });
    await expect(next(frames)).rejects.toMatchObject([{ extensions: { code: 'CURSOR_EXPIRED' } }]);
  });
});

test('what the bus lost without notice comes all the same', async () => {
  const frames = await watch(house, ANA, ALL, {});
  record(house.data, { type: 'LOST' });
  expect(typeOf(await next(frames))).toBe('LOST');
});
