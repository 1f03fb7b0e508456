import { describe, expect, test } from '@jest/globals';
import { ANA } from '../testing/toy-persons.ts';
import { classOf, personOf } from './rights.ts';
import type { Subscribed } from './subscribed.ts';
import { type Frame, Watcher } from './watcher.ts';

const frame = (position: number): Frame => ({ position, cursor: `c${position}`, payload: `p${position}` });

function build() {
  const seen: string[] = [];
  const failed: unknown[] = [];
  const watcher = new Watcher({ language: 'en', person: personOf(ANA, 'en'), rights: classOf(ANA, 'en') } as Subscribed, {
    next: ({ payload }) => seen.push(payload),
    fail: (errors) => failed.push(...errors),
  });
  return { watcher, seen, failed };
}

describe('a watcher', () => {
  test('passes each position once, whichever way it comes', () => {
    const { watcher, seen } = build();
    watcher.startAt({ position: 2 });
    for (const position of [1, 2, 3, 3, 4, 2]) watcher.dispatch(frame(position));
    expect(seen).toEqual(['p3', 'p4']);
  });

  test('holds dispatched frames back until what came before is replayed', () => {
    const { watcher, seen } = build();
    watcher.hold();
    watcher.startAt({ position: 0 });
    watcher.dispatch(frame(2));
    watcher.dispatch(frame(3));
    watcher.replay(frame(1));
    watcher.replay(frame(2));
    expect(seen).toEqual(['p1', 'p2']);
    watcher.release();
    watcher.dispatch(frame(4));
    expect(seen).toEqual(['p1', 'p2', 'p3', 'p4']);
  });

  test('holds back so much and no more', () => {
    const { watcher } = build();
    watcher.hold();
    const taken = Array.from({ length: 1_001 }, (_, at) => watcher.dispatch(frame(at + 1)));
    expect([taken.at(-2), taken.at(-1)]).toEqual([true, false]);
  });

  test('fails once and is silent afterwards', () => {
    const { watcher, seen, failed } = build();
    const error = { message: 'gone', extensions: { code: 'CURSOR_EXPIRED' as never, requestId: '' } };
    watcher.fail([error]);
    watcher.fail([error]);
    watcher.dispatch(frame(1));
    expect([seen, failed]).toEqual([[], [error]]);
  });
});
