import { describe, expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { operationBreaks } from './operation-breaks.ts';

const SDL = `
  enum Status { OPEN CLOSED }
  input Filter { status: Status, text: String, nested: Filter }
  interface Node { id: ID! }
  type Ticket implements Node { id: ID!, subject: String!, size: Int, status: Status! }
  union Hit = Ticket | Tag
  type Tag { name: String! }
  type Query { ticket(id: ID!, form: String): Ticket, tickets(filter: Filter, statuses: [Status!]): [Ticket!]!, find: [Hit!]!, node: Node }
`;
const before = buildSchema(SDL);

/** What breaks an operation when a part of the schema becomes another. */
function breaksOf(operation: string, from: string, to: string) {
  const changed = SDL.replace(from, to);
  expect(changed).not.toBe(SDL);
  return operationBreaks(operation, before, buildSchema(changed));
}
const placesOf = (operation: string, from: string, to: string) => breaksOf(operation, from, to).map(({ at }) => at);

const ONE = '{ticket(id:""){subject}}';
const LITERAL = '{tickets(filter:{status:OPEN}){id}}';
const VARIABLE = 'query($v1:Filter){tickets(filter:$v1){id}}';

describe('breaks', () => {
  const cases: [string, string, string, string, string][] = [
    ['a field that is gone', ONE, ' subject: String!,', '', 'Ticket.subject'],
    ['a field that may be null now', ONE, 'subject: String!', 'subject: String', 'Ticket.subject'],
    ['a field of another scalar', ONE, 'subject: String!', 'subject: ID!', 'Ticket.subject'],
    ['a field that is a list now', ONE, 'subject: String!', 'subject: [String!]!', 'Ticket.subject'],
    ['an argument that is gone', '{ticket(id:"",form:""){id}}', ', form: String)', ')', 'Query.ticket(form:)'],
    ['an argument of another type', '{ticket(id:"",form:""){id}}', 'form: String', 'form: Int', 'Query.ticket(form:)'],
    ['an argument that is new and required', ONE, 'form: String', 'form: String, size: Int!', 'Query.ticket'],
    [
      'a variable whose argument must not be null any more',
      'query($v1:String){ticket(id:"",form:$v1){id}}',
      'form: String',
      'form: String!',
      '',
    ],
    ['an enum value that is written out', LITERAL, 'OPEN CLOSED', 'CLOSED', 'Status.OPEN'],
    ['an enum value that may come by variable', 'query($v1:Status!){tickets(statuses:[$v1]){id}}', 'OPEN CLOSED', 'CLOSED', 'Status.OPEN'],
    ['an enum value inside an input by variable', VARIABLE, 'OPEN CLOSED', 'OPEN', 'Status.CLOSED'],
    ['an input field that is written out', LITERAL, 'status: Status, text', 'text', 'Filter.status'],
    ['an input field that may come by variable', VARIABLE, ', text: String', '', 'Filter.text'],
    ['an input field of another type, by variable', VARIABLE, 'text: String', 'text: Int', 'Filter.text'],
    ['an input field that must be given now', VARIABLE, 'text: String', 'text: String!', 'Filter.text'],
    [
      'an input field that is new and required, in a literal',
      LITERAL,
      'text: String',
      'text: String, organization: ID!',
      'Query.tickets(filter:)',
    ],
    [
      'an input field that is new and required, by variable',
      VARIABLE,
      'text: String',
      'text: String, organization: ID!',
      'Filter.organization',
    ],
    ['a type that left its union', '{find{...on Tag{name}}}', 'Ticket | Tag', 'Ticket', ''],
    ['a type that left its interface', '{node{...on Ticket{subject}}}', 'Ticket implements Node', 'Ticket', ''],
    ['a type of a variable that is gone', VARIABLE, 'input Filter', 'input Other', ''],
  ];
  test.each(cases)('%s', (_, operation, from, to, at) => {
    const changed = from === 'input Filter' ? [SDL, SDL.replaceAll('Filter', 'Other')] : [SDL, SDL.replace(from, to)];
    expect(changed[1]).not.toBe(SDL);
    const places = operationBreaks(operation, before, buildSchema(changed[1]!)).map((one) => one.at);
    expect(places).not.toEqual([]);
    if (at) expect(places).toContain(at);
  });
});

describe('breaks nothing', () => {
  const cases: [string, string, string, string][] = [
    ['what is new', ONE, 'size: Int', 'size: Int, colour: String'],
    ['what the operation does not use', ONE, ', size: Int', ''],
    ['an enum value that only answers', '{ticket(id:""){status}}', 'OPEN CLOSED', 'CLOSED'],
    ['an argument that is new and optional', ONE, 'form: String', 'form: String, size: Int'],
    ['an argument that is new and required, with a default', ONE, 'form: String', 'form: String, size: Int! = 3'],
    ['an input field that is new and optional', VARIABLE, 'text: String', 'text: String, size: Int'],
    ['a field that is never null any more', '{ticket(id:""){size}}', 'size: Int', 'size: Int!'],
    ['a type that left its union unasked', '{find{...on Ticket{id}}}', 'Ticket | Tag', 'Ticket'],
    ['an argument that takes a list now', '{ticket(id:"",form:""){id}}', 'form: String', 'form: [String!]'],
    ['an input field that takes more, by variable', VARIABLE, 'text: String', 'text: [String!]'],
  ];
  test.each(cases)('%s', (_, operation, from, to) => {
    expect(breaksOf(operation, from, to)).toEqual([]);
  });

  test('an operation that was broken before', () => {
    expect(breaksOf('{ticket(id:""){subject nothing}}', ' subject: String!,', '')).toEqual([]);
    expect(breaksOf('{ticket(', ' subject: String!,', '')).toEqual([]);
  });

  test('a value that the normal form emptied, with the variable in it', () => {
    expect(breaksOf('query($v1:String){ticket(id:""){subject}}', 'size: Int', 'size: Int!')).toEqual([]);
  });
});

test('every break is told once, with its place and its reason', () => {
  expect(breaksOf('{a:ticket(id:""){subject}b:ticket(id:""){subject}}', 'subject: String!', 'subject: String')).toEqual([
    { at: 'Ticket.subject', why: 'was String! and is String' },
  ]);
  expect(placesOf(`{ticket(id:""){subject size}}`, ' subject: String!, size: Int,', '')).toEqual(['Ticket.subject', 'Ticket.size']);
});
