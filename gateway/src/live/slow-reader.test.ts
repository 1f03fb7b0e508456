import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { RawSocket } from '../testing/raw-socket.ts';
import { connect, disconnectAll, next, standing } from '../testing/toy-client.ts';
import { startToyHouse, type ToyHouse } from '../testing/toy-house.ts';
import { happen } from '../testing/toy-live.ts';

let house: ToyHouse;
beforeAll(async () => {
  house = await startToyHouse();
});
afterAll(() => house.stop());
afterEach(disconnectAll);

const ALL = 'subscription { ticketsChanged { type ticket { subject } } }';
const signedIn = async () => connect(house.gateway, await house.signIn());
const event = (type: string) => ({
  data: { ticketsChanged: { type, ticket: { subject: expect.any(String) } } },
  extensions: expect.anything(),
});

describe('a client that stops reading', () => {
  test('costs no more than a mebibyte and is closed; others notice nothing', async () => {
    Object.assign(house.data.tickets.get('tkt_1') ?? {}, { subject: 'x'.repeat(100_000) });
    const reader = await signedIn();
    const frames = reader.watch(ALL);
    const first = next(frames);
    await standing(reader);
    const slow = await deafSocket();
    const gone = new Promise((resolve) => slow.on('close', resolve));
    let read = 0;
    for (let count = 0; count < 60; count += 1) {
      await happen(house, { type: `LARGE_${count}` });
      expect(await (count === 0 ? first : next(frames))).toEqual(event(`LARGE_${count}`));
      read += 1;
    }
    slow.resume();
    await gone;
    expect(read).toBe(60);
    expect(await (await fetch(`${house.gateway.probesUrl}/metrics`)).text()).toMatch(/^atende_gateway_slow_clients_total 1$/m);
  });

  /** Subscribes and never reads again: not even the kernel's window stays open for long. */
  async function deafSocket() {
    const raw = await RawSocket.open(house.gateway.url);
    raw.send({ type: 'connection_init', payload: { authorization: await house.signIn() } });
    await raw.next();
    raw.send({ id: '1', type: 'subscribe', payload: { query: ALL } }, { id: '2', type: 'subscribe', payload: { query: '{ __typename }' } });
    await raw.next();
    return raw.socket.pause();
  }
});
