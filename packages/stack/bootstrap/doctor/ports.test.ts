import { createServer, type Server } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { services } from '../../src/services.ts';
import { layOut } from '../../src/topology.ts';
import { checkPorts, usualPorts } from './ports.mjs';
import { listenerOn, parentOf } from './sockets.mjs';

let server: Server | undefined;
afterEach(() => server?.close());

async function takenPort(): Promise<number> {
  server = createServer();
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return (server.address() as { port: number }).port;
}

test('the ports that are looked at are those that a start asks for', async () => {
  const asked: number[] = [];
  const ports = { assign: async (_: string, wanted: number) => asked.push(wanted) && wanted };
  await layOut(services, ports as never, 4000, () => 1);
  expect([...usualPorts().keys()]).toEqual(expect.arrayContaining(asked));
  expect(usualPorts(8080).has(8280)).toBe(true);
});

test('a taken port warns, says who has it and how to end that', async () => {
  const port = await takenPort();
  const { status, text, mend } = await checkPorts(new Map([[port, 'the gateway']]));
  expect(status).toBe('WARN');
  expect(text).toContain(`${port} (the gateway) is taken by process ${process.pid}, `);
  expect(mend).toContain(`kill ${process.pid}; or leave it`);
});

test('a port that the stack on this data folder has is well', async () => {
  const port = await takenPort();
  expect(await checkPorts(new Map([[port, 'the gateway']]), { own: (pid: number) => pid === process.pid })).toMatchObject({
    status: 'OK',
    text: expect.stringContaining('of the Atende that runs here'),
  });
});

test('free ports are well, unless the kernel lends them to anybody', async () => {
  expect(await checkPorts(new Map([[await freePort(), 'NATS']]))).toMatchObject({
    status: 'WARN',
    text: expect.stringContaining('the kernel lends'),
  });
  expect(await checkPorts(new Map())).toMatchObject({ status: 'OK' });
});

async function freePort(): Promise<number> {
  const port = await takenPort(); // of the kernel's own range
  await new Promise((resolve) => server?.close(resolve));
  return port;
}

test('nobody listens where nobody listens', async () => {
  expect(listenerOn(await freePort())).toBeUndefined();
  expect(parentOf(process.pid)).toBe(process.ppid);
});
