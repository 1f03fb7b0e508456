import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { checkDisk, checkLineEnds, checkPassage, checkRights, existing, needs } from './room.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'doctor-'));
  chmodSync(folder, 0o755);
});
afterEach(() => {
  while (spawnSync('umount', [folder]).status === 0);
  rmSync(folder, { recursive: true });
});

const mount = (options: string): boolean => spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).status === 0;
const mounts = process.getuid?.() === 0 && spawnSync('unshare', ['--mount', 'true']).status === 0;
const withMounts = mounts ? test : test.skip;

test('room enough is well', () => {
  expect(checkDisk({ [folder]: { needed: 1, better: 1 } })).toMatchObject({
    status: 'OK',
    text: expect.stringMatching(/[GM]iB are free in /),
  });
});

withMounts('a small disk warns, a full one fails', () => {
  mount('size=8m');
  const need = { [folder]: { needed: 2 ** 20, better: 2 ** 24 } };
  expect(checkDisk(need)).toMatchObject({ status: 'WARN' });
  writeFileSync(join(folder, 'filler'), Buffer.alloc(7.5 * 2 ** 20));
  expect(checkDisk(need)).toMatchObject({ status: 'FAIL', mend: expect.stringContaining(`df -h '${folder}'`) });
});

withMounts('a disk without room for one more file fails', () => {
  mount('size=8m,nr_inodes=2');
  writeFileSync(join(folder, 'filler'), '');
  expect(checkDisk({ [folder]: { needed: 1, better: 1 } })).toMatchObject({
    status: 'FAIL',
    text: expect.stringContaining('no file more fits'),
  });
});

test('a folder that is not there yet is judged by the one above it', () => {
  expect(existing(join(folder, 'a', 'b'))).toBe(folder);
  expect(Object.keys(needs(folder, join(folder, 'a', 'b'), true))).toEqual([folder]);
});

test('a folder of one’s own is well', () => {
  expect(checkRights(folder, join(folder, 'data'))).toMatchObject({ status: 'OK' });
});

withMounts('a folder that cannot be written fails', () => {
  mount('size=1m,ro');
  expect(checkRights(folder, '/tmp')).toMatchObject({
    status: 'FAIL',
    text: expect.stringContaining(`${folder} cannot be written`),
    mend: expect.stringContaining('chown'),
  });
});

withMounts('a disk whose programs may not run fails', () => {
  mount('size=1m,noexec');
  expect(checkRights(folder, '/tmp')).toMatchObject({ status: 'FAIL', text: expect.stringContaining('noexec') });
});

test('for root, folders that nobody else can pass are named', async () => {
  expect(await checkPassage(folder, folder, { uid: 0 })).toEqual({
    status: 'OK',
    text: 'PostgreSQL runs as nobody, who can reach its folders',
  });
  const closed = join(folder, 'closed');
  mkdirSync(closed, { mode: 0o700 });
  expect((await checkPassage(folder, join(closed, 'data'), { uid: 0 })).text).toContain(closed);
  expect(await checkPassage(folder, closed, { uid: 1000 })).toMatchObject({ status: 'OK' });
});

test('lines that end as on Windows fail', () => {
  writeFileSync(join(folder, 'package.json'), '{}\n');
  expect(checkLineEnds(folder)).toMatchObject({ status: 'OK' });
  writeFileSync(join(folder, 'package.json'), '{\r\n}\r\n');
  expect(checkLineEnds(folder)).toMatchObject({
    status: 'FAIL',
    text: expect.stringContaining('package.json'),
    mend: expect.stringContaining('autocrlf'),
  });
});
