import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { LIMITS } from './limits.ts';
import { HOSTILE } from './testing/hostile.ts';
import { buildCaller, startToyGraph, type ToyGraph } from './testing/toy-gateway.ts';

let graph: ToyGraph;
let development: ToyGraph;
beforeAll(async () => {
  [graph, development] = await Promise.all([startToyGraph(), startToyGraph({ introspection: true })]);
});
afterAll(() => Promise.all([graph.stop(), development.stop()]));

const run = (query: string, variables = {}, where = graph) => where.executor.execute({ query, variables, caller: buildCaller() });

describe('every limit refuses before anything is asked of a service', () => {
  test.each(HOSTILE)('$name', async ({ query, variables, code, message }) => {
    const { data, errors } = await run(query, variables);
    expect(data).toBeUndefined();
    expect(errors?.[0]).toMatchObject({ message: expect.stringMatching(message), extensions: { code, requestId: 'req_test' } });
    expect([graph.tickets.calls, graph.identity.calls]).toEqual([[], []]);
  });
});

describe('what stays within the limits passes', () => {
  test.each([
    [
      'as many aliases as are allowed',
      `{ ticket(id: "tkt_1") { ${Array.from({ length: LIMITS.aliases }, (_, at) => `a${at}: number`).join(' ')} } }`,
    ],
    ['as many root fields as are allowed', `{ ${Array.from({ length: LIMITS.rootFields }, () => 'slow').join(' ')} }`],
    ['five directives', '{ ticket(id: "tkt_1") { number @skip(if: false) @include(if: true) } }'],
    ['the largest page', '{ tickets(first: 100) { edges { node { number subject requester { name } } } } }'],
    [
      'ten levels',
      '{ tickets(first: 1) { edges { node { comments(first: 1) { edges { node { author { organization { code } } } } } } } } }',
    ],
  ])('%s', async (_name, query) => {
    expect((await run(query)).errors).toBeUndefined();
  });

  test('a page size is charged even where it is a variable, and a list never counts as nothing', async () => {
    const query = 'query Q($n: Int!) { tickets(first: $n) { edges { node { number } } } }';
    const cost = async (n: number) => (await run(query, { n })).extensions?.cost;
    expect([await cost(1), await cost(10), await cost(100)]).toEqual([4, 31, 301]);
  });

  test('the larger of first and last is charged', async () => {
    const query = 'query Q($f: Int, $l: Int) { tickets(first: $f, last: $l) { edges { node { number } } } }';
    expect((await run(query, { f: 2, l: 50 })).extensions?.cost).toBe(1 + 50 * 3);
    expect((await run(query, { f: 2 })).extensions?.cost).toBe(1 + 2 * 3);
  });
});

describe('introspection in development', () => {
  test('answers the standard query from the public schema only', async () => {
    const { data, errors } = await run(getIntrospectionQuery(), {}, development);
    expect(errors).toBeUndefined();
    const text = JSON.stringify(data);
    expect(text).toContain('ticketsChanged');
    expect(text).not.toMatch(/_ticketEventAudience|EventFeed|join__|_Entity/);
  });

  test('has a depth of its own', async () => {
    const deep = `{ __schema { types { ${'ofType { '.repeat(15)} name ${'} '.repeat(15)} } } }`;
    expect((await run(deep, {}, development)).errors).toMatchObject([{ extensions: { code: 'TOO_COMPLEX' } }]);
  });
});

describe('planning', () => {
  test('has a budget; the thread that exceeds it is thrown away and the next operation gets a new one', async () => {
    const hasty = await startToyGraph({ limits: { planning: 0 } });
    const { errors } = await run('{ ticket(id: "tkt_1") { number } }', {}, hasty);
    expect(errors).toMatchObject([{ extensions: { code: 'TOO_COMPLEX' } }]);
    expect((await run('{ ticket(id: "tkt_1") { number } }', {}, hasty)).errors).toMatchObject([{ extensions: { code: 'TOO_COMPLEX' } }]);
    await hasty.stop();
  });

  test('has room for so many; one more is told to come back', async () => {
    const narrow = await startToyGraph({ limits: { plansWaiting: 1 } });
    const results = await Promise.all([1, 2, 3, 4].map((n) => run(`{ ticket(id: "tkt_${n}") { number } }`, {}, narrow)));
    const codes = results.map(({ errors }) => errors?.[0]?.extensions.code ?? 'planned');
    expect(codes.sort()).toEqual(['RATE_LIMITED', 'RATE_LIMITED', 'planned', 'planned']);
    expect((await run('{ ticket(id: "tkt_4") { number } }', {}, narrow)).data).toEqual({ ticket: { number: '4' } });
    await narrow.stop();
  });
});
