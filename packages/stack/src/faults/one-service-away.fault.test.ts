import { join } from 'node:path';
import { DirectoryRegistry, digestOf, type Newest } from '@atende/gateway/registry';
import { describe, expect, it } from '@jest/globals';
import { clientKey, open } from '../journeys/filling.ts';
import { type Person, Portal } from '../journeys/portal.ts';
import { services } from '../services.ts';
import type { Stack } from '../stack.ts';
import { withStack } from '../testing/with-stack.ts';
import { eventually } from './eventually.ts';

let stack: Stack;
let bruno: Person;
let ticket: { id: string };
withStack(async (started) => {
  stack = started;
  bruno = await new Portal(stack.url).as('bruno@acme.example');
  ticket = await open(bruno, 'software.rm', {}, { summary: 'Erro ao emitir nota fiscal' });
});

const DETAIL = `ticket(id: $id) { subject requester { name } attachments { id } product { label favorite } suggestedArticles(first: 2) { score } }`;
const EVERYTHING = `query ($id: ID!) { ${DETAIL} viewer { permissions }
  search(text: "nota fiscal") { articles(first: 1) { edges { cursor } } tickets(first: 1) { edges { cursor } } contacts(first: 1) { edges { cursor } } } }`;
const ask = (patience?: AbortSignal) => bruno.ask(EVERYTHING, { id: ticket.id }, {}, patience);

/** What each service answers in it: without the service, this is null and nothing else. */
const own: Record<string, string[]> = {
  identity: ['ticket.requester', 'viewer', 'search.contacts'],
  tickets: ['ticket', 'search.tickets'],
  attachments: ['ticket.attachments'],
  favorites: ['ticket.product.favorite'],
  knowledge: ['ticket.suggestedArticles', 'search.articles'],
};

function without(data: object, paths: string[]): object {
  const copy = structuredClone(data);
  for (const path of paths) {
    const parts = path.split('.');
    const last = parts.pop() ?? '';
    // biome-ignore lint/suspicious/noExplicitAny: a path into an answer
    const parent: any = parts.reduce((value: any, part) => value?.[part], copy);
    if (parent) parent[last] = null;
  }
  return copy;
}

describe.each(services.map(({ name }) => name))('%s, when it does not answer', (name) => {
  it('costs its own fields only, within 2.5 seconds, and they come back by themselves', async () => {
    const { data: whole } = await eventually(ask, ({ errors }) => errors === undefined);
    expect(without(whole, own[name] ?? [])).not.toEqual(whole);
    stack.process(name).kill('SIGSTOP');
    try {
      for (let again = 0; again < 3; again++) {
        const { data, errors = [] } = await ask(AbortSignal.timeout(2_500));
        expect(data).toEqual(without(whole, own[name] ?? []));
        expect(errors.map(({ extensions }) => extensions.code)).toEqual(errors.map(() => 'DEPENDENCY_UNAVAILABLE'));
        expect(errors.every(({ path = [] }) => path.length > 0)).toBe(true);
        expect(errors.length).toBeGreaterThan(0);
      }
    } finally {
      stack.process(name).kill('SIGCONT');
    }
    await eventually(ask, ({ errors }) => errors === undefined);
  }, 90_000);
});

describe('a bad supergraph', () => {
  it('is refused while the old one serves on, then a good one is taken with the socket kept', async () => {
    const registry = new DirectoryRegistry(join(stack.dataDir, 'registry'));
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
