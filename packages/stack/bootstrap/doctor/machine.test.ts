import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { keptNode } from '../node-runtime.mjs';
import { checkLibrary, checkMemory, checkNode, checkNpm } from './machine.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'doctor-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const keep = (script: string) => {
  mkdirSync(dirname(keptNode(root)), { recursive: true });
  writeFileSync(keptNode(root), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
};

test('a Node that is new enough is well', async () => {
  expect(await checkNode(root)).toEqual({ status: 'OK', text: `Node ${process.versions.node}` });
});

test('an older one is well where another can be fetched or was', async () => {
  expect(await checkNode(root, { found: '20.9.0' })).toMatchObject({ status: 'OK', text: expect.stringContaining('npm start gets') });
  keep('echo v24');
  expect(await checkNode(root, { found: '20.9.0' })).toMatchObject({
    status: 'OK',
    text: expect.stringContaining('an earlier start kept'),
  });
});

test('a kept Node that is damaged fails, with the line that removes it', async () => {
  keep('exit 1');
  expect(await checkNode(root)).toMatchObject({ status: 'FAIL', mend: `rm -rf '${root}/.cache/node'` });
});

test('a Node that cannot even start fails', async () => {
  expect(await checkNode(root, { found: '18.20.1' })).toMatchObject({ status: 'FAIL', mend: expect.stringContaining('nodejs.org') });
});

test.each([
  ['11.19.1', 'OK'],
  ['9.8.1', 'WARN'],
  [undefined, 'FAIL'],
])('npm %s: %s', (version, status) => {
  expect(checkNpm(version)).toMatchObject({ status });
});

test('systems on which PostgreSQL from npm does not run fail', () => {
  expect(checkLibrary()).toMatchObject({ status: 'OK' });
  expect(checkLibrary({ platform: 'linux', glibc: '' })).toMatchObject({ status: 'FAIL', text: expect.stringContaining('musl') });
  expect(checkLibrary({ platform: 'win32', glibc: '' })).toMatchObject({ status: 'FAIL', mend: expect.stringContaining('wsl') });
});

test.each([
  [8, 'OK'],
  [1.5, 'WARN'],
  [0.5, 'FAIL'],
])('%d GiB of free memory: %s', (gigabytes, status) => {
  expect(checkMemory({ available: gigabytes * 2 ** 30, processors: 1 })).toMatchObject({
    status,
    text: expect.stringMatching(/^[\d.]+ [GM]iB of memory are free, 1 processor/),
  });
});

test('this machine tells its memory', () => {
  expect(checkMemory().text).toMatch(/^\d/);
});
