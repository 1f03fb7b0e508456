import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { type Filled, fill } from '../journeys/filling.ts';
import { type Person, Portal } from '../journeys/portal.ts';
import type { Stack } from '../stack.ts';
import { withStack } from '../testing/with-stack.ts';
import { eventually } from './eventually.ts';
import { parked, positions, ticketsPerSubject, unfoldable, withoutEffect } from './invariants.ts';
import { ResumingWatcher } from './resuming-watcher.ts';
import { seeded } from './seeded.ts';
import { askStubbornly } from './stubborn.ts';

const OPENINGS = 200;
const CLIENTS = 8;
const KILLS = 5;
const SEED = Number(process.env.FAULT_SEED ?? 20_261_121);
const VICTIMS = ['tickets', 'tickets-2', 'attachments', 'nats', 'postgres', 'gateway', 'gateway-2'];

let stack: Stack;
let bruno: Person;
let form: Filled;
withStack(
  async (started) => {
    stack = started;
    bruno = await new Portal(stack.gatewayUrls[0] ?? '').as('bruno@acme.example');
    form = await fill(bruno, 'technical-support');
  },
  { replicas: { tickets: 2, gateway: 2 } },
);

const OPEN = 'mutation ($input: OpenTicketInput!) { openTicket(input: $input) { ticket { id } errors { code message } } }';

/** Opens one ticket, whatever happens meanwhile, and gives its id as it was acknowledged. */
async function open(subject: string): Promise<string> {
  const answers = form.answers.map((answer) => (answer.field === 'subject' ? { ...answer, value: subject } : answer));
  const { data, errors } = await askStubbornly(bruno, stack.gatewayUrls, OPEN, {
    input: { clientKey: subject, formId: form.formId, answers },
  });
  if (!data?.openTicket?.ticket) throw new Error(JSON.stringify(errors ?? data));
  return data.openTicket.ticket.id;
}

async function liveCursor(): Promise<string> {
  const { tickets } = await bruno.get('{ tickets(first: 1) { liveCursor } }');
  return tickets.liveCursor;
}

describe('openings under kill -9', () => {
  it(`loses and doubles nothing: ${OPENINGS} openings by ${CLIENTS} clients, ${KILLS} kills`, async () => {
    const random = seeded(SEED);
    const watcher = new ResumingWatcher(bruno, stack.gatewayUrls, await liveCursor());
    const acknowledged = new Map<string, string>();
    let next = 0;
    const client = async (): Promise<void> => {
      while (next < OPENINGS) {
        const subject = `falha-${next++}`;
        acknowledged.set(subject, await open(subject));
      }
    };
    const clients = Array.from({ length: CLIENTS }, client);
    const killed: string[] = [];
    for (let kill = 1; kill <= KILLS; kill++) {
      // Spread over the run: after a sixth of the openings, two sixths, …
      await eventually(
        async () => acknowledged.size,
        (size) => size >= (OPENINGS * kill) / (KILLS + 1),
        120_000,
      );
      const victim = VICTIMS[Math.floor(random() * VICTIMS.length)] ?? 'tickets';
      killed.push(victim);
      stack.process(victim).kill('SIGKILL');
    }
    await Promise.all(clients);
    await Promise.all(stack.processes.map((process) => process.ready()));

    const ids = [...acknowledged.values()];
    expect(new Set(ids).size).toBe(OPENINGS);
    const rows = await ticketsPerSubject(stack, 'falha-');
    expect(rows).toHaveLength(OPENINGS);
    expect(rows.filter(({ count }) => count !== 1)).toEqual([]);
    expect(await unfoldable(stack)).toEqual([]);
    const numbering = await eventually(
      () => positions(stack),
      ({ unnumbered }) => unnumbered === 0,
    );
    expect(numbering).toEqual({ numbered: numbering.last, last: numbering.last, unnumbered: 0 });
    for (const type of ['ticket.opened', 'ticket.access']) {
      expect(
        await eventually(
          () => withoutEffect(stack, 'attachments', type),
          (missing) => missing.length === 0,
        ),
      ).toEqual([]);
    }
    expect(await parked(stack, 'attachments')).toBe(0);

    const opened = () => watcher.heard.filter(({ type }) => type === 'OPENED').map(({ ticketId }) => ticketId);
    await eventually(
      async () => opened().length,
      (count) => count >= OPENINGS,
    );
    await watcher.end();
    expect(new Set(watcher.heard.map(({ id }) => id)).size).toBe(watcher.heard.length);
    expect(opened().sort()).toEqual([...ids].sort());
    process.stdout.write(`killed ${killed.join(', ')} (seed ${SEED}); the watcher resumed ${watcher.resumed} times\n`);
  }, 300_000);

  it('moves a subscriber to the other gateway, which misses and doubles nothing', async () => {
    const watcher = new ResumingWatcher(bruno, stack.gatewayUrls, await liveCursor());
    const ids: string[] = [];
    for (let index = 0; index < 20; index++) {
      ids.push(await open(`umzug-${index}`));
      if (index % 5 === 4) watcher.drop();
    }
    await eventually(
      async () => watcher.heard.filter(({ type }) => type === 'OPENED').length,
      (count) => count >= ids.length,
    );
    await watcher.end();
    expect(watcher.resumed).toBeGreaterThanOrEqual(3);
    expect(watcher.heard.map(({ ticketId }) => ticketId)).toEqual(ids);
  }, 120_000);

  it('goes on when JetStream’s store is wiped under way: consumers and subscribers miss nothing', async () => {
    const watcher = new ResumingWatcher(bruno, stack.gatewayUrls, await liveCursor());
    const ids = [await open('tabula-0')];
    await rm(join(stack.dataDir, 'nats'), { recursive: true, force: true, maxRetries: 10 }); // it writes meanwhile
    stack.process('nats').kill('SIGKILL');
    for (let index = 1; index < 20; index++) ids.push(await open(`tabula-${index}`));
    await stack.process('nats').ready();
    await eventually(
      async () => watcher.heard.length,
      (count) => count >= ids.length,
    );
    expect(
      await eventually(
        () => withoutEffect(stack, 'attachments', 'ticket.access'),
        (missing) => missing.length === 0,
      ),
    ).toEqual([]);
    await pause(500);
    await watcher.end();
    expect(watcher.heard.map(({ ticketId }) => ticketId)).toEqual(ids);
  }, 120_000);
});
