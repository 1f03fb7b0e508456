import { expect, test } from '@jest/globals';
import { Steady } from './steady.ts';

/** What is believed after each look: + seen, - not seen. */
function believed(looks: string): string {
  const steady = new Steady(true);
  return [...looks]
    .map((look) => {
      const before = steady.isThere;
      const changed = steady.note(look === '+');
      expect(changed).toBe(before !== steady.isThere);
      return steady.isThere ? '+' : '-';
    })
    .join('');
}

test.each([
  ['++-+--+-', '++++++++', 'one or two misses are nothing'],
  ['---+-', '++---', 'three are, and a hit between misses does not bring it back'],
  ['---++--+---', '++--++++++-', 'two hits in a row bring it back, and then it takes three misses again'],
])('%s is believed to be %s: %s', (looks, belief) => {
  expect(believed(looks)).toBe(belief);
});
