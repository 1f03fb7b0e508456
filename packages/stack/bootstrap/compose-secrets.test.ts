import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { fillIn } from './compose-secrets.mjs';

const example = '# who reads this\nPUBLIC_URL=http://127.0.0.1:4000\nA_PASSWORD=\n\nB_PASSWORD=\n';
const counted = () => {
  let count = 0;
  return () => `p${++count}`;
};

test('every empty password is made, everything else is as in the example', () => {
  expect(fillIn(example, '', counted())).toBe('# who reads this\nPUBLIC_URL=http://127.0.0.1:4000\nA_PASSWORD=p1\n\nB_PASSWORD=p2\n');
});

test('what was filled in stays, and what the example does not know too', () => {
  const given = 'A_PASSWORD=mine=1\nPUBLIC_URL=https://support.example\nCOMPOSE_PROFILES=registry\n';
  const text = fillIn(example, given, counted());
  expect(text).toContain('A_PASSWORD=mine=1\n');
  expect(text).toContain('B_PASSWORD=p1\n');
  expect(text).toContain('PUBLIC_URL=https://support.example\n');
  expect(text).toMatch(/\nCOMPOSE_PROFILES=registry\n$/);
  expect(fillIn(example, text)).toBe(text);
});

test('a password is long, of letters that a URL takes as they are, and each its own', () => {
  const found = [...fillIn(example, '').matchAll(/PASSWORD=(.*)/g)].map(([, word]) => word);
  for (const word of found) expect(word).toMatch(/^[\w-]{32}$/);
  expect(new Set(found).size).toBe(2);
});

test('the example itself holds no password', () => {
  const text = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8');
  expect([...text.matchAll(/PASSWORD=(.*)/g)].map(([, word]) => word).join('')).toBe('');
});
