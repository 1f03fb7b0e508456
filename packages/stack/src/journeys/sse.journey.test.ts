import { afterEach, describe, expect, it } from '@jest/globals';
import { type Client, createClient } from 'graphql-sse';
import type { Stack } from '../stack.ts';
import { withStack } from '../testing/with-stack.ts';
import { EventFeed } from './event-source.ts';
import { clientKey, open } from './filling.ts';
import { type Person, Portal } from './portal.ts';

let stack: Stack;
let bruno: Person;
let carla: Person;
let ticket: { id: string; number: string };
const gateway = (at: number) => stack.gatewayUrls[at] ?? '';
withStack(
  async (started) => {
    stack = started;
    const portal = new Portal(gateway(0));
    bruno = await portal.as('bruno@acme.example');
    carla = (await portal.as('carla@support.example')).at(gateway(1));
    ticket = await open(bruno, 'technical-support');
  },
  { replicas: { gateway: 2 } },
);

const clients: Client<boolean>[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.dispose();
});

const ONE = `subscription ($id: ID!, $after: String) {
  ticketChanged(ticketId: $id, after: $after) { type cursor ticket { number requester { name } } }
}`;
const ALL = 'subscription ($after: String) { ticketsChanged(after: $after) { type cursor } }';

async function liveCursor(person: Person): Promise<string> {
  return (await person.get('query ($id: ID!) { ticket(id: $id) { liveCursor } }', { id: ticket.id })).ticket.liveCursor;
}

async function note(body: string): Promise<void> {
  const { addInternalNote } = await carla.get(
    'mutation ($input: TicketMessageInput!) { addInternalNote(input: $input) { errors { code } } }',
    { input: { clientKey: clientKey(), ticketId: ticket.id, body } },
  );
  expect(addInternalNote.errors).toEqual([]);
}

async function reply(body: string): Promise<void> {
  const { replyToTicket } = await bruno
    .at(gateway(1))
    .get('mutation ($input: TicketMessageInput!) { replyToTicket(input: $input) { errors { code } } }', {
      input: { clientKey: clientKey(), ticketId: ticket.id, body },
    });
  expect(replyToTicket.errors).toEqual([]);
}

describe.each([
  ['each subscription on a stream of its own', false],
  ['one stream for all of them', true],
])('the reference client, %s', (_name, singleConnection) => {
  /** Each time a session of its own, to be ended. */
  async function signIn(): Promise<{ person: Person; client: Client<boolean> }> {
    const person = await new Portal(gateway(0)).as('bruno@acme.example');
    const headers = { authorization: `Bearer ${person.accessToken}` };
    const client = createClient({ url: `${gateway(0)}/graphql`, singleConnection, headers, retryAttempts: 0 });
    clients.push(client);
    return { person, client };
  }

  it('sees a reply live with fields of two services, and nothing of an internal note', async () => {
    const { person, client } = await signIn();
    const after = await liveCursor(person);
    const [one, all] = [
      client.iterate({ query: ONE, variables: { id: ticket.id, after } }),
      client.iterate({ query: ALL, variables: { after } }),
    ];
    await note('só entre nós');
    await reply('Já tentei reiniciar.');
    const cursor = expect.any(String);
    expect((await one.next()).value?.data).toEqual({
      ticketChanged: { type: 'COMMENTED', cursor, ticket: { number: ticket.number, requester: { name: 'Bruno Lima' } } },
    });
    expect((await all.next()).value?.data).toEqual({ ticketsChanged: { type: 'COMMENTED', cursor } });
  });

  it('asks and changes as over HTTP', async () => {
    const { client } = await signIn();
    const answers = client.iterate({ query: 'query ($id: ID!) { ticket(id: $id) { number } }', variables: { id: ticket.id } });
    expect((await answers.next()).value?.data).toEqual({ ticket: { number: ticket.number } });
    expect((await answers.next()).done).toBe(true);
  });

  it('is told within two seconds that its person has signed out, and hears nothing more', async () => {
    const { person, client } = await signIn();
    const frames = client.iterate({ query: ALL, variables: { after: await liveCursor(person) } });
    await reply('Antes de sair.');
    expect((await frames.next()).value?.data).toMatchObject({ ticketsChanged: { type: 'COMMENTED' } });
    await person.get('mutation { signOut { errors { code } } }');
    const since = performance.now();
    expect((await frames.next()).value).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect((await frames.next()).done).toBe(true);
    process.stdout.write(`the stream ended ${Math.round(performance.now() - since)} ms after the sign-out\n`);
  });
});

it('goes on after the last event when its gateway restarts, as EventSource does', async () => {
  const body = { query: ALL, variables: { after: await liveCursor(bruno) } };
  const feed = await EventFeed.open(gateway(0), bruno.accessToken, body);
  await reply('Primeira.');
  expect(await feed.next()).toMatchObject({
    event: 'next',
    id: expect.any(String),
    data: { data: { ticketsChanged: { type: 'COMMENTED' } } },
  });
  const restarted = stack.process('gateway').restart();
  expect(await feed.next()).toBeNull();
  expect(feed.retry).toBeGreaterThan(0);
  await reply('Segunda.');
  await restarted;
  await reply('Terceira.');
  // The request is the same as before, its `after` included: the header wins.
  const again = await EventFeed.open(gateway(0), bruno.accessToken, body, feed.lastEventId);
  const [second, third] = [await again.next(), await again.next()];
  expect([second?.data.data.ticketsChanged.cursor, third?.data.data.ticketsChanged.cursor]).toEqual([second?.id, third?.id]);
  await reply('Quarta.');
  const fourth = await again.next();
  expect(new Set([feed.lastEventId, second?.id, third?.id, fourth?.id]).size).toBe(4);
  again.close();
}, 60_000);
