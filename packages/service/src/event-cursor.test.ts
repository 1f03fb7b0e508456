import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeCursor, encodeCursor, judge } from './event-cursor.ts';

describe('a cursor', () => {
  test('comes back as it was', () => {
    expect(decodeCursor(encodeCursor({ epoch: 'ab12', position: 42 }))).toEqual({ epoch: 'ab12', position: 42 });
  });

  test('A_FORGED_CURSOR_IS_NO_CURSOR', () => {
    for (const forged of [
      '',
      'x',
      encodeCursor({ epoch: 'a b', position: 1 }),
      encodeCursor({ epoch: 'a', position: -1 }),
      encodeCursor({ epoch: '', position: 1 }),
    ]) {
      expect(decodeCursor(forged)).toBeNull();
    }
    fc.assert(fc.property(fc.string(), (text) => decodeCursor(text) === null || Number.isSafeInteger(decodeCursor(text)?.position)));
  });
});

describe('judging an event by the place reached', () => {
  const reached = { epoch: 'one', position: 5 };
  test.each([
    ['NEXT', { epoch: 'one', position: 6 }],
    ['SEEN', { epoch: 'one', position: 5 }],
    ['SEEN', { epoch: 'one', position: 1 }],
    ['GAP', { epoch: 'one', position: 7 }],
    ['OTHER_EPOCH', { epoch: 'two', position: 6 }],
    ['OTHER_EPOCH', { epoch: 'two', position: 1 }],
  ])('%s: %j', (verdict, event) => {
    expect(judge(reached, event)).toBe(verdict);
  });
});
