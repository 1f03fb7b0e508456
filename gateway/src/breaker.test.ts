import { describe, expect, test } from '@jest/globals';
import { Breaker, type BreakerState } from './breaker.ts';

function build() {
  let time = 0;
  const seen: BreakerState[] = [];
  const breaker = new Breaker({ failures: 3, coolDown: 1_000, now: () => time, onChange: (state) => seen.push(state) });
  const fail = (times: number) => {
    for (let count = 0; count < times; count += 1) if (breaker.enter()) breaker.failed();
  };
  const pass = (ms: number) => {
    time += ms;
  };
  return { breaker, seen, fail, pass };
}

describe('a breaker', () => {
  test('opens after so many failures in a row, and not after as many with a success between', () => {
    const { breaker, fail } = build();
    fail(2);
    breaker.succeeded();
    fail(2);
    expect(breaker.state).toBe('closed');
    fail(1);
    expect([breaker.state, breaker.enter()]).toEqual(['open', false]);
  });

  test('lets one call try after the cool-down, and no second one beside it', () => {
    const { breaker, fail, pass } = build();
    fail(3);
    pass(999);
    expect(breaker.enter()).toBe(false);
    pass(1);
    expect([breaker.enter(), breaker.enter(), breaker.state]).toEqual([true, false, 'half-open']);
  });

  test('lets one try sooner where the last failure said so', () => {
    const { breaker, pass } = build();
    for (let count = 0; count < 3; count += 1) breaker.failed(100);
    pass(99);
    expect(breaker.enter()).toBe(false);
    pass(1);
    expect(breaker.enter()).toBe(true);
  });

  test('closes when the try succeeds, opens again when it fails', () => {
    const { breaker, seen, fail, pass } = build();
    fail(3);
    pass(1_000);
    fail(1);
    expect(breaker.enter()).toBe(false);
    pass(1_000);
    expect(breaker.enter()).toBe(true);
    breaker.succeeded();
    expect([breaker.enter(), breaker.enter()]).toEqual([true, true]);
    expect(seen).toEqual(['open', 'half-open', 'open', 'half-open', 'closed']);
  });

  test('a try that its caller gave up leaves the place to the next', () => {
    const { breaker, fail, pass } = build();
    fail(3);
    pass(1_000);
    breaker.enter();
    breaker.abandoned();
    expect(breaker.enter()).toBe(true);
  });
});
