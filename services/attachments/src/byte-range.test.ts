import { expect, it } from '@jest/globals';
import { readRange } from './byte-range.ts';

it.each([
  ['bytes=0-9', { start: 0, end: 9 }],
  ['bytes=5-', { start: 5, end: 99 }],
  ['bytes=-10', { start: 90, end: 99 }],
  ['bytes=-1000', { start: 0, end: 99 }],
  ['bytes=90-1000', { start: 90, end: 99 }],
  ['bytes=99-99', { start: 99, end: 99 }],
  ['bytes=100-', 'UNSATISFIABLE'],
  ['bytes=9-5', 'UNSATISFIABLE'],
  ['bytes=-0', 'UNSATISFIABLE'],
  [undefined, null],
  ['bytes=-', null],
  ['bytes=0-1,5-6', null],
  ['lines=0-9', null],
  ['bytes=0x1-5', null],
])('of 100 bytes %j is %j', (header, range) => {
  expect(readRange(header, 100)).toEqual(range);
});
