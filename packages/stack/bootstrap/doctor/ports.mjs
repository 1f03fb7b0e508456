// The ports that a start wants, and who has them.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fail, ok, warn } from './finding.mjs';
import { listenerOn } from './sockets.mjs';

const services = [4101, 4102, 4103, 4104, 4105, 4106];
const probesAbove = 100;

/** Port → whose it is; a test holds it against the stack's own tables. */
export const usualPorts = (gateway = 4000) =>
  new Map([
    [gateway, 'the gateway'],
    [gateway + 2 * probesAbove, "the gateway's probes"],
    ...services.flatMap((port) => [
      [port, 'a service'],
      [port + probesAbove, "a service's probes"],
    ]),
    [15_432, 'PostgreSQL'],
    [14_222, 'NATS'],
  ]);

/** `own`: process ids of a stack that runs on this data folder. */
export async function checkPorts(ports, { own = () => false } = {}) {
  const taken = [];
  for (const [port, whose] of ports) {
    const code = await whyNot(port);
    if (code) taken.push({ port, whose, code, by: listenerOn(port) });
  }
  const refused = taken.find(({ code }) => code !== 'EADDRINUSE');
  if (refused)
    return fail(
      `this user may not listen on ${refused.port} (${refused.code})`,
      'start with --port above 1023, and see that 127.0.0.1 is up: ip addr show lo',
    );
  const foreign = taken.filter(({ by }) => !by || !own(by.pid));
  if (foreign.length > 0)
    return warn(foreign.map(describe).join('; '), `${end(foreign)}; or leave it: npm start takes the next free port and says so`);
  return taken.length > 0 ? ok('the usual ports are those of the Atende that runs here') : ephemeral(ports);
}

const describe = ({ port, whose, by }) => `${port} (${whose}) is taken${by ? ` by process ${by.pid}, ${by.command.slice(0, 60)}` : ''}`;

function end(foreign) {
  const pids = [...new Set(foreign.flatMap(({ by }) => by?.pid ?? []))];
  return pids.length > 0 ? `kill ${pids.join(' ')}` : `end it (sudo ss -ltnp shows who it is)`;
}

function whyNot(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', ({ code }) => resolve(code));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(undefined)));
  });
}

// An outgoing connection of anybody may sit on a port of this range at any time.
function ephemeral(ports) {
  const [lowest] = rangeOf('/proc/sys/net/ipv4/ip_local_port_range');
  const within = [...ports.keys()].filter((port) => port >= lowest);
  if (within.length === 0) return ok('the usual ports are free');
  return warn(
    `the kernel lends ports from ${lowest} on, ${within.join(', ')} among them`,
    "sudo sysctl -w net.ipv4.ip_local_port_range='32768 60999'",
  );
}

function rangeOf(file) {
  try {
    return readFileSync(file, 'utf8').trim().split(/\s+/).map(Number);
  } catch {
    return [32_768, 60_999];
  }
}
