import { createServer, type Server } from 'node:http';
import { afterEach, expect, test } from '@jest/globals';
import { askRegistry, checkClock, checkProxy, checkRegistry, npmSettings } from './network.mjs';

let server: Server | undefined;
const { npm_execpath, npm_config_registry, PATH } = process.env;
afterEach(() => {
  server?.close();
  restore({ npm_execpath, npm_config_registry, PATH });
});

function restore(variables: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

/** A registry whose clock is off by so many minutes. */
async function registry(minutes: number): Promise<string> {
  server = createServer((_, response) => response.setHeader('date', new Date(Date.now() + minutes * 60_000).toUTCString()).end());
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as { port: number }).port}/`;
}

test.each([
  [0, 'OK', 'agrees'],
  [10, 'WARN', '10 minutes behind'],
  [-90, 'WARN', '90 minutes ahead of'],
  [3 * 1_440, 'FAIL', '72 hours behind'],
])('a clock that differs by %d minutes: %s', async (minutes, status, text) => {
  const address = await registry(minutes);
  expect(checkClock({ registry: address, answer: await askRegistry(address) })).toMatchObject({
    status,
    text: expect.stringContaining(text),
  });
});

test('without curl the registry is asked all the same', async () => {
  process.env.PATH = '/nonexistent';
  const address = await registry(10);
  expect(checkClock({ registry: address, answer: await askRegistry(address) })).toMatchObject({ status: 'WARN' });
  expect(await askRegistry('http://127.0.0.1:1/')).toEqual({ reason: expect.any(String) });
});

test('a registry that does not answer fails only while something is to be fetched', async () => {
  const answer = await askRegistry('http://127.0.0.1:1/');
  expect(checkRegistry({ registry: 'http://127.0.0.1:1/', answer, needed: true })).toMatchObject({
    status: 'FAIL',
    mend: expect.stringContaining('proxy'),
  });
  expect(checkRegistry({ registry: 'http://127.0.0.1:1/', answer, needed: false })).toMatchObject({ status: 'OK' });
  expect(checkClock({ registry: 'http://127.0.0.1:1/', answer })).toMatchObject({
    status: 'OK',
    text: 'the clock was compared with nobody',
  });
});

test('the registry is the one that npm is set to', async () => {
  process.env.npm_config_registry = 'https://registry.company.example/';
  expect(await npmSettings('/tmp')).toEqual({
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    registry: 'https://registry.company.example/',
  });
});

test('an npm that is not there is told apart from an old one', async () => {
  delete process.env.npm_execpath;
  process.env.PATH = '/nonexistent';
  expect((await npmSettings('/tmp')).version).toBeUndefined();
});

test.each([
  [{}, 'OK'],
  [{ HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: 'localhost,127.0.0.1' }, 'OK'],
  [{ https_proxy: 'http://proxy:3128', no_proxy: '*' }, 'OK'],
  [{ https_proxy: 'http://proxy:3128', no_proxy: '.company.example' }, 'WARN'],
  [{ HTTP_PROXY: 'proxy:3128' }, 'FAIL'],
])('proxy variables %j: %s', (env, status) => {
  expect(checkProxy(env)).toMatchObject({ status });
});
