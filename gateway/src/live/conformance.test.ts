import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { BINARY, CLOSE_FRAME, CONTINUATION, frame, PING, PONG, RawSocket, TEXT } from '../testing/raw-socket.ts';
import { startToyHouse, type ToyHouse } from '../testing/toy-house.ts';
import { happen } from '../testing/toy-live.ts';
import { ANA } from '../testing/toy-persons.ts';

// graphql-transport-ws sentence by sentence, in bytes, from the handshake on (handshake.test.ts). What the stock client does with it stands in
// sockets.test.ts.

let house: ToyHouse;
let token: string;
let early: RawSocket;
const open: RawSocket[] = [];
beforeAll(async () => {
  house = await startToyHouse({
    environment: { CONNECTIONS_PER_PERSON: '30', SUBSCRIPTIONS_PER_PERSON: '60' },
  });
  token = await house.signIn();
  early = await RawSocket.open(house.gateway.url);
});
afterEach(() => {
  for (const socket of open.splice(0)) socket.close();
});
afterAll(() => house.stop());

/** A socket whose handshake is answered. */
async function handshake(): Promise<RawSocket> {
  const socket = await RawSocket.open(house.gateway.url);
  open.push(socket);
  return socket;
}
const init = (authorization = token) => ({ type: 'connection_init', payload: { authorization } });
/** A socket that is acknowledged. */
async function acknowledged(authorization = token): Promise<RawSocket> {
  const socket = await handshake();
  socket.send(init(authorization));
  expect(await socket.next()).toEqual({ type: 'connection_ack' });
  return socket;
}
const ALL = 'subscription { ticketsChanged { type } }';
const subscribe = (id: string, query = ALL, more: object = {}) => ({ id, type: 'subscribe', payload: { query, ...more } });
const QUERY = '{ ticket(id: "tkt_1") { number } }';
const answer = (id: string) => ({ id, type: 'next', payload: { data: { ticket: { number: '1' } }, extensions: expect.anything() } });
const event = (id: string, type: string) => ({
  id,
  type: 'next',
  payload: { data: { ticketsChanged: { type } }, extensions: expect.anything() },
});
const complete = (id: string) => ({ id, type: 'complete' });
/** Says something whose answer shows that everything before it was heard. */
async function settled(socket: RawSocket): Promise<void> {
  socket.send({ type: 'ping', payload: { settled: 1 } });
  expect(await socket.next()).toEqual({ type: 'pong', payload: { settled: 1 } });
}

describe('ConnectionInit', () => {
  test('is answered by ConnectionAck', async () => {
    await acknowledged();
  });
  test('twice closes with 4429', async () => {
    const socket = await acknowledged();
    socket.send(init());
    expect(await socket.closed).toEqual([4429, 'Too many initialisation requests']);
  });
  test.each<[string, unknown, number]>([
    ['without a token closes with 4401', { type: 'connection_init' }, 4401],
    ['with a payload that names none closes with 4401', { type: 'connection_init', payload: { authorization: { $ne: null } } }, 4401],
    ['with a token that is none closes with 4403', init('Bearer x'), 4403],
    ['with a payload that is no object closes with 4400', { type: 'connection_init', payload: 'x' }, 4400],
  ])('%s', async (_name, message, code) => {
    const socket = await handshake();
    socket.send(message);
    expect((await socket.closed)[0]).toBe(code);
  });
});

describe('before ConnectionAck', () => {
  test('Subscribe closes with 4401', async () => {
    const socket = await handshake();
    socket.send(subscribe('1'));
    expect(await socket.closed).toEqual([4401, 'Unauthorized']);
  });
  test('Ping is answered and Pong is heard', async () => {
    const socket = await handshake();
    socket.send({ type: 'pong' });
    await settled(socket);
  });
  test('Complete of nothing changes nothing', async () => {
    const socket = await handshake();
    socket.send(complete('1'));
    await settled(socket);
  });
});

