import type { Stack } from '@atende/stack';
import pg from 'pg';
import { standingOf, usedBetween } from './cpu-by-process.ts';
import { least, load } from './load.ts';
import { ask, signIn } from './people.ts';

const ROUNDS = 4;
const WARM_UPS = 3;
const OPENINGS = 400; // per round
const CLIENTS = 8;

export interface P2Row {
  oursPerSecond: number;
  oursCpuMs: number;
  postgresPerSecond: number;
  postgresCpuMs: number;
  /** Of the CPU through the gateway, in ms per opening; the least of the rounds for each. */
  byProcess: { name: string; cpuMs: number }[];
}

/** `openTicket` through the gateway, CPU of all processes with the database, beside PostgreSQL writing the same rows by itself. */
export async function measureOpenTicket(stack: Stack): Promise<P2Row> {
  const token = await signIn(stack, 'bruno@acme.example');
  const url = `${stack.url}/graphql`;
  const { formId, answers } = await filledForm(url, token);
  const everything = { processes: stack.processes };
  const postgres = { processes: [stack.process('postgres')] };
  const byProcess: Map<string, number>[] = [];
  const ours = { rate: [] as number[], cpu: [] as number[] };
  const bare = { rate: [] as number[], cpu: [] as number[] };
  const pool = new pg.Pool({ connectionString: stack.databaseUrls('tickets').worker, max: CLIENTS });
  pool.on('error', () => {}); // a lost connection fails the query that waits for it
  const run = Date.now();
  const query = 'mutation ($input: OpenTicketInput!) { openTicket(input: $input) { ticket { id number } errors { code } } }';
  try {
    for (let round = -WARM_UPS; round < ROUNDS; round++) {
      const openOne = async (index: number): Promise<void> => {
        const text = await ask(url, token, query, { input: { clientKey: `bench-${run}-${round}-${index}`, formId, answers } });
        if (!text.includes('"number"')) throw new Error(text);
      };
      const one = await timed(everything, () => load(OPENINGS, CLIENTS, openOne));
      const two = await timed(postgres, () => load(OPENINGS, CLIENTS, (index) => writeRows(pool, `${run}-${round}-${index}`)));
      if (round < 0) continue;
      byProcess.push(one.byProcess);
      for (const [into, { rate, cpu }] of [
        [ours, one],
        [bare, two],
      ] as const) {
        into.rate.push(rate);
        into.cpu.push(cpu);
      }
    }
  } finally {
    await pool.query(`delete from ticket where id like 'bench-%'`);
    await pool.query(`delete from idempotency where mutation = 'bench'`);
    await pool.end();
  }
  const best = ({ rate, cpu }: typeof ours) => ({ perSecond: Math.round(Math.max(...rate)), cpuMs: Number(least(cpu).toFixed(2)) });
  const [o, p] = [best(ours), best(bare)];
  const names = [...new Set(byProcess.flatMap((round) => [...round.keys()]))].sort();
  return {
    ...{ oursPerSecond: o.perSecond, oursCpuMs: o.cpuMs, postgresPerSecond: p.perSecond, postgresCpuMs: p.cpuMs },
    byProcess: names.map((name) => ({ name, cpuMs: least(byProcess.map((round) => round.get(name) ?? 0)) })),
  };
}

interface Timed {
  rate: number;
  /** ms per opening. */
  cpu: number;
  byProcess: Map<string, number>;
}

async function timed(whose: Pick<Stack, 'processes'>, work: () => Promise<void>): Promise<Timed> {
  const [before, start] = [standingOf(whose), performance.now()];
  await work();
  const seconds = (performance.now() - start) / 1000;
  const used = [...usedBetween(before, standingOf(whose))];
  const byProcess = new Map(used.map(([name, ms]) => [name, ms / OPENINGS]));
  return { rate: OPENINGS / seconds, cpu: [...byProcess.values()].reduce((sum, ms) => sum + ms, 0), byProcess };
}

let position = 0;

/**
 * What one opening writes, by PostgreSQL alone: key, ticket, two events, one commit. The rows are copies of a real one. The
 * events have positions that the relay leaves alone: what it and the consumers did with them would be counted as ours later.
 */
async function writeRows(pool: pg.Pool, key: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query({
      name: 'key',
      text: `insert into idempotency (person_id, mutation, client_key, fingerprint, result_id, at) values ('bench', 'bench', $1, 'x', 'x', now())`,
      values: [key],
    });
    await client.query({
      name: 'ticket',
      text: `insert into ticket select (json_populate_record(t, json_build_object('id', 'bench-' || $1::text, 'number', nextval('ticket_number')::text))).* from ticket t limit 1`,
      values: [key],
    });
    for (const version of [1, 2]) {
      await client.query({
        name: 'event',
        text: `insert into event (id, aggregate, version, type, v, data, audience, at, position) select 'bench-' || $1 || '-' || $2::int, 'bench-' || $1, $2::int, type, v, data, 'SYSTEM', at, $3::bigint from event where type = 'ticket.opened' limit 1`,
        values: [key, version, --position],
      });
    }
    await client.query('commit');
  } finally {
    client.release();
  }
}

/** The form filled in once, like a front end does. */
export async function filledForm(url: string, token: string): Promise<{ formId: string; answers: { field: string; value: unknown }[] }> {
  const get = async (query: string, variables: object) => JSON.parse(await ask(url, token, query, variables)).data;
  const { requestForm } = await get(
    '{ requestForm(requestType: "technical-support") { id steps { fields { key kind hasOptions } } } }',
    {},
  );
  const formId = requestForm.id;
  const answers: { field: string; value: unknown }[] = [];
  for (const { key, kind, hasOptions } of requestForm.steps.flatMap((step: { fields: unknown[] }) => step.fields)) {
    const { evaluateForm } = await get(
      'query ($formId: ID!, $answers: [AnswerInput!]!) { evaluateForm(formId: $formId, answers: $answers) { fields { key visible required value } } }',
      { formId, answers },
    );
    const state = evaluateForm.fields.find((field: { key: string }) => field.key === key);
    if (!state.visible || !state.required || state.value !== null) continue;
    const option = async () =>
      (
        await get(
          'query ($formId: ID!, $field: String!, $answers: [AnswerInput!]) { fieldOptions(formId: $formId, field: $field, answers: $answers, first: 1) { edges { node { id } } } }',
          { formId, field: key, answers },
        )
      ).fieldOptions.edges[0].node.id;
    answers.push({ field: key, value: hasOptions ? await option() : kind === 'BOOLEAN' ? true : `Texto de ${key}` });
  }
  return { formId, answers };
}
