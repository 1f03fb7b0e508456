import { buildSchema } from 'graphql';
import { seeded } from '../faults/seeded.ts';
import { type Operation, operationsOf } from '../isolation/operations.ts';
import type { Stack } from '../stack.ts';
import { type Answered, type Attacker, attackers } from './attackers.ts';
import { type Generator, makeGenerator } from './generator.ts';
import { faultsOf } from './judge.ts';
import { MALFORMED } from './malformed.ts';

export interface SiegeOptions {
  requests: number;
  /** The same seed sends the same requests. */
  seed: number;
  /** How many are under way at a time. */
  atOnce?: number;
}

export interface SiegeReport {
  seed: number;
  sent: number;
  /** How many answers had this code, or `data`. */
  answers: Record<string, number>;
  faults: string[];
  /** ms of the longest block of each process's event loop. */
  blocked: Record<string, number>;
}

const DEAR = new Set(['signIn', 'changePassword', 'resetPassword', 'activateAccount']); // a password costs a fifth of a second, on purpose
const ENDING = new Set(['signOut']);

/** Sends hostile requests to a running product in several people's names, and judges every answer. */
export async function besiege(stack: Stack, { requests, seed, atOnce = 6 }: SiegeOptions): Promise<SiegeReport> {
  const schema = buildSchema(await (await fetch(`${stack.url}/schema.graphql`)).text());
  const random = seeded(seed);
  const all = attackers(stack.url);
  for (const one of all) await one.signIn();
  const operations = operationsOf(schema, 1).filter(({ field }) => !ENDING.has(field));
  const ids = await idsSeenBy(all, operations);
  const weighed = operations.flatMap((operation) => (DEAR.has(operation.field) ? [operation] : Array<Operation>(8).fill(operation)));
  const generator = makeGenerator(schema, weighed, ids, random);
  const report: SiegeReport = { seed, sent: 0, answers: {}, faults: [], blocked: {} };
  await longestBlocks(stack); // what came before does not count
  const one = async (): Promise<void> => {
    while (report.sent < requests) {
      const at = report.sent++;
      const attacker = all[Math.floor(random() * all.length)] as Attacker;
      const { name, sent, answer } = await attack(at, attacker, generator, schema.getSubscriptionType()?.getFields() ?? {});
      count(report, answer);
      for (const fault of faultsOf(answer, stack.url, sent))
        report.faults.push(`${name} as ${attacker.name}: ${fault}\n    ${sent.slice(0, 1_000)}`);
      if (answer.status === 401) await attacker.comeBack();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  for (const attacker of all) attacker.close();
  report.blocked = await longestBlocks(stack);
  return report;
}

/** The malformed ones first, each once; then the generated. */
async function attack(at: number, attacker: Attacker, generator: Generator, live: object) {
  const malformed = MALFORMED[at];
  if (malformed) {
    const { name, headers, body } = malformed;
    return { name, sent: String(body).slice(0, 2_000), answer: await attacker.ask(headers, body) };
  }
  const { field, query, variables } = generator.next();
  const sent = JSON.stringify({ query, variables });
  const answer = field in live ? attacker.watch(query, variables) : attacker.ask({ 'content-type': 'application/json' }, sent);
  return { name: field, sent, answer: await answer };
}

function count({ answers }: SiegeReport, { text }: Answered): void {
  const codes = [...text.matchAll(/"code":"([A-Z_]+)"/g)].map(([, code]) => code ?? '');
  for (const code of codes.length > 0 ? new Set(codes) : ['data']) answers[code] = (answers[code] ?? 0) + 1;
}

/** Every id that some query tells one of them. */
async function idsSeenBy(all: readonly Attacker[], operations: readonly Operation[]): Promise<string[]> {
  const ids = new Set<string>();
  for (const { kind, document, variables } of operations) {
    if (kind !== 'query') continue;
    for (const attacker of all) {
      const { text } = await attacker.ask({ 'content-type': 'application/json' }, JSON.stringify({ query: document, variables }));
      for (const [, id = ''] of text.matchAll(/"id":"([^"]{4,100})"/g)) ids.add(id);
    }
  }
  return [...ids];
}

const BLOCK = /^nodejs_eventloop_lag_max_seconds ([\d.e+-]+)$/m;

/** Reading it begins a new measure. */
async function longestBlocks({ processes }: Stack): Promise<Record<string, number>> {
  const blocks: Record<string, number> = {};
  for (const { name, probeUrl } of processes) {
    if (probeUrl === undefined) continue;
    const seconds = BLOCK.exec(await (await fetch(`${probeUrl}/metrics`)).text())?.[1];
    blocks[name] = Math.round(Number(seconds) * 1_000);
  }
  return blocks;
}
