import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { RawSocket } from '../testing/raw-socket.ts';
import { startToyHouse, type ToyHouse } from '../testing/toy-house.ts';

let house: ToyHouse;
const open: RawSocket[] = [];
beforeAll(async () => {
  house = await startToyHouse({ environment: { ALLOWED_ORIGINS: 'https://portal.example' } });
});
afterEach(() => {
  for (const socket of open.splice(0)) socket.close();
});
afterAll(() => house.stop());

async function handshake(protocol?: string | null, lines?: string[]): Promise<RawSocket> {
  const socket = await RawSocket.open(house.gateway.url, protocol, lines);
  open.push(socket);
  return socket;
}

describe('the handshake of graphql-transport-ws', () => {
  test.each<[string, string]>([
    ['graphql-transport-ws', 'graphql-transport-ws'],
    ['graphql-ws, graphql-transport-ws', 'graphql-transport-ws'],
  ])('chooses graphql-transport-ws from: %s', async (offered, chosen) => {
    const { status, head } = await handshake(offered);
    expect([status, /sec-websocket-protocol: (\S+)/i.exec(head)?.[1]]).toEqual([101, chosen]);
  });

  test.each([['graphql-ws'], ['graphql-transport-wss'], ['mqtt, soap'], [null]])(
    'closes with 4406 what offers only: %s',
    async (offered) => {
      expect(await (await handshake(offered)).closed).toEqual([4406, 'Subprotocol not acceptable']);
    },
  );

  test.each<[string, string[]]>([
    ['no browser, which says no origin', []],
    ['a page of the same address', ['origin: SAME']],
    ['a page of an allowed origin', ['origin: https://portal.example']],
  ])('is granted to %s', async (_name, lines) => {
    const { status } = await handshake(
      undefined,
      lines.map((line) => line.replace('SAME', house.gateway.url)),
    );
    expect(status).toBe(101);
  });

  test.each([
    'https://evil.example',
    'null',
    'https://portal.example.evil.example',
    'https://portal.example:8443',
    'http://portal.example',
    'https://portal.example/',
    'file://127.0.0.1',
    'https://127.0.0.1@evil.example',
  ])('is refused to a page of %s', async (origin) => {
    const { status, head } = await handshake(undefined, [`origin: ${origin}`]);
    expect([status, JSON.parse(head.split('\r\n\r\n')[1] ?? '')]).toEqual([
      403,
      { errors: [{ message: expect.any(String), extensions: { code: 'FORBIDDEN', requestId: expect.any(String) } }] },
    ]);
  });

  test('agrees on no compression', async () => {
    expect((await handshake(undefined, ['sec-websocket-extensions: permessage-deflate'])).head).not.toMatch(/extensions/i);
  });
});
