import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DirectoryRegistry, digestOf, type Newest } from '@atende/gateway/registry';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clientKey, open } from '../journeys/filling.ts';
import { type Person, Portal } from '../journeys/portal.ts';
import { type Stack, startStack } from '../stack.ts';
import { eventually } from './eventually.ts';

let stack: Stack;
let dataDir: string;
let bruno: Person;
let ticket: { id: string };
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'atende-away-'));
  stack = await startStack({ dataDir, ports: 'ephemeral', demo: true });
  bruno = await new Portal(stack.url).as('bruno@acme.example');
  ticket = await open(bruno, 'technical-support');
}, 240_000);
afterAll(async () => {
  await stack?.stop();
  await rm(dataDir, { recursive: true, force: true });
}, 30_000);

const ask = () => bruno.ask('query ($id: ID!) { ticket(id: $id) { subject requester { name } attachments { id } } }', { id: ticket.id });

describe('a service that does not answer', () => {
  it('costs its own fields only, and they come back by themselves', async () => {
    expect((await ask()).errors).toBeUndefined();
    stack.process('attachments').kill('SIGSTOP');
    try {
      for (let again = 0; again < 8; again++) {
        const { data, errors } = await ask();
        expect(data.ticket).toMatchObject({ subject: expect.any(String), requester: { name: 'Bruno Lima' }, attachments: null });
        expect(errors).toEqual([
          expect.objectContaining({
            path: ['ticket'],
            extensions: expect.objectContaining({ code: 'DEPENDENCY_UNAVAILABLE' }),
          }),
        ]);
      }
    } finally {
      stack.process('attachments').kill('SIGCONT');
    }
    const healed = await eventually(ask, ({ errors }) => errors === undefined);
    expect(healed.data.ticket.attachments).toEqual([]);
  }, 90_000);
});

describe('a bad supergraph', () => {
  it('is refused while the old one serves on, then a good one is taken with the socket kept', async () => {
    const registry = new DirectoryRegistry(join(dataDir, 'registry'));
    const good = (await registry.newest()) as Newest;
    const live = bruno.watch('subscription ($id: ID!) { ticketChanged(ticketId: $id) { type } }', { id: ticket.id });
    await live.open;
    const write = async (body: string): Promise<void> => {
      await bruno.get('mutation ($input: TicketMessageInput!) { replyToTicket(input: $input) { errors { code } } }', {
        input: { clientKey: clientKey(), ticketId: ticket.id, body },
      });
      expect((await live.next()).ticketChanged.type).toBe('COMMENTED');
    };
    await write('antes');
    await registry.keep(BAD);
    await registry.append({ ...good.publication, supergraph: digestOf(BAD) }, good.tag);
    expect(
      await eventually(
        () => refusals(stack),
        (count) => count > 0,
      ),
    ).toBeGreaterThan(0);
    await write('durante');
    await registry.append(good.publication, ((await registry.newest()) as Newest).tag);
    expect((await ask()).errors).toBeUndefined();
    await write('depois');
    await live.close();
  }, 90_000);
});

const BAD = 'type Query { broken: ';

/** How many supergraphs the gateway has refused, by its own count. */
async function refusals(running: Stack): Promise<number> {
  const metrics = await (await fetch(`${running.process('gateway').probeUrl}/metrics`)).text();
  return Number(/^\w*supergraph\w*refus\w*(?:\{[^}]*\})? (\d+)/m.exec(metrics)?.[1] ?? 0);
}
