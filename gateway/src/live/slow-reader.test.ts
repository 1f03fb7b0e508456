import { connect as netConnect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
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
    const { hostname, port } = new URL(house.gateway.url);
    const socket = netConnect({ host: hostname, port: Number(port) });
    socket.on('error', () => undefined);
    socket.write(
      `GET /graphql HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-key: ${Buffer.alloc(16).toString('base64')}\r\nsec-websocket-version: 13\r\nsec-websocket-protocol: graphql-transport-ws\r\n\r\n`,
    );
    await new Promise((resolve) => socket.once('data', resolve));
    socket.write(frame({ type: 'connection_init', payload: { authorization: await house.signIn() } }));
    await new Promise((resolve) => socket.once('data', resolve));
    socket.write(frame({ id: '1', type: 'subscribe', payload: { query: ALL } }));
    socket.write(frame({ id: '2', type: 'subscribe', payload: { query: '{ __typename }' } }));
    await new Promise((resolve) => socket.once('data', resolve));
    return socket.pause();
  }

  /** A masked text frame, as clients send them. */
  function frame(message: unknown): Buffer {
    const payload = Buffer.from(JSON.stringify(message));
    const head = payload.length < 126 ? [0x81, 0x80 | payload.length] : [0x81, 0x80 | 126, payload.length >> 8, payload.length & 0xff];
    return Buffer.concat([Buffer.from(head), Buffer.alloc(4), payload]);
  }
});
