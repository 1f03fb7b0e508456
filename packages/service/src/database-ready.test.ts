import { type AddressInfo, createServer } from 'node:net';
import { expect, it } from '@jest/globals';
import { untilReady } from './database-ready.ts';
import { makeLog } from './log.ts';

it('a database that does not answer is said so once, however often it is tried, without its password', async () => {
  const lines: string[] = [];
  const ending = new AbortController();
  let tries = 0;
  const server = createServer((socket) => {
    socket.destroy();
    tries += 1;
    if (tries === 5) ending.abort();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await using _closing = { [Symbol.asyncDispose]: async () => void server.close() };
  const { port } = server.address() as AddressInfo;
  const waiting = untilReady(`postgresql://toys_app:canary@127.0.0.1:${port}/toys`, true, {
    log: makeLog('toys', 'info', { write: (line) => void lines.push(line) }),
    signal: ending.signal,
    retryMs: 1,
  });
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 40,
    role: 'toys_app',
    database: `127.0.0.1:${port}/toys`,
    reason: expect.stringMatching(/terminated|ECONNRESET/),
  });
  expect(lines[0]).not.toContain('canary');
});
