import { setTimeout as pause } from 'node:timers/promises';
import type { Stack } from '@atende/stack';
import pg from 'pg';
import { familyCpuMs } from './cpu.ts';
import { load } from './load.ts';
import { filledForm } from './p2-open-ticket.ts';
import { ask, signIn } from './people.ts';

const OPENINGS = 10_000;
const AT_ONCE = 64;
const PATIENCE = 120_000; // ms for one opening, repeats included
const BREATH = 250; // ms before a repeat

export interface NumbersRow {
  opened: number;
  /** Openings that were asked for again, with the same key, because nobody answered or the house was full. */
  repeats: number;
  distinctNumbers: number;
  distinctIds: number;
  /** Rows that the database has of them. */
  rows: number;
  longest: number;
  perSecond: number;
  cpuMs: number;
}

/** Ten thousand openings, 64 under way at any time, by two people over every gateway: each must get one ticket with a number of its own. */
export async function measureNumbers(stack: Stack): Promise<NumbersRow> {
  const tokens = await Promise.all(['bruno@acme.example', 'ana@acme.example'].map((email) => signIn(stack, email)));
  const form = await filledForm(`${stack.url}/graphql`, tokens[0] ?? '');
  const run = `numbers-${Date.now()}`;
  const answers = form.answers.map((answer) => (answer.field === 'subject' ? { ...answer, value: run } : answer));
  const tickets: { id: string; number: string }[] = [];
  let repeats = 0;
  const open = async (index: number): Promise<void> => {
    const input = { clientKey: `${run}-${index}`, formId: form.formId, answers };
    const deadline = Date.now() + PATIENCE;
    for (;;) {
      const url = `${stack.gatewayUrls[(index + repeats) % stack.gatewayUrls.length]}/graphql`;
      const text = await ask(url, tokens[index % tokens.length] ?? '', OPEN, { input }).catch(() => '{}');
      const ticket = JSON.parse(text).data?.openTicket?.ticket;
      if (ticket) return void tickets.push(ticket);
      if (Date.now() > deadline) throw new Error(text);
      repeats += 1;
      await pause(BREATH);
    }
  };
  const everything = stack.processes.flatMap(({ pid }) => pid ?? []);
  const [cpu, start] = [familyCpuMs(everything), performance.now()];
  await load(OPENINGS, AT_ONCE, open);
  const seconds = (performance.now() - start) / 1000;
  return {
    ...{ opened: tickets.length, repeats, rows: await rowsOf(stack, run) },
    distinctNumbers: new Set(tickets.map(({ number }) => number)).size,
    distinctIds: new Set(tickets.map(({ id }) => id)).size,
    longest: Math.max(...tickets.map(({ number }) => number.length)),
    perSecond: Math.round(OPENINGS / seconds),
    cpuMs: Number(((familyCpuMs(everything) - cpu) / OPENINGS).toFixed(2)),
  };
}

const OPEN = 'mutation ($input: OpenTicketInput!) { openTicket(input: $input) { ticket { id number } errors { code } } }';

async function rowsOf(stack: Stack, subject: string): Promise<number> {
  const client = new pg.Client({ connectionString: stack.databaseUrls('tickets').worker });
  await client.connect();
  try {
    const { rows } = await client.query<{ count: number }>('select count(*)::int as count from ticket where subject = $1', [subject]);
    return rows[0]?.count ?? 0;
  } finally {
    await client.end();
  }
}
