import type { Clock } from './clock.ts';

/** A clock that stands still until it is moved. */
export interface TestClock extends Clock {
  /** Moves forward by this many ms. */
  advance(ms: number): void;
}

export function makeTestClock(start: Date | string = '2026-03-02T12:00:00Z'): TestClock {
  let now = new Date(start).getTime();
  return {
    now: () => new Date(now),
    advance: (ms) => {
      now += ms;
    },
  };
}
