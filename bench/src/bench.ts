import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { type Stack, startStack, WITHOUT_BUDGETS } from '@atende/stack';
import { familyMemoryMiB } from './cpu.ts';
import { measureGateway } from './p1-gateway.ts';
import { measureOpenTicket } from './p2-open-ticket.ts';
import { measureSuggestions } from './p7-suggestions.ts';
import { measureFormStep } from './p8-form-step.ts';
import { measureNumbers } from './r2-numbers.ts';
import { measureBudgets } from './rate-overhead.ts';
import { measureRefusals } from './s5-refusals.ts';

const line = (text: string): void => void process.stdout.write(`${text}\n`);

/** What can be measured; each prints its rows of bench/README.md. */
const benches: Record<string, (stack: Stack) => Promise<void>> = {
  memory: async (stack) => {
    line('\n| memory, PSS | MiB |\n|---|---|');
    const sizes = stack.processes.map(({ name, pid }) => ({ name, size: pid === undefined ? 0 : familyMemoryMiB(pid) }));
    for (const { name, size } of sizes) line(`| ${name} | ${Math.round(size)} |`);
    line(`| all | ${Math.round(sizes.reduce((sum, { size }) => sum + size, 0))} |`);
  },
  p1: async (stack) => {
    line('\n| P1: gateway CPU per request | ours, µs | stock, µs | stock / ours |\n|---|---|---|---|');
    for await (const { operation, oursUs, stockUs } of measureGateway(stack))
      line(`| ${operation} | ${oursUs} | ${stockUs} | ${(stockUs / oursUs).toFixed(1)} |`);
  },
  budgets: async (stack) => {
    line('\n| gateway CPU per request | without budgets, µs | with budgets, headers and sharing, µs | ratio |\n|---|---|---|---|');
    for await (const { operation, withoutUs, withUs } of measureBudgets(stack))
      line(`| ${operation} | ${withoutUs} | ${withUs} | ${(withUs / withoutUs).toFixed(2)} |`);
  },
  s5: async (stack) => {
    line(
      '\n| S5: refused | by POST: half, all within ms | on a socket | CPU of the gateway, ms | a normal client meanwhile, p95 ms |\n|---|---|---|---|---|',
    );
    for await (const { attack, http, socket, cpuMs, normalP95 } of measureRefusals(stack)) {
      const within = (way: typeof socket) => (way ? `${way.p50.toFixed(1)}, ${way.most.toFixed(1)}` : '–');
      line(`| ${attack} | ${within(http)} | ${within(socket)} | ${cpuMs.toFixed(1)} | ${normalP95.toFixed(1)} |`);
    }
  },
  p2: async (stack) => {
    const { oursPerSecond, oursCpuMs, postgresPerSecond, postgresCpuMs, byProcess } = await measureOpenTicket(stack);
    line('\n| P2: openTicket, 8 clients | per second | CPU of all processes, ms |\n|---|---|---|');
    line(`| through the gateway | ${oursPerSecond} | ${oursCpuMs} |`);
    line(`| PostgreSQL alone, the same rows | ${postgresPerSecond} | ${postgresCpuMs} |`);
    line(`| share of PostgreSQL's own rate | ${Math.round((100 * oursPerSecond) / postgresPerSecond)} % | |`);
    line('\n| openTicket: CPU by process | ms |\n|---|---|');
    for (const { name, cpuMs } of byProcess) line(`| ${name} | ${cpuMs.toFixed(2)} |`);
  },
  numbers: async (stack) => {
    const { opened, repeats, distinctNumbers, distinctIds, rows, longest, perSecond, cpuMs } = await measureNumbers(stack);
    line(
      '\n| R2: openings, 64 at once, two gateways, two tickets | asked again | rows | distinct ids | distinct numbers | digits | per second | CPU, ms |',
    );
    line('|---|---|---|---|---|---|---|---|');
    line(`| ${opened} | ${repeats} | ${rows} | ${distinctIds} | ${distinctNumbers} | ${longest} | ${perSecond} | ${cpuMs} |`);
  },
  p8: async (stack) => {
    const { imports, rows } = await measureFormStep(stack);
    line('\n| P8: a file, imported | answered after, ms | CPU of tickets, ms | of PostgreSQL, ms |\n|---|---|---|---|');
    for (const [name, { wallMs, ticketsMs, postgresMs }] of Object.entries(imports))
      line(`| ${name} | ${[wallMs, ticketsMs, postgresMs].map((figure) => figure.toFixed(0)).join(' | ')} |`);
    line('\n| P8: options of a list of 20,000 | people | p50, ms | p95, ms | CPU of gateway, ms | of tickets, ms | of favorites, ms |');
    line('|---|---|---|---|---|---|---|');
    for (const { step, people, p50, p95, gatewayMs, ticketsMs, favoritesMs } of rows)
      line(`| ${step} | ${people} | ${[p50, p95, gatewayMs, ticketsMs, favoritesMs].map((figure) => figure.toFixed(1)).join(' | ')} |`);
  },
  p7: async (stack) => {
    const { rows, plan } = await measureSuggestions(stack);
    line('\n| P7: a keystroke among 50,000 articles | p50, ms | p95, ms | CPU of gateway, ms | of knowledge, ms | of PostgreSQL, ms |');
    line('|---|---|---|---|---|---|');
    for (const { typists, p50, p95, gatewayMs, knowledgeMs, postgresMs } of rows) {
      const figures = [p50, p95, gatewayMs, knowledgeMs, postgresMs].map((figure) => figure.toFixed(1)).join(' | ');
      line(`| ${typists} at once | ${figures} |`);
    }
    const [{ answered, keystrokes } = { answered: 0, keystrokes: 0 }] = rows;
    line(`\n${answered} of ${keystrokes} keystrokes were answered with articles. One step of a suggestion:\n`);
    for (const step of plan) line(`    ${step}`);
  },
};

// Starts the product on a folder of its own, measures what is named on the command line (all of it unless said), ends.
const wanted = process.argv.slice(2);
const dataDir = await mkdtemp(join(tmpdir(), 'atende-bench-'));
// Only `numbers` is about replicas, and runs when it is named.
const replicas: Record<string, number> = wanted.includes('numbers') ? { gateway: 2, tickets: 2 } : {};
const stack = await startStack({ dataDir, ports: 'ephemeral', demo: true, gateway: WITHOUT_BUDGETS, replicas });
try {
  line(
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
  );
  for (const [name, measure] of Object.entries(benches))
    if (wanted.length === 0 ? name !== 'numbers' : wanted.includes(name)) await measure(stack);
} finally {
  await stack.stop();
  await rm(dataDir, { recursive: true, force: true });
}
