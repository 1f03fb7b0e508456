import { expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { schemaChanges } from './schema-changes.ts';

const before = buildSchema(`
  enum Status { OPEN CLOSED }
  union Hit = Ticket | Tag
  interface Node { id: ID! }
  type Ticket implements Node { id: ID!, subject: String!, old: Int }
  type Tag { name: String! }
  input Filter { text: String }
  type Query { tickets(filter: Filter, first: Int = 10): [Ticket!]!, find: Hit }
`);

test('one line for each place where two schemas differ', () => {
  const after = buildSchema(`
    enum Status { OPEN PENDING }
    union Hit = Ticket | Note
    type Ticket { id: ID!, subject: String, old: Int @deprecated, colour(of: String!): String }
    type Note { text: String! }
    input Filter { text: String!, since: String = "now" }
    type Query { tickets(filter: Filter, first: Int = 20): [Ticket!]!, find: Hit }
  `);
  expect(schemaChanges(before, after).map(({ sign, what }) => `${sign} ${what}`)).toEqual([
    '+ Filter.since: String = "now"',
    '~ Filter.text: String → String!',
    '+ Hit.Note',
    '- Hit.Tag',
    '- Node',
    '+ Note',
    '+ Note.text: String!',
    '~ Query.tickets(first:): Int = 10 → Int = 20',
    '- Status.CLOSED',
    '+ Status.PENDING',
    '- Tag',
    '~ Ticket implements Node → ',
    '+ Ticket.colour: String',
    '+ Ticket.colour(of:): String!',
    '~ Ticket.old: Int → Int @deprecated',
    '~ Ticket.subject: String! → String',
  ]);
});

test('nothing where nothing changed, everything where nothing was', () => {
  expect(schemaChanges(before, before)).toEqual([]);
  expect(schemaChanges(null, before).every(({ sign }) => sign === '+')).toBe(true);
});
