import { readFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import { Supergraph as ApolloSupergraph, operationFromDocument, printSchema } from '@apollo/federation-internals';
import { buildOperationContext, executeQueryPlan } from '@apollo/gateway';
import { QueryPlanner } from '@apollo/query-planner';
import { ApolloServer, HeaderMap } from '@apollo/server';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { CloseCode, handleProtocols, makeServer } from 'graphql-ws';
import { composeSupergraph } from './composition.ts';
import { TOY_SERVICES } from './testing/toy-sdl.ts';

// What we build on must keep its form: a new version of Apollo's packages that moves any of this fails here first.

describe("Apollo's packages", () => {
  test('are all of one version, above their security floors', () => {
    const versionOf = (name: string) =>
      JSON.parse(readFileSync(new URL(`../../node_modules/${name}/package.json`, import.meta.url), 'utf8')).version as string;
    const together = ['@apollo/gateway', '@apollo/composition', '@apollo/query-planner', '@apollo/federation-internals'].map(versionOf);
    expect(new Set(together).size).toBe(1);
    const atLeast = (version: string, floor: string) => version.localeCompare(floor, undefined, { numeric: true }) >= 0;
    expect([atLeast(together[0] ?? '', '2.13.2'), atLeast(versionOf('@apollo/server'), '5.4.0')]).toEqual([true, true]);
  });

  test.each([
    ['composeServices', composeServices, 1],
    ['operationFromDocument', operationFromDocument, 3],
    ['printSchema', printSchema, 1],
    ['buildOperationContext', buildOperationContext, 1],
    ['executeQueryPlan', executeQueryPlan, 7],
  ])('export %s', (_name, used, parameters) => {
    expect([typeof used, used.length]).toEqual(['function', parameters]);
  });

  test('build a supergraph, its public schema and plans in the form that program.ts reads', () => {
    const supergraph = ApolloSupergraph.build(composeSupergraph(TOY_SERVICES), { validateSupergraph: true });
    const apiSchema = supergraph.apiSchema();
    const planner = new QueryPlanner(supergraph, { reuseQueryFragments: false });
    const plan = (source: string) => planner.buildQueryPlan(operationFromDocument(apiSchema, parse(source)));
    expect(plan('{ ticket(id: "tkt_1") { number requester { name } } }')).toEqual({
      kind: 'QueryPlan',
      node: {
        kind: 'Sequence',
        nodes: [
          expect.objectContaining({
            kind: 'Fetch',
            serviceName: 'tickets',
            variableUsages: [],
            operationKind: 'query',
            operation: '{ticket(id:"tkt_1"){number requester{__typename id}}}',
          }),
          {
            kind: 'Flatten',
            path: ['ticket', 'requester'],
            node: expect.objectContaining({
              kind: 'Fetch',
              serviceName: 'identity',
              requires: [
                {
                  kind: 'InlineFragment',
                  typeCondition: 'Contact',
                  selections: [
                    { kind: 'Field', name: '__typename' },
                    { kind: 'Field', name: 'id' },
                  ],
                },
              ],
            }),
          },
        ],
      },
    });
    expect(plan('subscription { ticketChanged(ticketId: "1") { matches type } }').node).toMatchObject({
      kind: 'Subscription',
      primary: { kind: 'Fetch', serviceName: 'live' },
      rest: { kind: 'Sequence', nodes: [{ kind: 'Flatten', path: ['ticketChanged'] }] },
    });
  });

  test('Apollo Server runs a request for us and lets itself be stopped', () => {
    for (const method of ['start', 'stop', 'executeHTTPGraphQLRequest'] as const)
      expect(typeof ApolloServer.prototype[method]).toBe('function');
    expect([...new HeaderMap([['a', 'b']])]).toEqual([['a', 'b']]);
  });
});

test('graphql-ws keeps its close codes and its bare server', () => {
  expect([CloseCode.Unauthorized, CloseCode.Forbidden, CloseCode.BadRequest, CloseCode.TooManyInitialisationRequests]).toEqual([
    4401, 4403, 4400, 4429,
  ]);
  expect([typeof makeServer({}).opened, handleProtocols('graphql-transport-ws')]).toEqual(['function', 'graphql-transport-ws']);
});
