import { describe, expect, test } from '@jest/globals';
import { ANA } from '../testing/toy-persons.ts';
import { classOf, personOf } from './rights.ts';
import type { Subscribed } from './subscribed.ts';
import { Watcher } from './watcher.ts';

function build() {
  const seen: string[] = [];
  const failed: unknown[] = [];
  const watcher = new Watcher({ language: 'en', person: personOf(ANA, 'en'), rights: classOf(ANA, 'en') } as Subscribed, {
    next: (payload) => seen.push(payload),
    fail: (errors) => failed.push(...errors),
  });
  return { watcher, seen, failed };
}

describe('a watcher', () => {
  test('passes each position once, whichever way it comes', () => {
    const { watcher, seen } = build();
    watcher.startAt({ position: 2 });
    for (const position of [1, 2, 3, 3, 4, 2]) watcher.dispatch(position, `p${position}`);
    expect(seen).toEqual(['p3', 'p4']);
  });

  test('holds dispatched frames back until what came before is replayed', () => {
    const { watcher, seen } = build();
    watcher.hold();
    watcher.startAt({ position: 0 });
    watcher.dispatch(2, 'p2');
    watcher.dispatch(3, 'p3');
    watcher.replay(1, 'p1');
    watcher.replay(2, 'p2');
    expect(seen).toEqual(['p1', 'p2']);
    watcher.release();
    watcher.dispatch(4, 'p4');
    expect(seen).toEqual(['p1', 'p2', 'p3', 'p4']);
  });

  test('holds back so much and no more', () => {
    const { watcher } = build();
    watcher.hold();
    const taken = Array.from({ length: 1_001 }, (_, at) => watcher.dispatch(at + 1, ''));
    expect([taken.at(-2), taken.at(-1)]).toEqual([true, false]);
  });

  test('fails once and is silent afterwards', () => {
    const { watcher, seen, failed } = build();
    const error = { message: 'gone', extensions: { code: 'CURSOR_EXPIRED' as never, requestId: '' } };
    watcher.fail([error]);
    watcher.fail([error]);
    watcher.dispatch(1, 'p1');
    expect([seen, failed]).toEqual([[], [error]]);
  });
});
