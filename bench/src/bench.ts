import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { startStack } from '@atende/stack';
import { familyMemoryMiB } from './cpu.ts';
import { measureGateway } from './p1-gateway.ts';
import { measureOpenTicket } from './p2-open-ticket.ts';

/** Starts the product on a folder of its own, measures, prints the rows of bench/README.md, ends. */
const dataDir = await mkdtemp(join(tmpdir(), 'atende-bench-'));
const stack = await startStack({ dataDir, ports: 'ephemeral', demo: true });
const line = (text: string): void => void process.stdout.write(`${text}\n`);
try {
  line(
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}\n`,
  );
  line('| memory, PSS | MiB |\n|---|---|');
  let all = 0;
  for (const { name, pid } of stack.processes) {
    const size = pid === undefined ? 0 : familyMemoryMiB(pid);
    all += size;
    line(`| ${name} | ${Math.round(size)} |`);
  }
  line(`| all | ${Math.round(all)} |\n`);
  line('| P1: gateway CPU per request | ours, µs | stock, µs | stock / ours |\n|---|---|---|---|');
  for (const { operation, oursUs, stockUs } of await measureGateway(stack))
    line(`| ${operation} | ${oursUs} | ${stockUs} | ${(stockUs / oursUs).toFixed(1)} |`);
  const { oursPerSecond, oursCpuMs, postgresPerSecond, postgresCpuMs } = await measureOpenTicket(stack);
  line('\n| P2: openTicket, 8 clients | per second | CPU of all processes, ms |\n|---|---|---|');
  line(`| through the gateway | ${oursPerSecond} | ${oursCpuMs} |`);
  line(`| PostgreSQL alone, the same rows | ${postgresPerSecond} | ${postgresCpuMs} |`);
  line(`| share of PostgreSQL's own rate | ${Math.round((100 * oursPerSecond) / postgresPerSecond)} % | |`);
} finally {
  await stack.stop();
  await rm(dataDir, { recursive: true, force: true });
}
