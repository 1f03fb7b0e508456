import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readRunning, readWords } from './running.mjs';

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'running-'));
});
afterEach(() => rmSync(data, { recursive: true }));

test('the words name the service and its command, and the data folder where it is another', () => {
  expect(readWords(['identity', 'add-analyst', '--name', 'Ana'])).toEqual({ service: 'identity', rest: ['add-analyst', '--name', 'Ana'] });
  expect(readWords(['--data', '/d', 'tickets', 'redrive'])).toEqual({ data: '/d', service: 'tickets', rest: ['redrive'] });
});

test('a service of the running stack is found with its settings', () => {
  writeFileSync(join(data, 'running.json'), JSON.stringify({ services: { identity: { PORT: '4101' } } }));
  expect(readRunning(data, 'identity')).toEqual({ settings: { PORT: '4101' } });
});

test('what is missing is said: the stack, or the name of a service', () => {
  expect(readRunning(data, 'identity').fault).toContain('npm start first');
  writeFileSync(join(data, 'running.json'), JSON.stringify({ services: { identity: {}, tickets: {} } }));
  expect(readRunning(data, 'billing').fault).toBe('Which service? There are identity, tickets.');
});