describe('Ping and Pong', () => {
  test('Ping is answered by Pong with the same payload, or none', async () => {
    const socket = await acknowledged();
    socket.send({ type: 'ping', payload: { a: [1, null] } }, { type: 'ping' });
    expect([await socket.next(), await socket.next()]).toEqual([{ type: 'pong', payload: { a: [1, null] } }, { type: 'pong' }]);
  });
  test('Pong unasked is no fault, with a payload or without', async () => {
    const socket = await acknowledged();
    socket.send({ type: 'pong' }, { type: 'pong', payload: { a: 1 } });
    await settled(socket);
  });
  test('frames of ping are answered by pong with the same payload; frames of pong are heard', async () => {
    const socket = await acknowledged();
    socket.write(frame(PONG, 'unasked'), frame(PING, 'a'.repeat(125)), frame(PING, ''));
    await settled(socket);
    expect(socket.pongs).toEqual(['a'.repeat(125), '']);
  });
});

describe('Subscribe', () => {
  test('to a query is answered by one Next and Complete', async () => {
    const socket = await acknowledged();
    socket.send(subscribe('1', QUERY));
    expect([await socket.next(), await socket.next()]).toEqual([answer('1'), complete('1')]);
  });
  test('with an id that is in use closes with 4409, whatever the operation', async () => {
    const socket = await acknowledged();
    socket.send(subscribe('1'), subscribe('1', QUERY));
    expect(await socket.closed).toEqual([4409, 'Subscriber for 1 already exists']);
  });
  test('to what is refused is answered by Error, and no Complete follows', async () => {
    const socket = await acknowledged();
    socket.send(subscribe('1', '{ nothing }'), subscribe('2', 'subscription { __typename }'), subscribe('3', '{'));
    for (const id of ['1', '2', '3'])
      expect(await socket.next()).toEqual({
        id,
        type: 'error',
        payload: [expect.objectContaining({ extensions: expect.objectContaining({ code: 'BAD_USER_INPUT' }) })],
      });
    await settled(socket);
  });
  test('to what its owner refuses later is answered by Error, and no Complete follows', async () => {
    const socket = await acknowledged();
    socket.send(subscribe('1', 'subscription { ticketsChanged(filter: { text: "x" }) { type } }'));
    expect(await socket.next()).toMatchObject({ id: '1', type: 'error' });
    await settled(socket);
  });
  test('after Error, its id is free, and a Complete of it is late but no fault', async () => {
    const socket = await acknowledged();
    socket.send(subscribe('1', '{ nothing }'));
    expect(await socket.next()).toMatchObject({ type: 'error' });
    socket.send(complete('1'), subscribe('1', QUERY));
    expect([await socket.next(), await socket.next()]).toEqual([answer('1'), complete('1')]);
  });
  test('after Complete of the server, its id is free', async () => {
    const socket = await acknowledged();
    for (let time = 0; time < 2; time += 1) {
      socket.send(subscribe('1', QUERY));
      expect([await socket.next(), await socket.next()]).toEqual([answer('1'), complete('1')]);
    }
  });
  test('after Complete of the client, its id is free at once, and what begins by it lives', async () => {
    const socket = await acknowledged();
    socket.send(subscribe('1'));
    await settled(socket);
    socket.send(complete('1'), subscribe('1'));
    await settled(socket);
    await happen(house, { type: 'AGAIN' });
    expect(await socket.next()).toEqual(event('1', 'AGAIN'));
  });
  test('several are independent of each other: one ends, the others go on', async () => {
    const socket = await acknowledged();
    socket.send(subscribe('a'), subscribe('b'), subscribe('c', '{ nothing }'));
    expect(await socket.next()).toMatchObject({ id: 'c', type: 'error' });
    socket.send(complete('a'));
    await settled(socket);
    await happen(house, { type: 'ONE' });
    expect(await socket.next()).toEqual(event('b', 'ONE'));
    await settled(socket);
  });
  test('ids may be any text', async () => {
    const socket = await acknowledged();
    for (const id of ['__proto__x', 'constructor', '"}\r\n', '😀', 'x'.repeat(1_000)]) {
      socket.send(subscribe(id, QUERY));
      expect([await socket.next(), await socket.next()]).toEqual([answer(id), complete(id)]);
    }
  });
});

describe('Complete of the client', () => {
  test('ends the operation: nothing follows, and it is not answered', async () => {
    const socket = await acknowledged();
    socket.send(subscribe('1'));
    await settled(socket);
    socket.send(complete('1'), complete('1'));
    await settled(socket);
    await happen(house, { type: 'UNHEARD' });
    await settled(socket);
  });
});

