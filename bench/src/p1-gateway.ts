import { fork } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Stack } from '@atende/stack';
import { cpuMs } from './cpu.ts';
import { least, load } from './load.ts';
import { ask, serviceTokens, signIn } from './people.ts';

const ROUNDS = 5;
const REQUESTS = 1_500; // per round
const CLIENTS = 8;
const SERVICES = ['identity', 'tickets', 'attachments'];

const operations = [
  { name: 'one service', query: 'query ($id: ID!) { ticket(id: $id) { id number status subject createdAt } }' },
  {
    name: 'page of 20 with requester, organization, attachment count',
    query:
      '{ tickets(first: 20) { edges { node { id number status subject requester { name } organization { legalName } attachmentCount } } } }',
  },
];

export interface P1Row {
  operation: string;
  oursUs: number;
  stockUs: number;
}

/** CPU of the gateway process per request, ours beside a stock one on the same services, in interleaved rounds. */
export async function measureGateway(stack: Stack): Promise<P1Row[]> {
  const token = await signIn(stack, 'carla@support.example');
  const tokens = await serviceTokens(stack, token, SERVICES);
  const urls = Object.fromEntries(SERVICES.map((name) => [name, `${stack.process(name).url}/graphql`]));
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
    const rows: P1Row[] = [];
    for (const { name, query } of operations) {
      const [a, b] = [await ask(ours.url, token, query, variables), await ask(stock.url, null, query, variables)].map((text) =>
        JSON.stringify(JSON.parse(text).data),
      );
      if (a !== b || a === undefined || a.includes('null')) throw new Error(`${name}: the answers differ or are empty\n${a}\n${b}`);
      const times = { ours: [] as number[], stock: [] as number[] };
      for (let round = -1; round < ROUNDS; round++) {
        for (const [who, target] of [
          ['ours', ours],
          ['stock', stock],
        ] as const) {
          const before = cpuMs(target.pid);
          await load(REQUESTS, CLIENTS, async () => void (await ask(target.url, who === 'ours' ? token : null, query, variables)));
          if (round >= 0) times[who].push(((cpuMs(target.pid) - before) * 1000) / REQUESTS); // the first round warms up
        }
      }
      rows.push({ operation: name, oursUs: Math.round(least(times.ours)), stockUs: Math.round(least(times.stock)) });
    }
    return rows;
  } finally {
    peer.kill();
  }
}

export function pidOf(stack: Stack, name: string): number {
  const { pid } = stack.process(name);
  if (pid === undefined) throw new Error(`${name} is down`);
  return pid;
}
