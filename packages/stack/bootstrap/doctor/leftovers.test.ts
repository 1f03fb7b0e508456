import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Lock, tryLock } from '../pid-lock.mjs';
import { checkLock, checkOrphans, checkTemporary } from './leftovers.mjs';

let data: string;
let left: ChildProcess | undefined;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'doctor-'));
});
afterEach(() => {
  left?.kill('SIGKILL');
  rmSync(data, { recursive: true });
});

const lockFile = () => join(data, 'launcher.lock');

test('nothing runs on an empty folder', () => {
  expect(checkLock(data)).toEqual({ status: 'OK', text: `nothing runs on ${data}` });
});

test('one that runs is named', () => {
  tryLock(lockFile());
  expect(checkLock(data)).toEqual({ status: 'OK', text: `Atende runs on ${data} (process ${process.pid})` });
});

test('the lock of a killed one is nothing to mend', async () => {
  const gone = spawn('true');
  await once(gone, 'exit');
  writeFileSync(lockFile(), JSON.stringify({ pid: gone.pid, started: '1', children: [] }));
  expect(checkLock(data)).toMatchObject({ status: 'OK', text: expect.stringContaining('the next start takes over') });
});

test('a damaged lock fails, with the line that removes it', () => {
  writeFileSync(lockFile(), '{');
  expect(checkLock(data)).toMatchObject({ status: 'FAIL', mend: expect.stringContaining(`rm '${lockFile()}'`) });
});

test('a server that a killed one left is named and can be ended', async () => {
  copyFileSync('/bin/sleep', join(data, 'nats-server'));
  left = spawn(join(data, 'nats-server'), ['60']);
  await once(left, 'spawn');
  expect(checkOrphans(data)).toMatchObject({
    status: 'WARN',
    text: expect.stringContaining(`nats-server ${left.pid}`),
    mend: `kill -INT ${left.pid}`,
  });
  const lock = tryLock(lockFile()) as Lock;
  expect(checkOrphans(data)).toMatchObject({ status: 'OK' }); // it belongs to the one that runs
  lock.release();
});

test('folders of killed tests are named when they are old', () => {
  mkdirSync(join(data, 'atende-test-abc123'));
  expect(checkTemporary(data)).toMatchObject({ status: 'OK' });
  utimesSync(join(data, 'atende-test-abc123'), 1, 1);
  expect(checkTemporary(data)).toMatchObject({ status: 'WARN', mend: `rm -rf ${data}/atende-test-abc123` });
});