describe('a query that is under way', () => {
  /** Resolves when identity has the query and keeps it waiting; the other when the gateway has given it up. */
  function slowness(): { asked: Promise<void>; givenUp: Promise<void> } {
    const [asked, givenUp] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    Object.assign(house.identity, { mood: 'hangs', onSpoiled: asked.resolve, onGivenUp: givenUp.resolve });
    return { asked: asked.promise, givenUp: givenUp.promise };
  }
  afterEach(() => {
    house.identity.mood = 'well';
  });

  test('is given up by Complete, at the service too, and says nothing under its id, whoever has it now', async () => {
    const socket = await acknowledged();
    const { asked, givenUp } = slowness();
    socket.send(subscribe('1', '{ slow }'));
    await asked;
    socket.send(complete('1'), subscribe('1'));
    await Promise.all([givenUp, settled(socket)]);
    house.identity.mood = 'well';
    await happen(house, { type: 'MINE' });
    expect(await socket.next()).toEqual(event('1', 'MINE'));
    await settled(socket);
  });
  test('is given up when the socket goes', async () => {
    const socket = await acknowledged();
    const { asked, givenUp } = slowness();
    socket.send(subscribe('1', '{ slow }'));
    await asked;
    socket.close();
    await givenUp;
  });
});

describe('a message that is none closes with 4400', () => {
  test.each<[string, unknown]>([
    ['no JSON', 'nonsense'],
    ['nothing', ''],
    ['null', 'null'],
    ['a number', '7'],
    ['a list', '[]'],
    ['no type', {}],
    ['a type that is no text', { type: 1 }],
    ['a type nobody knows', { type: 'start' }],
    ['one of the server’s', { type: 'connection_ack', payload: 'x' }],
    ['Subscribe without an id', { type: 'subscribe', payload: { query: QUERY } }],
    ['Subscribe with an empty id', subscribe('')],
    ['Subscribe with an id that is no text', { ...subscribe('1'), id: 1 }],
    ['Subscribe without a payload', { id: '1', type: 'subscribe' }],
    ['Subscribe with a query that is no text', { id: '1', type: 'subscribe', payload: { query: {} } }],
    ['Subscribe with variables that are no object', subscribe('1', QUERY, { variables: 'x' })],
    ['Subscribe with an operation name that is no text', subscribe('1', QUERY, { operationName: {} })],
    ['Subscribe with extensions that are no object', subscribe('1', QUERY, { extensions: 'x' })],
    ['Complete without an id', { type: 'complete' }],
    ['Ping with a payload that is no object', { type: 'ping', payload: 'x' }],
  ])('%s', async (_name, message) => {
    const socket = await acknowledged();
    socket.send(message);
    expect(await socket.closed).toEqual([4400, 'Invalid message received']);
  });

  test('a frame of bytes', async () => {
    const socket = await acknowledged();
    socket.write(frame(BINARY, JSON.stringify(subscribe('1', QUERY))));
    expect((await socket.closed)[0]).toBe(4400);
  });
});

