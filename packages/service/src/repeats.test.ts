import { describe, expect, it } from '@jest/globals';
import { Repeats } from './repeats.ts';

const latest = (_: string, now: string): string => now;

describe('repeats', () => {
  it('the first is news, those of its minute are counted, and told once the minute is over', () => {
    const repeats = new Repeats<string>({ window: 60_000 });
    expect([0, 1, 59_999].map((at) => repeats.isNews('a', `at ${at}`, at, latest))).toEqual([true, false, false]);
    expect(repeats.due(59_999)).toEqual([]);
    expect(repeats.due(60_000)).toEqual([{ fact: 'at 59999', count: 2 }]);
    expect(repeats.due(60_000)).toEqual([]);
    expect(repeats.isNews('a', 'again', 60_001, latest)).toBe(true);
  });

  it('what was said once is not told twice', () => {
    const repeats = new Repeats<string>({ window: 1 });
    repeats.isNews('a', 'once', 0, latest);
    expect(repeats.due(Number.POSITIVE_INFINITY)).toEqual([]);
  });

  it('says what of both remains', () => {
    const repeats = new Repeats<string>();
    for (const fact of ['x', 'y', 'z']) repeats.isNews('a', fact, 0, (before, now) => before + now);
    expect(repeats.due(60_000)).toEqual([{ fact: 'yz', count: 2 }]);
  });

  it('remembers no more than it may', () => {
    const repeats = new Repeats<string>({ most: 2 });
    for (const key of ['a', 'b']) repeats.isNews(key, key, 0, latest);
    expect(['a', 'c'].map((key) => repeats.takes(key))).toEqual([true, false]);
    repeats.due(60_000);
    expect(repeats.takes('c')).toBe(true);
  });
});
