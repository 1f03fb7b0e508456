import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { postgresPackage } from '../postgres-binaries.mjs';
import { root as repository } from '../set-up.mjs';
import { checkNats, checkPostgres } from './servers.mjs';

let folder: string;
let server: Server | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'doctor-'));
});
afterEach(() => {
  server?.close();
  rmSync(folder, { recursive: true });
});

function program(place: string, name: string, script: string): void {
  mkdirSync(join(folder, place), { recursive: true });
  writeFileSync(join(folder, place, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}
const fakePostgres = (script: string) => program(`node_modules/${postgresPackage}/native/bin`, 'postgres', script);

test('the PostgreSQL that npm brought runs', async () => {
  expect(await checkPostgres(repository, folder, { installed: true })).toMatchObject({
    status: 'OK',
    text: expect.stringMatching(/^PostgreSQL 18\.\d/),
  });
});

test('one that does not run fails, and so does none after an install', async () => {
  expect(await checkPostgres(folder, folder, { installed: false })).toMatchObject({ status: 'OK' });
  expect(await checkPostgres(folder, folder, { installed: true })).toMatchObject({
    status: 'FAIL',
    text: `npm installed no ${postgresPackage}`,
  });
  fakePostgres('echo "libicu is missing" >&2; exit 127');
  expect(await checkPostgres(folder, folder, { installed: true })).toMatchObject({
    status: 'FAIL',
    text: 'PostgreSQL does not run: libicu is missing',
  });
});

test('data of another PostgreSQL fail before it refuses them', async () => {
  mkdirSync(join(folder, 'postgres'));
  writeFileSync(join(folder, 'postgres', 'PG_VERSION'), '17\n');
  expect(await checkPostgres(repository, folder, { installed: true })).toMatchObject({
    status: 'FAIL',
    text: expect.stringContaining("are PostgreSQL 17's"),
  });
});

const env = (more = {}) => ({ PATH: join(folder, 'bin'), ...more });

test('a nats-server that is here is well', async () => {
  program('bin', 'nats-server', 'echo nats-server: v2.11.17');
  expect(await checkNats(folder, env())).toMatchObject({ status: 'OK', text: expect.stringContaining('2.11.17') });
});

test('an old one warns where another can be got', async () => {
  program('bin', 'nats-server', 'echo nats-server: v2.8.4');
  program('bin', 'curl', 'exit 0');
  expect(await checkNats(folder, env())).toMatchObject({
    status: 'WARN',
    text: expect.stringMatching(/is 2\.8\.4; no nats-server yet: npm start gets it with curl$/),
  });
});

test('none, and nothing to get it with, fails', async () => {
  expect(await checkNats(folder, env())).toMatchObject({ status: 'FAIL', mend: expect.stringContaining('nats.io/download') });
});

async function speaking(words: string): Promise<string> {
  server = createServer((socket) => void socket.on('error', () => undefined).write(words));
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `nats://127.0.0.1:${(server.address() as { port: number }).port}`;
}

test('NATS_URL is well when a NATS server speaks there', async () => {
  expect(await checkNats(folder, env({ NATS_URL: await speaking('INFO {}\r\n') }))).toMatchObject({ status: 'OK' });
});

test.each([
  ['another server', () => speaking('220 mail\r\n'), 'is no NATS server'],
  ['a silent one', () => speaking(''), 'nothing says anything'],
  ['nobody', async () => 'nats://127.0.0.1:1', 'ECONNREFUSED'],
  ['no address', async () => 'localhost', 'is no address'],
])('NATS_URL of %s fails', async (_, url, text) => {
  expect(await checkNats(folder, env({ NATS_URL: await url() }), 200)).toMatchObject({
    status: 'FAIL',
    text: expect.stringContaining(text),
  });
});