describe('frames', () => {
  const message = Buffer.from(JSON.stringify(subscribe('1', QUERY)));
  const large = JSON.stringify(subscribe('1', QUERY, { variables: { x: '' } })).slice(0, -4);

  test('a message may come in pieces, with a ping among them', async () => {
    const socket = await acknowledged();
    const [first, second, third] = [message.subarray(0, 10), message.subarray(10, 20), message.subarray(20)];
    socket.write(
      frame(TEXT, first, { isLast: false }),
      frame(PING, 'x'),
      frame(CONTINUATION, second, { isLast: false }),
      frame(CONTINUATION, third),
    );
    expect([await socket.next(), await socket.next()]).toEqual([answer('1'), complete('1')]);
    expect(socket.pongs).toEqual(['x']);
  });
  test('a message of 64 KiB is taken, whole or in pieces', async () => {
    const socket = await acknowledged();
    const whole = `${large}${'x'.repeat(65_536 - large.length - 4)}"}}}`;
    socket.send(whole);
    expect([await socket.next(), await socket.next()]).toEqual([answer('1'), complete('1')]);
    socket.write(frame(TEXT, whole.slice(0, 40_000), { isLast: false }), frame(CONTINUATION, whole.slice(40_000)));
    expect([await socket.next(), await socket.next()]).toEqual([answer('1'), complete('1')]);
  });

  test.each<[string, number, Buffer[]]>([
    ['a message of more than 64 KiB', 1009, [frame(TEXT, 'x'.repeat(65_537))]],
    [
      'pieces of more than 64 KiB together',
      1009,
      [frame(TEXT, 'x'.repeat(40_000), { isLast: false }), frame(CONTINUATION, 'x'.repeat(30_000))],
    ],
    [
      'more than 16,384 pieces',
      1008,
      [frame(TEXT, '', { isLast: false }), ...Array.from({ length: 16_384 }, () => frame(CONTINUATION, '', { isLast: false }))],
    ],
    ['a text that is no UTF-8', 1007, [frame(TEXT, Buffer.from([0x22, 0xff, 0xc0, 0x80, 0x22]))]],
    ['a text with half a character in UTF-8', 1007, [frame(TEXT, Buffer.from([0xed, 0xa0, 0x80]))]],
    ['a frame without a mask', 1002, [frame(TEXT, message, { isMasked: false })]],
    ['a reserved bit', 1002, [frame(TEXT, message, { reserved: 4 })]],
    ['a reserved kind', 1002, [frame(0x3, message)]],
    ['a reserved kind of control', 1002, [frame(0xb, '')]],
    ['a ping over 125 bytes', 1002, [frame(PING, 'x'.repeat(126))]],
    ['a ping in pieces', 1002, [frame(PING, 'x', { isLast: false })]],
    ['the rest of nothing', 1002, [frame(CONTINUATION, 'x')]],
    ['a message within another', 1002, [frame(TEXT, 'x', { isLast: false }), frame(TEXT, 'x')]],
    ['a close with a code that is none', 1002, [frame(CLOSE_FRAME, Buffer.from([0x03, 0xed]))]],
    ['a close with half a code', 1002, [frame(CLOSE_FRAME, Buffer.from([0x03]))]],
  ])('%s ends the connection (%s)', async (_name, code, frames) => {
    const socket = await acknowledged();
    socket.write(...frames);
    expect((await socket.closed)[0]).toBe(code);
  });

  test('pings that come faster than their answers are read end the connection, and nobody else notices', async () => {
    const [flooding, other] = [await acknowledged(), await acknowledged()];
    flooding.socket.pause();
    const flood = Buffer.concat(Array.from({ length: 2_000 }, () => frame(PING, 'x'.repeat(125))));
    while (!flooding.socket.destroyed) await new Promise((resolve) => flooding.socket.write(flood, resolve));
    await settled(other);
  });
});

describe('of one person', () => {
  const someone = (name: string) => house.signIn({ ...ANA, personId: `per_${name}`, sessionId: `ses_${name}` });

  test('so many sockets are open at a time, and one more is told to come back later', async () => {
    const authorization = await someone('many');
    for (let count = 0; count < 30; count += 1) await acknowledged(authorization);
    const more = await handshake();
    more.send(init(authorization));
    expect(await more.closed).toEqual([1013, 'Too many connections of one person']);
    await acknowledged();
  });

  test('so many subscriptions stand at a time, on whatever sockets, and one that ends makes room', async () => {
    const authorization = await someone('watching');
    const [first, second] = [await acknowledged(authorization), await acknowledged(authorization)];
    for (let count = 0; count < 40; count += 1) first.send(subscribe(`s${count}`));
    await settled(first);
    for (let count = 0; count < 21; count += 1) second.send(subscribe(`s${count}`));
    expect(await second.next()).toMatchObject({ id: 's20', type: 'error', payload: [{ extensions: { code: 'RATE_LIMITED' } }] });
    first.send(complete('s0'));
    await settled(first);
    second.send(subscribe('more'));
    await settled(second);
  });
});

test('no ConnectionInit within five seconds closes with 4408', async () => {
  expect(await early.closed).toEqual([4408, 'Connection initialisation timeout']);
});
