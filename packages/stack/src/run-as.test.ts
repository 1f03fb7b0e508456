import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { chooseIdentity, type Entry, mayPass, runAsFor } from './run-as.ts';

const folder = (mode: number, uid = 0, gid = 0): Entry => ({ mode, uid, gid });
const open = folder(0o755);
const rootOnly = folder(0o700);
const ofAna = folder(0o700, 1000, 1000);

test('a folder is passed by its owner, its group or everybody, by the bit of the first that fits', () => {
  expect(mayPass([folder(0o701)], 1000, 1000)).toBe(true);
  expect(mayPass([folder(0o710, 0, 1000)], 1000, 1000)).toBe(true);
  expect(mayPass([folder(0o077, 1000, 1000)], 1000, 1000)).toBe(false);
  expect(mayPass([open, rootOnly, open], 1000, 1000)).toBe(false);
});

test('root starts PostgreSQL as nobody where nobody can pass', () => {
  expect(chooseIdentity([[open, folder(0o711), folder(0o755, 1000, 1000)]], () => true)).toEqual({ uid: 65_534, gid: 65_534, wrapper: [] });
});

test("in a user's private folder PostgreSQL runs as that user", () => {
  expect(chooseIdentity([[open, ofAna]], () => true)).toEqual({ uid: 1000, gid: 1000, wrapper: [] });
});

test("in root's private folder PostgreSQL runs in a user namespace", () => {
  expect(chooseIdentity([[open, rootOnly]], () => true)?.wrapper[0]).toBe('unshare');
});

test('without namespaces nobody is left for a private folder of root', () => {
  expect(chooseIdentity([[open, rootOnly]], () => false)).toBeUndefined();
});

test('every path has to be passed by the same identity', () => {
  expect(chooseIdentity([[ofAna], [folder(0o700, 1001, 1001)]], () => false)).toBeUndefined();
});

const asRoot = process.getuid?.() === 0 ? test : test.skip;

asRoot('this machine gives root an identity for a private folder, or says that it has none', () => {
  const secret = mkdtempSync(join(tmpdir(), 'private-')); // 0700
  expect(runAsFor([secret])?.wrapper[0] ?? 'none').toMatch(/^(unshare|none)$/);
  rmSync(secret, { recursive: true });
});
