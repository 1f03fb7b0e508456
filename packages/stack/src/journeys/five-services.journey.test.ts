import { describe, expect, it } from '@jest/globals';
import type { Stack } from '../stack.ts';
import { withStack } from '../testing/with-stack.ts';
import { clientKey, open } from './filling.ts';
import { type Person, Portal } from './portal.ts';

let stack: Stack;
let bruno: Person;
let carla: Person;
let ticketId: string;
withStack(async (started) => {
  stack = started;
  const portal = new Portal(stack.url);
  [bruno, carla] = await Promise.all([portal.as('bruno@acme.example'), portal.as('carla@support.example')]);
  ticketId = (await open(bruno, 'software.rm', {}, { summary: 'Erro ao emitir nota fiscal' })).id;
});

// tickets, identity, attachments, favorites, knowledge
const DETAIL =
  'number requester { name } attachments { fileName } product { label favorite } suggestedArticles(first: 3) { article { title } }';
const READ = `query ($id: ID!) { ticket(id: $id) { ${DETAIL} } }`;
const LIVE = `subscription ($id: ID!) { ticketChanged(ticketId: $id) { type actor { ... on Contact { name } } ticket { ${DETAIL} } } }`;

const reply = (body: string) =>
  bruno.get('mutation ($input: TicketMessageInput!) { replyToTicket(input: $input) { errors { code } } }', {
    input: { clientKey: clientKey(), ticketId, body },
  });

/** One query and one push, both over all five services. */
async function readAndHear(word: string) {
  const { data, errors = [] } = await bruno.ask(READ, { id: ticketId });
  const live = bruno.watch(LIVE, { id: ticketId });
  await live.open;
  await reply(word);
  const pushed = await live.next(10_000, { partial: true });
  await live.close();
  expect(pushed.ticketChanged).toMatchObject({ type: 'COMMENTED', actor: { name: 'Bruno Lima' } });
  expect(pushed.ticketChanged.ticket).toEqual(data.ticket);
  return { ticket: data.ticket, codes: errors.map(({ extensions }) => extensions.code) };
}

describe('a ticket over five services', () => {
  it('is read in one query and pushed in one frame', async () => {
    const { product } = (await bruno.get('query ($id: ID!) { ticket(id: $id) { product { id } } }', { id: ticketId })).ticket;
    const { ticket, codes } = await readAndHear('tudo no ar');
    expect(codes).toEqual([]);
    expect(ticket).toMatchObject({ requester: { name: 'Bruno Lima' }, attachments: [], product: { favorite: false } });
    expect(product.id).toMatch(/^opt_/);
    expect(ticket.suggestedArticles.length).toBeGreaterThan(0);
    expect((await carla.get(READ, { id: ticketId })).ticket).toMatchObject({ number: ticket.number, product: { favorite: false } });
  });

  it.each([
    ['favorites', (ticket: Data) => ticket.product.favorite],
    ['knowledge', (ticket: Data) => ticket.suggestedArticles],
    ['attachments', (ticket: Data) => ticket.attachments],
  ])(
    'goes on without %s',
    async (service, ownField) => {
      stack.process(service).kill('SIGSTOP');
      try {
        const { ticket, codes } = await readAndHear(`sem ${service}`);
        expect([ownField(ticket), codes]).toEqual([null, ['DEPENDENCY_UNAVAILABLE']]);
        expect(ticket).toMatchObject({ requester: { name: 'Bruno Lima' }, product: { label: expect.any(String) } });
      } finally {
        stack.process(service).kill('SIGCONT');
      }
    },
    60_000,
  );
});

// biome-ignore lint/suspicious/noExplicitAny: a journey asserts on the shape it asked for
type Data = any;
