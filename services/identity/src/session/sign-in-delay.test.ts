import { describe, expect, it } from '@jest/globals';
import { delaysOf, network } from './sign-in-delay.ts';

describe('delays after failures', () => {
  it('begin after the free ones, double, and stop growing at the longest', () => {
    expect(delaysOf({ free: 3, longest: 30 })).toEqual([0, 0, 0, 1, 2, 4, 8, 16, 30]);
  });
});

describe('the network of an address', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0db8:0001:0002::1', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001:DB8:1:2:ffff::', '2001:db8:1:2'],
    ['::1', '0:0:0:0'],
  ])('%s is %s', (address, expected) => {
    expect(network(address)).toBe(expected);
  });
});
