import { describe, expect, test } from '@jest/globals';
import { ANA } from '../testing/toy-persons.ts';
import { Reservations } from './reservations.ts';
import { SseStream } from './sse-stream.ts';

function build(unused?: number) {
  const reservations = new Reservations(unused);
  const gone = Promise.withResolvers<SseStream>();
  const stream = new SseStream({
    visitor: { viewer: ANA, sessionId: 's', expires: 0 },
    language: 'en',
    requestId: 'req_12345678',
    isShared: true,
    onSlow: () => undefined,
    onGone(one) {
      reservations.forget(one);
      gone.resolve(one);
    },
  });
  return { reservations, stream, gone: gone.promise };
}

describe('a reservation', () => {
  test('is found by a token that nobody can guess', () => {
    const { reservations, stream } = build();
    const other = build().stream;
    const tokens = [reservations.reserve(stream, 'Bearer a'), reservations.reserve(other, 'Bearer b')];
    expect(tokens.map((token) => reservations.of(token))).toEqual([
      { stream, authorization: 'Bearer a' },
      { stream: other, authorization: 'Bearer b' },
    ]);
    for (const token of tokens) expect(token).toMatch(/^[\w-]{43}$/); // 256 bits
    expect(new Set(tokens).size).toBe(2);
    reservations.forget(stream);
    expect(reservations.of(tokens[0] ?? '')).toBeNull();
  });

  test('that nobody opens is given up', async () => {
    const { reservations, stream, gone } = build(10);
    const token = reservations.reserve(stream, 'Bearer a');
    expect(await gone).toBe(stream);
    expect([reservations.of(token), stream.isOver]).toEqual([null, true]);
  });
});
