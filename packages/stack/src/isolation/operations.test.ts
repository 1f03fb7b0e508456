import { expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { operationsOf, withId } from './operations.ts';

const schema = buildSchema(`
  type Query { ticket(id: ID!): Ticket  tickets(filter: Filter, first: Int): Connection }
  type Mutation { open(input: Open!): Ticket }
  type Ticket { id: ID! owner: Person  actor: Actor others(first: Int): Connection  secret(key: String!): String }
  type Connection { edges: [Edge!]! }
  type Edge { node: Ticket }
  type Person { name: String }
  type Robot { name: Int! }
  union Actor = Person | Robot
  input Filter { owner: ID  deep: Deep }
  input Deep { ids: [ID!]  note: String! }
  input Open { clientKey: String!  onBehalf: Deep }
`);

it('makes one operation per root field, fills what is required, and names every place for an id, nested ones too', () => {
  const operations = operationsOf(schema);
  expect(operations.map(({ field, idPaths }) => [field, idPaths.map((path) => path.join('.'))])).toEqual([
    ['ticket', ['id']],
    ['tickets', ['filter.owner', 'filter.deep.ids.0']],
    ['open', ['input.onBehalf.ids.0']],
  ]);
  expect(operations[0]?.document).toContain('owner { __typename name }');
  expect(operations[0]?.document).toContain(
    'actor { __typename ... on Person { __typename Person_name: name } ... on Robot { __typename Robot_name: name } }',
  );
  expect(operations[0]?.document).not.toContain('secret');
  expect(operations[1]?.variables).toEqual({ filter: null, first: 2 });
});

it('puts an id at a path and makes the optional objects on the way', () => {
  const [, tickets, open] = operationsOf(schema);
  expect(withId(schema, tickets!, ['filter', 'deep', 'ids', '0'], 'X')).toEqual({
    filter: { owner: null, deep: { ids: ['X'], note: 'x' } },
    first: 2,
  });
  expect(withId(schema, open!, ['input', 'onBehalf', 'ids', '0'], 'X')).toEqual({
    input: { clientKey: 'isolation-key', onBehalf: { ids: ['X'], note: 'x' } },
  });
});
