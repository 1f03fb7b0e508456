import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { EventReader } from '../testing/toy-events.ts';
import { ANA } from '../testing/toy-persons.ts';
import { SseStream } from './sse-stream.ts';
import type { Frame } from './watcher.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const frame = (position: number, payload = `{"p":${position}}`): Frame => ({ position, cursor: `c${position}`, payload });
const error = { message: 'gone', extensions: { code: 'CURSOR_EXPIRED' as never, requestId: 'r' } };

function build({ isShared = false } = {}) {
  const told: string[] = [];
  const gone = Promise.withResolvers<void>();
  const stream = new SseStream({
    visitor: { viewer: ANA, sessionId: 's', expires: 0 },
    language: 'en',
    requestId: 'req_12345678',
    isShared,
    onSlow: () => told.push('slow'),
    onGone: () => {
      told.push('gone');
      gone.resolve();
    },
  });
  return { stream, told, gone: gone.promise };
}

/** Opens the stream on a real connection. */
async function open(stream: SseStream): Promise<EventReader> {
  const server = createServer((_, response) => stream.open(response));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return EventReader.open(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

describe('an event stream', () => {
  test('is neither kept, compressed nor held back by anything in between', async () => {
    const { response } = await open(build().stream);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
      'x-request-id': 'req_12345678',
    });
    expect(response.headers.has('content-encoding')).toBe(false);
  });

  test('says of each frame where it stands', async () => {
    const { stream } = build();
    const reader = await open(stream);
    stream.next('', frame(1));
    expect(await reader.next()).toEqual({ event: 'next', id: 'c1', data: '{"p":1}' });
  });

  test('ends with the operation that has it alone', async () => {
    const { stream, told, gone } = build();
    stream.reserve('');
    const reader = await open(stream);
    stream.next('', frame(1));
    stream.fail('', [error]);
    stream.next('', frame(2));
    expect([await reader.next(), await reader.next(), await reader.next(), await reader.next()]).toEqual([
      { event: 'next', id: 'c1', data: '{"p":1}' },
      { event: 'next', id: 'c1', data: JSON.stringify({ errors: [error] }) },
      { event: 'complete', id: 'c1', data: '' },
      null,
    ]);
    await gone;
    expect(told).toEqual(['gone']);
  });

  test('names the operation where several share it, and goes on after one has ended', async () => {
    const { stream } = build({ isShared: true });
    for (const id of ['a', 'b\r\n\r\nevent: complete']) stream.reserve(id);
    const reader = await open(stream);
    stream.next('a', frame(1));
    stream.fail('a', [error]);
    stream.next('b\r\n\r\nevent: complete', frame(2));
    expect([await reader.next(), await reader.next(), await reader.next(), await reader.next()]).toEqual([
      { event: 'next', id: 'c1', data: '{"id":"a","payload":{"p":1}}' },
      { event: 'next', id: 'c1', data: `{"id":"a","payload":${JSON.stringify({ errors: [error] })}}` },
      { event: 'complete', id: 'c1', data: '{"id":"a"}' },
      { event: 'next', id: 'c2', data: '{"id":"b\\r\\n\\r\\nevent: complete","payload":{"p":2}}' },
    ]);
  });

  test('gives a sign of life that is no event', async () => {
    const { stream } = build();
    const reader = await open(stream);
    stream.ping();
    stream.next('', frame(1));
    await reader.next();
    expect(reader.comments).toBe(2); // the first opened it
  });

  test('of a gateway that ends says when to come back, and never that it is complete', async () => {
    const { stream } = build();
    stream.reserve('');
    const reader = await open(stream);
    stream.restart();
    expect(await reader.next()).toBeNull();
    expect(reader.retry).toBeGreaterThanOrEqual(100);
    expect(reader.retry).toBeLessThanOrEqual(1_100);
  });

  test('of a token that counts no more says so to each operation', async () => {
    const { stream } = build({ isShared: true });
    for (const id of ['a', 'b']) stream.reserve(id);
    const reader = await open(stream);
    stream.forbid();
    const said = [await reader.next(), await reader.next(), await reader.next(), await reader.next(), await reader.next()];
    expect(said.map((event) => event?.event)).toEqual(['next', 'complete', 'next', 'complete', undefined]);
    expect(JSON.parse(said[0]?.data ?? '')).toMatchObject({ id: 'a', payload: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] } });
  });

  test('keeps a little for a client that opens it later, and lets go of one that sends too much before', async () => {
    const { stream } = build({ isShared: true });
    stream.next('a', frame(1));
    const reader = await open(stream);
    stream.next('a', frame(2));
    expect([(await reader.next())?.id, (await reader.next())?.id]).toEqual(['c1', 'c2']);
    const { stream: never, told } = build({ isShared: true });
    for (let count = 0; count < 10; count += 1) never.next('a', frame(count, JSON.stringify('x'.repeat(10_000))));
    expect(told).toEqual(['slow', 'gone']);
  });

  test('lets go of a client that does not read', async () => {
    const { stream, told, gone } = build();
    await open(stream);
    for (let count = 0; count < 100; count += 1) stream.next('', frame(count, JSON.stringify('x'.repeat(100_000))));
    await gone;
    expect(told).toEqual(['slow', 'gone']);
  });

  test('that the client leaves stops what was begun on it, and what is begun too late', async () => {
    const { stream, gone } = build({ isShared: true });
    const stopped: string[] = [];
    for (const id of ['a', 'b']) stream.reserve(id);
    stream.begun('a', () => stopped.push('a'));
    (await open(stream)).close();
    await gone;
    stream.begun('b', () => stopped.push('b'));
    expect([stopped, stream.signal.aborted, stream.isOver]).toEqual([['a', 'b'], true, true]);
  });

  test('has room for fifty operations, each id once', () => {
    const { stream } = build({ isShared: true });
    const reserved = Array.from({ length: 51 }, (_, at) => stream.reserve(`${at}`));
    expect([reserved.at(-2), reserved.at(-1), stream.reserve('0')]).toEqual([null, 'TOO_MANY', 'TAKEN']);
  });
});
