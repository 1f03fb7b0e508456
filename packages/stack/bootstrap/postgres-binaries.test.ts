import { chmodSync, mkdirSync, mkdtempSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { postgresPackage, preparePostgres } from './postgres-binaries.mjs';

let root: string;
let native: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'binaries-'));
  native = join(root, 'node_modules', postgresPackage, 'native');
});
afterEach(() => rmSync(root, { recursive: true }));

function install(): void {
  for (const folder of ['bin', 'lib']) mkdirSync(join(native, folder), { recursive: true });
  writeFileSync(join(native, 'bin', 'postgres'), '', { mode: 0o644 });
  writeFileSync(join(native, 'lib', 'libpq.so.5.18'), '');
  writeFileSync(
    join(native, 'pg-symlinks.json'),
    JSON.stringify([{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }]),
  );
}

test('without a package for this machine there is nothing to prepare', () => {
  expect(preparePostgres(root)).toBeUndefined();
});

test('the links and executable bits that the install script would make are made', () => {
  install();
  expect(preparePostgres(root)).toBe(native);
  expect(readlinkSync(join(native, 'lib', 'libpq.so.5'))).toBe('libpq.so.5.18');
  expect(statSync(join(native, 'bin', 'postgres')).mode & 0o777).toBe(0o755);
});

test('what is ready is left alone', () => {
  install();
  chmodSync(join(native, 'bin', 'postgres'), 0o700);
  preparePostgres(root);
  expect(preparePostgres(root)).toBe(native);
  expect(statSync(join(native, 'bin', 'postgres')).mode & 0o777).toBe(0o700);
});
