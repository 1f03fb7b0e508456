import { once } from 'node:events';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { Balancer } from './balancer.ts';
import { anyFreePort } from './free-port.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function replica(name: string): Promise<number> {
  const server = createServer((_, response) => response.end(name)).listen(0, '127.0.0.1');
  closing.push(() => server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function before(targets: number[]): Promise<number> {
  const balancer = new Balancer(targets);
  const port = await anyFreePort();
  await balancer.listen(port);
  closing.push(() => balancer.close());
  return port;
}

const ask = (port: number): Promise<string> =>
  new Promise((resolve, reject) => {
    const request = get({ port, host: '127.0.0.1', agent: false }, async (answer) => resolve((await answer.toArray()).join('')));
    request.on('error', reject);
  });

test('connections go to the replicas in turn', async () => {
  const port = await before([await replica('one'), await replica('two')]);
  expect([await ask(port), await ask(port), await ask(port)]).toEqual(['one', 'two', 'one']);
});

test('a replica that is down is passed over', async () => {
  const port = await before([await anyFreePort(), await replica('two')]);
  expect([await ask(port), await ask(port)]).toEqual(['two', 'two']);
});

test('with all replicas down the caller is not left waiting', async () => {
  const port = await before([await anyFreePort()]);
  await expect(ask(port)).rejects.toThrow(/socket hang up|ECONNRESET/);
});
