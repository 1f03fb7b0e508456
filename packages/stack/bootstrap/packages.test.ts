import { expect, test } from '@jest/globals';
import { isComplete } from './packages.mjs';

const there = () => true;
const lock = (packages: Record<string, object>) => ({ packages: { '': {}, ...packages } });

test('packages are complete when each of the lock was installed in its version', () => {
  const wanted = lock({ 'node_modules/zod': { version: '4.6.7' }, 'services/tickets': {} });
  expect(isComplete(wanted, lock({ 'node_modules/zod': { version: '4.6.7' } }), there)).toBe(true);
  expect(isComplete(wanted, lock({ 'node_modules/zod': { version: '4.6.6' } }), there)).toBe(false);
  expect(isComplete(wanted, lock({}), there)).toBe(false);
});

test('a package whose folder is gone is not complete', () => {
  const both = lock({ 'node_modules/zod': { version: '4.6.7' } });
  expect(isComplete(both, both, () => false)).toBe(false);
});

test('packages of other platforms may be absent', () => {
  const wanted = lock({ 'node_modules/x': { version: '1.0.0', optional: true, os: ['plan9'] } });
  expect(isComplete(wanted, lock({}), there)).toBe(true);
});
