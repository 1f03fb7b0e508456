import { expect, it } from '@jest/globals';
import { isLine } from './line.ts';

it('a text stands in one line, or not', () => {
  expect(isLine('Ana Souza', 20)).toBe(true);
  for (const bad of ['', ' ', 'a\nb', 'a\u2028b', 'a\u0000', '\udc00', 'a'.repeat(21)]) expect(isLine(bad, 20)).toBe(false);
});
