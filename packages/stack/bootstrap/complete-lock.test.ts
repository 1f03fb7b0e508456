import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { completeLock, missingEntries, platformEntry } from './complete-lock.mjs';

test("this project's lock file names the optional packages of every platform (else: node packages/stack/bootstrap/complete-lock.mjs)", () => {
  const lock = JSON.parse(readFileSync(new URL('../../../package-lock.json', import.meta.url), 'utf8'));
  expect(missingEntries(lock)).toEqual({});
});

test('an optional package that the lock lacks is added with its version and platform', () => {
  const lock = { packages: { 'node_modules/tool': { version: '2.0.0', optionalDependencies: { '@tool/linux-x64-musl': '2.0.0' } } } };
  expect(completeLock(lock).packages['node_modules/@tool/linux-x64-musl']).toEqual({
    version: '2.0.0',
    os: ['linux'],
    cpu: ['x64'],
    libc: ['musl'],
    optional: true,
  });
});

test('a package that lies in a folder above counts as there', () => {
  const inner = { version: '1.0.0', optionalDependencies: { 'x-linux-x64': '1.0.0' } };
  const lock = { packages: { 'node_modules/a/node_modules/b': inner, 'node_modules/a/node_modules/x-linux-x64': {} } };
  expect(missingEntries(lock)).toEqual({});
});

test('a name that does not tell its platform is refused, as npm would install it everywhere', () => {
  expect(() => platformEntry('left-pad', '1.0.0')).toThrow('does not tell for which system and processor');
});
