import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { DataFolder } from './data-folder.ts';
import { logTail } from './log-tail.ts';

let path: string;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'data-'));
});
afterEach(() => rmSync(path, { recursive: true }));

test('others can pass through the folder and not look around in it', () => {
  expect(statSync(new DataFolder(path).path).mode & 0o777).toBe(0o711);
});

test('the logs of the last three starts are kept', () => {
  const folder = new DataFolder(path);
  for (const start of ['first', 'second', 'third', 'fourth']) {
    folder.rotateLog('tickets');
    writeFileSync(folder.log('tickets'), start);
  }
  const read = (name: string) => readFileSync(join(path, 'logs', name), 'utf8');
  expect([read('tickets.log'), read('tickets.1.log'), read('tickets.2.log')]).toEqual(['fourth', 'third', 'second']);
  expect(existsSync(join(path, 'logs', 'tickets.3.log'))).toBe(false);
});

test('a reset removes what a stack made and nothing else', () => {
  const folder = new DataFolder(path);
  writeFileSync(folder.of('supergraph.graphql'), '');
  writeFileSync(folder.of('diary.txt'), 'mine');
  folder.reset();
  expect([existsSync(folder.of('supergraph.graphql')), existsSync(folder.of('diary.txt'))]).toEqual([false, true]);
});

test('a reset follows no path that a stack did not write', () => {
  const folder = new DataFolder(path);
  const other = mkdtempSync(join(tmpdir(), 'other-'));
  writeFileSync(folder.of('elsewhere'), other);
  folder.reset();
  expect(existsSync(other)).toBe(true);
  rmSync(other, { recursive: true });
});

test('the tail of a log is its last lines', () => {
  const folder = new DataFolder(path);
  writeFileSync(folder.log('tickets'), 'one\ntwo\nthree\n');
  expect(logTail(path, 'tickets', 2)).toBe('  two\n  three');
  expect(logTail(path, 'nothing')).toBe('  (no log)');
});
