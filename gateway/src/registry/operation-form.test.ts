import { describe, expect, test } from '@jest/globals';
import { buildSchema, Kind, parse, validate } from 'graphql';
import { operationForm } from './operation-form.ts';

const schema = buildSchema(`
  scalar JSON
  enum Status { OPEN CLOSED }
  input Filter { status: [Status!], text: String, nested: Filter, since: Float, extra: JSON }
  interface Node { id: ID! }
  type Ticket implements Node { id: ID!, subject: String!, comments(first: Int!): [Comment!]! }
  type Comment implements Node { id: ID!, body(html: Boolean): String! }
  type Query { ticket(id: ID!): Ticket, tickets(filter: Filter, first: Int): [Ticket!]!, node(id: ID!): Node }
  type Mutation { answer(value: JSON!, tags: [String!]): Ticket }
`);

function formOf(source: string) {
  const document = parse(source);
  const [operation] = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const form = operationForm(schema, document, operation as never);
  expect(validate(schema, document)).toEqual([]);
  const [again] = parse(form.document).definitions;
  expect(operationForm(schema, parse(form.document), again as never).document).toBe(form.document);
  return form;
}
const textOf = (source: string) => formOf(source).document;

describe('the normal form of an operation', () => {
  test('has no value in it: of literals, defaults, lists and custom scalars', () => {
    const secret = 'CPF 123.456.789-09';
    const source = `query ($s: String = "${secret}") {
      ticket(id: "${secret}") { comments(first: 77) { body(html: true) } }
      tickets(filter: { text: "${secret}", since: 1.5, nested: { text: $s }, extra: { ${'cpf12345678909'}: "${secret}" } }) { id }
    }`;
    const text = textOf(source);
    expect(text).not.toMatch(/123|77|1\.5|true/);
    expect(text).toBe(
      'query($v1:String=""){ticket(id:""){comments(first:0){body(html:false)}}tickets(filter:{text:"" since:0 nested:{text:$v1}extra:""}){id}}',
    );
    expect(textOf(`mutation { answer(value: [{ a: 1 }, 2], tags: ["${secret}", "other"]) { id } }`)).toBe(
      'mutation{answer(value:"" tags:[""]){id}}',
    );
  });

  test('numbers what its author named', () => {
    expect(
      textOf(`query Page($cpf: ID!) { johns: ticket(id: $cpf) { ...Johns id: id } other: ticket(id: $cpf) { id } }
        fragment Johns on Ticket { johns: subject ...More } fragment More on Ticket { id }`),
    ).toBe(
      'query($v1:ID!){_a1:ticket(id:$v1){...F1 id}_a2:ticket(id:$v1){id}}fragment F1 on Ticket{_a1:subject ...F2}fragment F2 on Ticket{id}',
    );
  });

  test('is the same for the same operation with other values and names', () => {
    expect(textOf('query A { x: ticket(id: "1") { id } }')).toBe(textOf('query B { y: ticket(id: "2") { id } }'));
    expect(textOf('{ ticket(id: 5) { id } }')).toBe(textOf('{ ticket(id: "5") { id } }'));
  });

  test('takes one operation of several, with its own fragments only', () => {
    expect(
      textOf(
        'query A { ticket(id: 1) { ...X } } query B { ticket(id: 1) { ...Y } } fragment X on Ticket { id } fragment Y on Ticket { subject }',
      ),
    ).toBe('{ticket(id:""){...F1}}fragment F1 on Ticket{id}');
  });

  test('can be checked against a schema as the operation can', () => {
    const { document } = formOf(
      'query ($a: JSON!, $s: Status!) { tickets(filter: { status: [$s, OPEN, OPEN], extra: "" }) { id } t: tickets(filter: { extra: $a }) { id } }',
    );
    expect(validate(schema, parse(document))).toEqual([]);
  });

  test('tells what of the schema it uses', () => {
    expect(
      formOf(
        'query ($f: Filter, $n: Int) { tickets(filter: $f, first: $n) { ... on Node { id } __typename } t: tickets(filter: { status: OPEN }) @skip(if: true) { subject } }',
      ).uses,
    ).toEqual([
      'Filter',
      'Filter.status',
      'Node.id',
      'Query.tickets',
      'Query.tickets(filter:)',
      'Query.tickets(first:)',
      'Status.OPEN',
      'Ticket.subject',
    ]);
  });
});
