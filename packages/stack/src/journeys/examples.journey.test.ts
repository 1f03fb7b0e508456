import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { repositoryRoot } from '../repository.ts';
import type { Stack } from '../stack.ts';
import { withStack } from '../testing/with-stack.ts';
import { type Example, emptyPlaces, faultsOf, kindOf, readExamples } from './examples.ts';
import { clientKey } from './filling.ts';
import { type Person, Portal } from './portal.ts';

const examples = readExamples(join(repositoryRoot, 'examples'));

let stack: Stack;
let portal: Portal;
const people = new Map<string, Promise<Person>>();
withStack((started) => {
  stack = started;
  portal = new Portal(stack.url);
});

function as(email: string): Promise<Person> {
  const person = people.get(email) ?? portal.as(email);
  people.set(email, person);
  return person;
}

/** What a new front end does, in the order of the files: each changes what the next ones see. */
describe('the examples', () => {
  it('are what the explorer offers', async () => {
    const offered = await (await fetch(`${stack.url}/explorer/examples.json`)).json();
    expect(offered).toEqual(examples.map(({ variables, ...example }) => ({ ...example, variables: expect.any(String) })));
    expect(examples.length).toBeGreaterThan(15);
  });

  it.each(examples.map((example) => [example.name, example] as const))(
    '%s answers, without a fault and without an empty list',
    async (_, example) => {
      const answer = kindOf(parse(example.query)) === 'subscription' ? await pushed(example) : await asked(example);
      expect(faultsOf(answer)).toEqual([]);
      expect(emptyPlaces(answer.data)).toEqual([]);
    },
  );
});

it('are stored documents: the SHA-256 of one is as good as its text', async () => {
  const [signIn] = examples;
  const documentId = `sha256:${createHash('sha256')
    .update(signIn?.query ?? '')
    .digest('hex')}`;
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ documentId, variables: signIn?.variables });
  const answer = await fetch(`${stack.url}/graphql`, { method: 'POST', headers, body });
  expect(await answer.json()).toMatchObject({ data: { signIn: { errors: [] } } });
});

async function asked({ as: email, query, variables }: Example) {
  return email ? (await as(email)).ask(query, variables) : portal.ask(query, variables);
}

/** The first push after an analyst wrote on the ticket that is watched, or on one that every list of Carla's has. */
async function pushed({ as: email, query, variables }: Example) {
  const watch = (await as(email ?? '')).watch(query, variables);
  await watch.open;
  const carla = await as('carla@support.example');
  const ticketId =
    variables.ticketId ??
    (await carla.get('{ tickets(filter: { awaiting: SUPPORT }, first: 1) { edges { node { id } } } }')).tickets.edges[0].node.id;
  await carla.get('mutation ($input: TicketMessageInput!) { replyToTicket(input: $input) { errors { code } } }', {
    input: { clientKey: clientKey(), ticketId, body: 'Estamos verificando.' },
  });
  try {
    return { data: await watch.next(10_000) };
  } finally {
    await watch.close();
  }
}
