import type { Stack } from '@atende/stack';
import { anotherGateway } from './another-gateway.ts';
import { cpuMs } from './cpu.ts';
import { least, load } from './load.ts';
import { operations, pidOf } from './p1-gateway.ts';
import { ask, signIn } from './people.ts';

const WARM = 1_200; // requests before the first round
const ROUNDS = 6;
const REQUESTS = 300; // per round
const CLIENTS = 4;
const BUDGETS = {
  RATE_PERSON: '400000000/60',
  RATE_ORGANIZATION: '800000000/60',
  RATE_ADDRESS: '400000000/60',
  RATE_ATTEMPTS: '400000000/60',
};

export interface OverheadRow {
  operation: string;
  withoutUs: number;
  withUs: number;
}

/** CPU of a gateway per request without budgets beside one with budgets, headers and sharing, in interleaved rounds. */
export async function* measureBudgets(stack: Stack): AsyncGenerator<OverheadRow> {
  const token = await signIn(stack, 'carla@support.example');
  const limited = await anotherGateway(stack, BUDGETS);
  try {
    const { data } = JSON.parse(await ask(`${stack.url}/graphql`, token, '{ tickets(first: 1) { edges { node { id } } } }'));
    const variables = { id: data.tickets.edges[0].node.id };
    for (const { name, query } of operations.slice(0, 2)) {
      const targets = [
        { url: `${stack.process('gateway').url}/graphql`, pid: pidOf(stack, 'gateway'), times: [] as number[] },
        { url: `${limited.url}/graphql`, pid: limited.process.pid ?? 0, times: [] as number[] },
      ];
      const [a, b] = await Promise.all(targets.map(({ url }) => answered(url, token, query, variables)));
      if (a !== b || a === undefined || !a.startsWith('{"data"')) throw new Error(`${name}: the answers differ\n${a}\n${b}`);
      for (const { url } of targets) await load(WARM, CLIENTS, async () => void (await ask(url, token, query, variables)));
      for (let round = 0; round < ROUNDS; round++) {
        for (const { url, pid, times } of targets) {
          const before = cpuMs(pid);
          await load(REQUESTS, CLIENTS, async () => void (await ask(url, token, query, variables)));
          times.push(((cpuMs(pid) - before) * 1000) / REQUESTS);
        }
      }
      const [withoutUs = 0, withUs = 0] = targets.map(({ times }) => Math.round(least(times)));
      yield { operation: name, withoutUs, withUs };
    }
  } finally {
    limited.process.kill();
  }
}

/** The first answer, once identity has told the gateway of sessions. */
async function answered(...asked: Parameters<typeof ask>): Promise<string> {
  for (;;) {
    const text = await ask(...asked);
    if (!text.includes('DEPENDENCY_UNAVAILABLE')) return text;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
