import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { anyFreePort, isFree } from './free-port.ts';
import { Ports } from './ports.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function occupy(): Promise<number> {
  const port = await anyFreePort();
  const server = createServer().listen(port, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return port;
}

const saying = (ephemeral = false) => {
  const said: string[] = [];
  return { said, ports: new Ports({ ephemeral, say: (line) => said.push(line) }) };
};

test('a free port is given as it is usual, and nothing is said', async () => {
  const { ports, said } = saying();
  const port = await anyFreePort();
  expect(await ports.assign('tickets', port)).toBe(port);
  expect(said).toEqual([]);
});

test('a taken port becomes the next free one, said aloud', async () => {
  const taken = await occupy();
  const { ports, said } = saying();
  const port = await ports.assign('the gateway', taken);
  expect(port).toBeGreaterThan(taken);
  expect(said).toEqual([`port ${taken} is taken: the gateway listens on ${port}`]);
});

test('two servers of one start never get the same port', async () => {
  const { ports, said } = saying();
  const port = await anyFreePort();
  expect(await ports.assign('identity', port)).not.toBe(await ports.assign('tickets', port));
  expect(said).toEqual([]); // nobody took it: its neighbour got it
});

test('ephemeral ports lie below the range that the kernel gives to outgoing connections', async () => {
  const { ports } = saying(true);
  const given = await Promise.all(['a', 'b', 'c'].map((name) => ports.assign(name, 4000)));
  for (const port of given) {
    expect(port).toBeLessThan(32_768);
    expect(await isFree(port)).toBe(true);
  }
});
