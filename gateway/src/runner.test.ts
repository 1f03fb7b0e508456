import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { accept } from './acceptance.ts';
import { LIMITS } from './limits.ts';
import { Runner } from './runner.ts';
import { buildCaller, startToyGraph, type ToyGraph } from './testing/toy-gateway.ts';
import { ANA } from './testing/toy-persons.ts';

// The compiled plan against Apollo's own executor: the same operation must give the same bytes and the same errors.

let graph: ToyGraph;
beforeAll(async () => {
  graph = await startToyGraph({ introspection: true });
  graph.data.events.set('evt_1', { id: 'evt_1', ticketId: 'tkt_1', type: 'REPLIED', position: 7 });
});
afterAll(() => graph.stop());
afterEach(() => {
  graph.identity.mood = 'well';
  graph.tickets.mood = 'well';
});

async function both(query: string, variables: Record<string, unknown> = {}) {
  const accepted = accept(graph.supergraph, { query, variables }, { ...LIMITS, aliases: 100 });
  if (!('operation' in accepted)) throw new Error(JSON.stringify(accepted));
  const planned = await graph.supergraph.plan(accepted.operation, variables);
  const runner = new Runner(graph.services);
  const event = { __typename: 'TicketEvent', id: 'evt_1', matches: false };
  const run = { ...accepted, supergraph: graph.supergraph, planned, caller: buildCaller({ viewer: ANA }), event };
  if (!planned.program) throw new Error('not compiled');
  return { ours: await runner.run(run), stock: await runner.runStock(run) };
}

const errorsOf = (errors: readonly { path?: readonly unknown[]; extensions?: Record<string, unknown> }[]) =>
  errors.map(({ path, extensions }) => `${JSON.stringify(path)} ${extensions?.code}`).sort();

const OPERATIONS: [string, string, Record<string, unknown>?][] = [
  ['one service', '{ ticket(id: "tkt_1") { id number subject status } }'],
  ['nothing there', '{ ticket(id: "tkt_none") { id requester { name } } }'],
  [
    'a page over two services',
    '{ tickets(first: 4) { total edges { cursor node { number requester { name organization { code } } watchers { id name } } } pageInfo { hasNextPage endCursor } } }',
  ],
  [
    'aliases and repeated fields',
    '{ a: ticket(id: "tkt_1") { n: number number r: requester { name } } b: ticket(id: "tkt_2") { requester { name } requester { email id } } }',
  ],
  [
    'fragments, merged',
    'query { ticket(id: "tkt_1") { ...A ... on Ticket { requester { ...C } } } } fragment A on Ticket { number requester { id } } fragment C on Contact { name }',
  ],
  [
    'a union with typenames',
    '{ find(text: "1", first: 3) { __typename ... on Ticket { number requester { name } } ... on Comment { body author { name email } ticket { subject } } } }',
  ],
  [
    'an interface',
    'query N($id: ID!) { node(id: $id) { __typename id ... on Contact { name } ... on Ticket { number } } }',
    { id: 'con_ana' },
  ],
  ['an interface, unknown id', '{ node(id: "zzz") { __typename id } }'],
  [
    'sections of several services',
    'query S($t: String!) { search(text: $t) { __typename text tickets(first: 2) { number } contacts { name } } other: search(text: "bru") { contacts(first: 1) { id } } }',
    { t: 'a' },
  ],
  ['typenames of roots and objects', '{ __typename t: __typename ticket(id: "tkt_1") { __typename requester { __typename name } } }'],
  [
    'conditions',
    'query Q($x: Boolean! = true) { ticket(id: "tkt_1") { number @include(if: $x) requester @skip(if: $x) { name } } viewer @include(if: false) { name } }',
  ],
  [
    'variables in both services',
    'query Q($id: ID!, $n: Int) { ticket(id: $id) { comments(first: $n) { edges { node { author { name } } } } } }',
    { id: 'tkt_1', n: 2 },
  ],
  ['an error of one field', '{ ticket(id: "tkt_1") { watchers { name email } } }'],
  [
    'objects of one service in two places, each with its errors',
    'query Q($n: Int!) { tickets(first: $n) { edges { node { requester { id name email } watchers { email organization { code } } } } } }',
    { n: 4 },
  ],
  ['a mutation', 'mutation { rename(id: "tkt_3", subject: "same") { ticket { subject requester { name } } } }'],
  ['a mutation that fails', 'mutation { rename(id: "tkt_none", subject: "x") { ticket { subject } } }'],
  [
    'a chain of references',
    '{ tickets(first: 2) { edges { node { comments(first: 1) { edges { node { ticket { requester { organization { code } } } } } } tags { name ticket { requester { name } } } } } } }',
  ],
  [
    'names that every object inherits',
    '{ constructor: ticket(id: "tkt_1") { toString: number valueOf: requester { hasOwnProperty: name } } }',
  ],
  ['a subscription', 'subscription { x: ticketChanged(ticketId: "tkt_1") { m: matches id type ticket { number requester { name } } } }'],
  ['introspection', '{ __schema { queryType { name } } t: __type(name: "Ticket") { name } ticket(id: "tkt_1") { number } }'],
];

test('a service is asked once for what is wanted of it side by side', async () => {
  const [, query, variables] = OPERATIONS.find(([name]) => name.startsWith('objects of one service')) ?? ['', ''];
  graph.identity.calls.length = 0;
  await both(query, variables);
  const [ours, ...stock] = graph.identity.calls;
  expect(ours).toBe(
    'query Q__identity__1($_0:[_Any!]!$_1:[_Any!]!){_0:_entities(representations:$_0){...on Contact{name email}}_1:_entities(representations:$_1){...on Contact{email organization{code}}}}',
  );
  expect(stock).toHaveLength(2);
});

test('where only one of them wants something, only that is asked', async () => {
  graph.identity.calls.length = 0;
  await both('{ ticket(id: "tkt_4") { requester { name } watchers { email } } }');
  const none = { ...graph.data.tickets.get('tkt_4'), watcherIds: [] };
  graph.data.tickets.set('tkt_4', none as never);
  await both('{ ticket(id: "tkt_4") { requester { name } watchers { email } } }');
  expect(graph.identity.calls.map((call) => call.split('{', 1)[0])).toEqual([
    'query($_0:[_Any!]!$_1:[_Any!]!)',
    'query($representations:[_Any!]!)',
    'query($representations:[_Any!]!)',
    'query($representations:[_Any!]!)',
    'query($representations:[_Any!]!)',
  ]);
});

describe('the compiled plan and the stock executor agree on', () => {
  test.each(OPERATIONS)('%s', async (_name, query, variables = {}) => {
    const { ours, stock } = await both(query, variables);
    expect(JSON.stringify(ours.data)).toBe(JSON.stringify(stock.data));
    expect(errorsOf(ours.errors)).toEqual(errorsOf(stock.errors));
  });

  test.each(OPERATIONS.slice(0, 15))('%s, with identity down', async (_name, query, variables = {}) => {
    graph.identity.mood = 'fails';
    const { ours, stock } = await both(query, variables);
    expect(JSON.stringify(ours.data)).toBe(JSON.stringify(stock.data));
    // Apollo's executor places one error per asked object, also where two equal ones were asked for.
    expect(new Set(errorsOf(ours.errors))).toEqual(new Set(errorsOf(stock.errors)));
  });
});
