import { fork } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Stack, services } from '@atende/stack';
import { cpuMs } from './cpu.ts';
import { least, load } from './load.ts';
import { ask, serviceTokens, signIn } from './people.ts';

const WARM = 4_000; // requests before the first round: the compiler of both is still at work for most of them
const ROUNDS = 5;
const REQUESTS = 1_500; // per round
const CLIENTS = 8;

export const operations = [
  { name: 'one service', query: 'query ($id: ID!) { ticket(id: $id) { id number status subject createdAt } }' },
  {
    name: 'page of 20 with requester, organization, attachment count',
    query:
      '{ tickets(first: 20) { edges { node { id number status subject requester { name } organization { legalName } attachmentCount } } } }',
  },
  {
    name: 'detail over five services',
    query: `query ($id: ID!) { ticket(id: $id) { id number status subject description requester { name } organization { legalName }
      answers { label displayValue } comments(first: 20) { edges { node { body author { ... on Contact { name } ... on Analyst { name } } } } }
      attachments { fileName size } product { label favorite } suggestedArticles(first: 3) { score article { title } } } }`,
  },
];

export interface P1Row {
  operation: string;
  oursUs: number;
  stockUs: number;
}

/** CPU of the gateway process per request, ours beside a stock one on the same services, in interleaved rounds. Each row comes when it is measured. */
export async function* measureGateway(stack: Stack): AsyncGenerator<P1Row> {
  const token = await signIn(stack, 'carla@support.example');
  const names = services.map(({ name }) => name);
  const tokens = await serviceTokens(stack, token, names);
  const urls = Object.fromEntries(names.map((name) => [name, `${stack.process(name).url}/graphql`]));
  const peer = fork(
    fileURLToPath(new URL('./stock-gateway.js', import.meta.url)),
    [join(stack.dataDir, 'supergraph.graphql'), JSON.stringify(tokens), JSON.stringify(urls)],
    {
      env: { ...process.env, NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: '1' },
    },
  );
  try {
    const stockUrl = await new Promise<string>((resolve, reject) => {
      peer.once('message', (url) => resolve(String(url)));
      peer.once('exit', (code) => reject(new Error(`the stock gateway ended with ${code}`)));
    });
    const ours = { url: `${stack.url}/graphql`, pid: pidOf(stack, 'gateway') };
    const stock = { url: stockUrl, pid: peer.pid ?? 0 };
    const { data } = JSON.parse(await ask(ours.url, token, '{ tickets(first: 1) { edges { node { id } } } }'));
    const variables = { id: data.tickets.edges[0].node.id };
    for (const { name, query } of operations) {
      const [a, b] = [await ask(ours.url, token, query, variables), await ask(stock.url, null, query, variables)].map((text) =>
        JSON.stringify(JSON.parse(text).data),
      );
      if (a !== b || a === undefined || a.includes('null')) throw new Error(`${name}: the answers differ or are empty\n${a}\n${b}`);
      const targets = [
        { ...ours, token, times: [] as number[] },
        { ...stock, token: null, times: [] as number[] },
      ];
      for (const target of targets) await load(WARM, CLIENTS, async () => void (await ask(target.url, target.token, query, variables)));
      for (let round = 0; round < ROUNDS; round++) {
        for (const target of targets) {
          const before = cpuMs(target.pid);
          await load(REQUESTS, CLIENTS, async () => void (await ask(target.url, target.token, query, variables)));
          target.times.push(((cpuMs(target.pid) - before) * 1000) / REQUESTS);
        }
      }
      const [oursUs = 0, stockUs = 0] = targets.map(({ times }) => Math.round(least(times)));
      yield { operation: name, oursUs, stockUs };
    }
  } finally {
    peer.kill();
  }
}

export function pidOf(stack: Stack, name: string): number {
  const { pid } = stack.process(name);
  if (pid === undefined) throw new Error(`${name} is down`);
  return pid;
}
