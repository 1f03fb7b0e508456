import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import pg from 'pg';
import { readRunning } from '../bootstrap/running.mjs';
import { DataFolder } from './data-folder.ts';
import { type Stack, type StackOptions, startStack } from './stack.ts';

const entry = fileURLToPath(new URL('testing/small-service.ts', import.meta.url));
const services = [{ name: 'one', port: 4311, entry, env: () => ({ COLOUR: 'green' }) }];

let folder: string;
const stacks: Stack[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atende-stack-'));
  chmodSync(folder, 0o755);
});
afterEach(async () => {
  await Promise.all(stacks.splice(0).map((stack) => stack.stop()));
  rmSync(folder, { recursive: true, force: true });
});

async function up(options: Partial<StackOptions> = {}): Promise<Stack> {
  const stack = await startStack({ dataDir: join(folder, 'data'), ports: 'ephemeral', services, gatewayEntry: entry, ...options });
  stacks.push(stack);
  return stack;
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

test('data survive a restart', async () => {
  const first = await up();
  await query(first.databaseUrls('one').owner, 'create table kept (word text); insert into kept values ($$here$$)');
  await first.stop();
  const second = await up();
  expect(await query(second.databaseUrls('one').owner, 'select word from kept')).toEqual([{ word: 'here' }]);
});

test('a reset starts empty, with new secrets', async () => {
  const first = await up();
  await query(first.databaseUrls('one').owner, 'create table kept (word text)');
  await first.stop();
  const second = await up({ reset: true });
  await expect(query(second.databaseUrls('one').owner, 'select word from kept')).rejects.toThrow('does not exist');
  expect(second.adminUrl.split('@')[0]).not.toBe(first.adminUrl.split('@')[0]);
});

test('what was acknowledged survives kill -9 of PostgreSQL, which comes back by itself', async () => {
  const stack = await up();
  const url = stack.databaseUrls('one').owner;
  await query(url, 'create table kept (word text); insert into kept values ($$here$$)');
  const postgres = stack.process('postgres');
  postgres.kill('SIGKILL');
  await postgres.ready();
  expect(await query(url, 'select word from kept')).toEqual([{ word: 'here' }]);
});

test('kill -9 of NATS: it comes back by itself on the same address', async () => {
  const stack = await up();
  const nats = stack.process('nats');
  const before = nats.pid;
  nats.kill('SIGKILL');
  await nats.ready();
  expect(nats.pid).not.toBe(before);
});

test('PostgreSQL keeps fsync on and allows the pools of all processes', async () => {
  const stack = await up({ replicas: { one: 2 } });
  const settings = await query(stack.adminUrl, `select current_setting('fsync') as fsync, current_setting('max_connections')::int as most`);
  expect(settings).toEqual([{ fsync: 'on', most: 20 + 2 * 21 }]);
});

test('replicas share the work behind one address, and one killed is not noticed', async () => {
  const stack = await up({ replicas: { one: 2, gateway: 2 } });
  expect(stack.processes.map(({ name }) => name).sort()).toEqual(['gateway', 'gateway-2', 'nats', 'one', 'one-2', 'postgres']);
  expect(stack.gatewayUrls).toHaveLength(2);
  const ask = async () => ((await (await fetch(stack.url, { headers: { connection: 'close' } })).json()) as { pid: number }).pid;
  expect(new Set([await ask(), await ask()]).size).toBe(2);
  await stack.process('gateway').stop();
  expect([await ask(), await ask()]).toEqual([stack.process('gateway-2').pid, stack.process('gateway-2').pid]);
});

test('a service gets its own environment and nothing of the shell that started it', async () => {
  process.env.SECRET_OF_THE_SHELL = 'x';
  const stack = await up();
  const { env } = (await (await fetch(stack.process('one').url!)).json()) as { env: Record<string, string> };
  expect(env).toMatchObject({
    COLOUR: 'green',
    NODE_ENV: 'production',
    ATENDE_ENV: 'development',
    APOLLO_TELEMETRY_DISABLED: '1',
    ATENDE_DEMO: '0',
  });
  expect(Object.keys(env)).not.toContain('SECRET_OF_THE_SHELL');
});

test("while a stack runs, its owner alone finds the settings for a service's commands", async () => {
  const stack = await up();
  const file = join(stack.dataDir, 'running.json');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readRunning(stack.dataDir, 'one').settings).toMatchObject({ DATABASE_URL: stack.databaseUrls('one').app, COLOUR: 'green' });
  await stack.stop();
  expect(existsSync(file)).toBe(false);
});

test('a NATS that runs elsewhere is used, and none is started', async () => {
  const stack = await up({ natsUrl: 'nats://nats.example:4222' });
  expect([stack.natsUrl, stack.processes.map(({ name }) => name)]).toEqual(['nats://nats.example:4222', ['postgres', 'gateway', 'one']]);
});

test('a pid file that points at another program does not keep PostgreSQL from starting', async () => {
  const first = await up();
  await first.stop();
  const file = join(folder, 'data', 'postgres', 'postmaster.pid');
  writeFileSync(file, `${process.pid}\n${join(folder, 'data', 'postgres')}\n`);
  await up();
  expect(readFileSync(file, 'utf8').startsWith(`${process.pid}\n`)).toBe(false);
});

const asRoot = process.getuid?.() === 0 ? test : test.skip;

asRoot('root starts below a folder that lets nobody else in', async () => {
  const secret = join(folder, 'secret');
  mkdirSync(secret, { mode: 0o700 });
  const stack = await up({ dataDir: join(secret, 'data') });
  expect(await query(stack.adminUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  await stack.stop();
  new DataFolder(stack.dataDir).reset(); // where the kernel gives no namespace, some of it lies elsewhere
});
