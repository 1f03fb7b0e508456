import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Request } from './execute.ts';
import { buildCaller, startToyGraph, type ToyGraph } from './testing/toy-gateway.ts';
import { ANA } from './testing/toy-persons.ts';

let graph: ToyGraph;
beforeAll(async () => {
  graph = await startToyGraph();
});
afterAll(() => graph.stop());
afterEach(() => {
  graph.tickets.mood = 'well';
  graph.identity.mood = 'well';
});
beforeEach(() => {
  graph.tickets.calls.length = 0;
  graph.identity.calls.length = 0;
});

const run = (query: string, variables: Request['variables'] = {}, more: Partial<Request> = {}) =>
  graph.executor.execute({ query, variables, caller: buildCaller(), ...more });

describe('one operation over two services', () => {
  test('joins fields of both, each equal object asked for once', async () => {
    const result = await run(
      'query Q($n: Int!) { tickets(first: $n) { edges { node { number requester { name organization { code } } } } } }',
      { n: 4 },
    );
    expect(result.errors).toBeUndefined();
    const ana = { name: 'ana', organization: { code: 'ACME01' } };
    const bruno = { name: 'bruno', organization: { code: 'ACME01' } };
    const node = (number: string, requester: object) => ({ node: { number, requester } });
    expect(result.data).toEqual({ tickets: { edges: [node('1', ana), node('2', bruno), node('3', ana), node('4', bruno)] } });
    expect([graph.tickets.calls.length, graph.identity.calls.length]).toEqual([1, 1]);
  });

  test('answers fields in the order of the operation, without what the plan needed beside them', async () => {
    const { data } = await run('{ ticket(id: "tkt_1") { requester { name } subject number } }');
    expect(JSON.stringify(data)).toBe('{"ticket":{"requester":{"name":"ana"},"subject":"ticket 1","number":"1"}}');
  });

  test('runs a mutation and reads its object', async () => {
    const { data } = await run('mutation { rename(id: "tkt_2", subject: "new") { ticket { subject requester { name } } } }');
    expect(data).toEqual({ rename: { ticket: { subject: 'new', requester: { name: 'bruno' } } } });
  });

  test('decides @skip and @include before planning', async () => {
    const query =
      'query Q($more: Boolean = false) { ticket(id: "tkt_1") { number requester @include(if: $more) { name } subject @skip(if: true) } }';
    expect((await run(query)).data).toEqual({ ticket: { number: '1' } });
    expect(graph.identity.calls).toEqual([]);
    expect((await run(query, { more: true })).data).toEqual({ ticket: { number: '1', requester: { name: 'ana' } } });
  });

  test('an object of which everything was skipped is an empty object', async () => {
    expect((await run('{ ticket(id: "tkt_1") { number @skip(if: true) } }')).data).toEqual({ ticket: {} });
  });

  test('the operation is chosen by its name', async () => {
    const query = 'query A { ticket(id: "tkt_1") { number } } query B { ticket(id: "tkt_2") { number } }';
    expect((await run(query, {}, { operationName: 'B' })).data).toEqual({ ticket: { number: '2' } });
    expect((await run(query)).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test('the answer carries its cost', async () => {
    const { extensions } = await run('{ tickets(first: 20) { edges { node { number requester { name } } } } }');
    expect(extensions).toEqual({ cost: 1 + 20 * (1 + 1 + 1 + 1 + 1) });
  });
});

describe('node', () => {
  test('finds the owner by the prefix and the rest wherever it is', async () => {
    const query =
      'query N($id: ID!) { node(id: $id) { __typename id ... on Ticket { number requester { name } } ... on Contact { name } } }';
    expect((await run(query, { id: 'tkt_1' })).data).toEqual({
      node: { __typename: 'Ticket', id: 'tkt_1', number: '1', requester: { name: 'ana' } },
    });
    expect((await run(query, { id: 'con_bruno' })).data).toEqual({ node: { __typename: 'Contact', id: 'con_bruno', name: 'bruno' } });
  });

  test.each(['tkt_none', 'nobody_1', '', 'constructor_1'])('%p does not exist, even where only its id is asked for', async (id) => {
    expect(await run('query N($id: ID!) { node(id: $id) { id } }', { id })).toEqual({ data: { node: null }, extensions: { cost: 2 } });
  });
});

describe('a subscription', () => {
  const query =
    'subscription S($id: ID!) { x: ticketChanged(ticketId: $id) { m: matches type cursor ticket { number requester { name } } } }';

  test('is executed for an event by the plan that Apollo makes of it', async () => {
    graph.data.events.set('evt_1', { id: 'evt_1', ticketId: 'tkt_1', type: 'REPLIED', position: 7 });
    const event = { __typename: 'TicketEvent', id: 'evt_1', matches: true };
    const { data, errors } = await run(query, { id: 'tkt_1' }, { event });
    expect(errors).toBeUndefined();
    expect(data).toEqual({ x: { m: true, type: 'REPLIED', cursor: 'ZTEuNw', ticket: { number: '1', requester: { name: 'ana' } } } });
  });

  test('is refused without one', async () => {
    expect((await run(query, { id: 'tkt_1' })).errors).toMatchObject(
      [{ message: /WebSocket/, extensions: { code: 'BAD_USER_INPUT' } }].map((e) => ({ ...e, message: expect.stringMatching(e.message) })),
    );
  });
});

describe('errors', () => {
  test('a service that is down costs its own fields only, each with its place', async () => {
    graph.identity.mood = 'fails';
    const { data, errors } = await run('{ ticket(id: "tkt_1") { number requester { name } watchers { name } } slow }');
    expect(data).toEqual({ ticket: { number: '1', requester: null, watchers: [null, null] }, slow: null });
    const error = { message: 'identity is not available now.', extensions: { code: 'DEPENDENCY_UNAVAILABLE', requestId: 'req_test' } };
    const paths = [['slow'], ['ticket', 'requester'], ['ticket', 'watchers', 0], ['ticket', 'watchers', 1]];
    expect(errors).toHaveLength(4);
    for (const path of paths) expect(errors).toContainEqual({ ...error, path });
  });

  test("a service's own error keeps its code and is placed wherever the object stands", async () => {
    const { data, errors } = await run('{ ticket(id: "tkt_1") { watchers { name email } } }');
    expect(data).toEqual({
      ticket: {
        watchers: [
          { name: 'carla', email: null },
          { name: 'ana', email: 'ana@acme.example' },
        ],
      },
    });
    expect(errors).toEqual([
      { message: 'no e-mail', path: ['ticket', 'watchers', 0, 'email'], extensions: { code: 'NOT_FOUND', requestId: 'req_test' } },
    ]);
  });

  test('an unexpected one says nothing of its cause', async () => {
    graph.tickets.mood = 'babbles';
    expect((await run('{ ticket(id: "tkt_1") { number } }')).errors).toMatchObject([{ extensions: { code: 'DEPENDENCY_UNAVAILABLE' } }]);
  });

  test('faults of the document come with their lines, in one list', async () => {
    const { data, errors } = await run('{ ticket(id: "tkt_1") { nope }\n  alsoNot }');
    expect(data).toBeUndefined();
    expect(errors?.map(({ locations, extensions }) => [locations?.[0]?.line, extensions.code])).toEqual([
      [1, 'BAD_USER_INPUT'],
      [2, 'BAD_USER_INPUT'],
    ]);
  });

  test('a variable of the wrong type is refused with its name', async () => {
    const { errors } = await run('query Q($id: ID!) { ticket(id: $id) { number } }', { id: { a: 1 } });
    expect(errors).toMatchObject([{ message: expect.stringContaining('$id'), extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test('refusals are said in the language of the caller', async () => {
    const refused = (language: 'pt-BR' | 'es') => run('{ tickets { total } }', {}, { caller: buildCaller({ language }) });
    expect((await refused('pt-BR')).errors).toMatchObject([
      { message: 'Query.tickets exige first ou last, de 1 a 100.', extensions: { code: 'FIRST_REQUIRED' } },
    ]);
    expect((await refused('es')).errors).toMatchObject([{ message: 'Query.tickets exige first o last, de 1 a 100.' }]);
  });
});

describe('what reaches a service', () => {
  test('is the viewer, signed, and an allow-list of headers', async () => {
    const caller = buildCaller({ viewer: ANA, language: 'es', requestId: 'req_12345678', traceparent: '00-a-b-01', address: '10.0.0.9' });
    await run('{ viewer { name } }', {}, { caller });
    expect(graph.identity.viewers.at(-1)).toEqual(ANA);
    const { authorization, ...headers } = graph.identity.headers.at(-1) ?? {};
    expect(authorization).toMatch(/^Bearer /);
    expect(headers).toEqual({
      'accept-language': 'es',
      'content-type': 'application/json',
      'x-request-id': 'req_12345678',
      traceparent: '00-a-b-01',
      'x-client-address': '10.0.0.9',
      host: expect.any(String),
      'content-length': expect.any(String),
    });
  });
});
