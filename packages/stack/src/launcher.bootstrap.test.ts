import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { anyFreePort } from './free-port.ts';
import { type Launched, launchSmall, processesOn } from './testing/launched.ts';
import { waitUntil } from './wait-until.ts';

let data: string;
const launched: Launched[] = [];
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'atende-launch-'));
});
afterEach(async () => {
  for (const { child } of launched) child.kill('SIGTERM');
  await Promise.all(launched.splice(0).map(({ ended }) => ended));
  rmSync(data, { recursive: true, force: true });
});

async function start(args: string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Launched> {
  const port = args.includes('--port') ? [] : ['--port', String(await anyFreePort())];
  const one = launchSmall(['--data', data, ...port, ...args], env);
  launched.push(one);
  return one;
}

async function ready(args: string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Launched & { url: string }> {
  const one = await start(args, env);
  await one.says('Ctrl-C stops everything');
  return { ...one, url: /GraphQL +(\S+)\/graphql/.exec(one.output())![1]! };
}

const pidAt = async (url: string): Promise<number> => ((await (await fetch(url)).json()) as { pid: number }).pid;
const nothingLeft = () => waitUntil(() => processesOn(data).length === 0, AbortSignal.timeout(8_000));
const log = (name: string) => readFileSync(join(data, 'logs', `${name}.log`), 'utf8');

test('a start says how far it is, and ends with one block of addresses and accounts', async () => {
  const { output, url } = await ready();
  expect(output()).toMatch(/5\/8 PostgreSQL and NATS\n6\/8 databases\n7\/8 services\n8\/8 ready\nAtende is ready/);
  expect(output()).toContain('atende-demo-2026');
  expect(await pidAt(url)).toBeGreaterThan(0);
});

test('Ctrl-C stops services, then NATS, then PostgreSQL, within three seconds', async () => {
  const { child, ended, says } = await ready();
  const asked = performance.now();
  child.kill('SIGINT');
  expect(await ended).toBe(0);
  expect(performance.now() - asked).toBeLessThan(3_000);
  await says('stopped; the data stay');
  const services = Number(/ended at (\d+)/.exec(log('one'))![1]);
  const nats = timeIn(log('nats'), /^\[\d+\] (\S+ \S+) .*Initiating Shutdown/m);
  const postgres = timeIn(log('postgres'), /^(\S+ \S+ UTC) .*received fast shutdown/m);
  expect([services, nats, postgres]).toEqual([services, nats, postgres].toSorted());
  expect(processesOn(data)).toEqual([]);
});

const timeIn = (text: string, pattern: RegExp): number =>
  Date.parse(
    pattern
      .exec(text)![1]!
      .replaceAll('/', '-')
      .replace(/(?<!UTC)$/, ' UTC'),
  );

test('a second Ctrl-C does not stop the stopping', async () => {
  const { child, ended } = await ready();
  child.kill('SIGINT');
  child.kill('SIGINT');
  expect(await ended).toBe(0);
});

test('Ctrl-C during a start ends what was started', async () => {
  const { child, says, ended } = await start();
  await says('5/8');
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  await nothingLeft();
  expect(processesOn(data)).toEqual([]);
});

test('kill -9 of the launcher leaves no orphan, and the next start finds the data in order', async () => {
  const first = await ready();
  expect(processesOn(data).length).toBeGreaterThan(3);
  first.child.kill('SIGKILL');
  expect(await first.ended).toBe('SIGKILL');
  await nothingLeft();
  expect(processesOn(data)).toEqual([]);
  await ready();
});

test('a start right after a kill -9 waits for what the killed one left', async () => {
  const first = await ready();
  first.child.kill('SIGKILL');
  await first.ended;
  const second = await ready();
  expect(await pidAt(second.url)).toBeGreaterThan(0);
});

test('the launcher stops everything when the bootstrap that started it is gone', async () => {
  const { child, ended } = await ready();
  (child.stdio[3] as unknown as { destroy(): void }).destroy();
  expect(await ended).toBe(0);
  expect(processesOn(data)).toEqual([]);
});

test('a second start on the same data says that one is running, and where', async () => {
  const first = await ready();
  const second = await start();
  expect(await second.ended).toBe(1);
  expect(second.output()).toContain(`Atende is already running on ${data} (process ${first.child.pid}, ${first.url}).`);
  expect(await pidAt(first.url)).toBeGreaterThan(0);
});

test('a reset does not touch the data of one that runs', async () => {
  await ready();
  const second = await start(['--reset']);
  expect(await second.ended).toBe(1);
  expect(existsSync(join(data, 'postgres', 'PG_VERSION'))).toBe(true);
});

test('a taken port becomes the next free one, said aloud', async () => {
  const port = await anyFreePort();
  const other = createServer().listen(port, '127.0.0.1');
  try {
    const { output, url } = await ready(['--port', String(port)]);
    expect(output()).toContain(`port ${port} is taken: gateway listens on`);
    expect(url).not.toBe(`http://127.0.0.1:${port}`);
  } finally {
    other.close();
  }
});

test('a crashed process is started again, said aloud', async () => {
  const { says, url } = await ready();
  const pid = await pidAt(url);
  process.kill(pid, 'SIGKILL');
  await says(/gateway ended by SIGKILL; starting it again in 0\.1 s\n.*gateway is up again/s);
  expect(await pidAt(url)).not.toBe(pid);
});

test('a service that cannot start ends the start with its reason, and leaves nothing', async () => {
  const { ended, output } = await start([], { SMALL_FAULT: 'PORT is no number' });
  expect(await ended).toBe(1);
  expect(output()).toContain('two ended with exit code 78 while starting');
  expect(output()).toContain('  the configuration is bad: PORT is no number');
  expect(processesOn(data)).toEqual([]);
});

test('with --verbose everything that the programs write is shown, and kept too', async () => {
  const { child, ended, output } = await ready(['--verbose']);
  child.kill('SIGINT');
  await ended;
  expect(output()).toMatch(/^one +ended at \d+$/m);
  expect(log('one')).toMatch(/^ended at \d+$/m);
});
