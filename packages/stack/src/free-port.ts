import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

// Below the kernel's ephemeral range, where an outgoing connection may sit on any port.
const lowest = 10_000;
const highest = 32_767;

/** Whether a server could listen on this port of the loopback address now. */
export function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}

/** The first free port from `wanted` upwards that is not among those `taken` already by this start. */
export async function nextFreePort(wanted: number, taken: ReadonlySet<number> = new Set()): Promise<number> {
  for (let port = wanted; port <= highest; port++) {
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  throw new Error(`no free port between ${wanted} and ${highest}`);
}

/** Any free port. Another process may take it before its server listens: whoever starts the server tries again. */
export function anyFreePort(taken: ReadonlySet<number> = new Set()): Promise<number> {
  return nextFreePort(randomInt(lowest, highest - 2_000), taken);
}
