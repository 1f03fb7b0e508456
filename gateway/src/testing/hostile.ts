/** Operations that every limit refuses: the same over HTTP, over a socket and inside. */
export interface Hostile {
  name: string;
  query: string;
  variables?: Record<string, unknown>;
  code: string;
  message: RegExp;
}

const repeat = (count: number, part: (at: number) => string, between = ' ') =>
  Array.from({ length: count }, (_, at) => part(at)).join(between);
const deep = `{ ticket(id: "1") { ${'tags { ticket { '.repeat(5)} number ${'} } '.repeat(5)} } }`;

/** Each fragment spreads the next one twice: a thousand million fields in eight hundred tokens. */
const fragmentBomb = `{ ticket(id: "1") { ...F0 } } ${repeat(30, (at) => `fragment F${at} on Ticket { ...F${at + 1} ...F${at + 1} }`)} fragment F30 on Ticket { number subject }`;

const aliased = (count: number, field: (at: number) => string) => `{ ${repeat(count, (at) => `a${at}: ${field(at)}`)} }`;
const signIn = (at: number) => `enter(code: "${at}") { ticket { id } }`;

/** The same in 933 bytes: four million fields. */
const SMALL_BOMB = `{ ticket(id: "1") { ...A0 } } ${repeat(22, (at) => `fragment A${at} on Ticket { ...A${at + 1} ...A${at + 1} }`)} fragment A22 on Ticket { id }`;

export const HOSTILE: readonly Hostile[] = [
  { name: 'too many tokens', query: `{ ${repeat(2_001, () => '__typename')} }`, code: 'TOO_COMPLEX', message: /at most 2000 tokens/ },
  { name: 'too deep', query: deep, code: 'TOO_COMPLEX', message: /12 levels deep; at most 10/ },
  {
    name: 'too many aliases',
    query: `{ ticket(id: "1") { ${repeat(21, (at) => `a${at}: number`)} } }`,
    code: 'TOO_COMPLEX',
    message: /21 aliases; at most 20/,
  },
  {
    name: 'aliases hidden in fragments',
    query: `{ ticket(id: "1") { ...A tags { ticket { ...A } } } } fragment A on Ticket { ${repeat(11, (at) => `a${at}: number`)} }`,
    code: 'TOO_COMPLEX',
    message: /22 aliases/,
  },
  {
    name: 'too many root fields',
    query: `{ ${repeat(21, () => 'viewer { name }')} }`,
    code: 'TOO_COMPLEX',
    message: /21 root fields; at most 20/,
  },
  {
    name: 'too many directives in one place',
    query: `{ ticket(id: "1") { number ${repeat(6, () => '@skip(if: false)')} } }`,
    code: 'TOO_COMPLEX',
    message: /6 directives in one place; at most 5/,
  },
  {
    name: 'directives on a fragment spread',
    query: `{ ticket(id: "1") { ...A ${repeat(6, () => '@skip(if: false)')} } } fragment A on Ticket { number }`,
    code: 'TOO_COMPLEX',
    message: /6 directives/,
  },
  { name: 'a fragment bomb of 933 bytes', query: SMALL_BOMB, code: 'TOO_COMPLEX', message: /costs \d+; at most 5000/ },
  { name: 'ten thousand aliases', query: aliased(10_000, () => '__typename'), code: 'TOO_COMPLEX', message: /at most 2000 tokens/ },
  {
    name: 'five hundred sign-ins under aliases',
    query: `mutation ${aliased(500, signIn)}`,
    code: 'TOO_COMPLEX',
    message: /at most 2000 tokens/,
  },
  { name: 'twenty sign-ins under aliases', query: `mutation ${aliased(20, signIn)}`, code: 'TOO_COMPLEX', message: /only once/ },
  {
    name: 'a sign-in in a fragment, and another',
    query: `mutation { ...A ${signIn(1)} } fragment A on Mutation { ...B } fragment B on Mutation { b: ${signIn(2)} }`,
    code: 'TOO_COMPLEX',
    message: /only once/,
  },
  { name: 'six hundred levels', query: `${'{ ticket '.repeat(600)}${'}'.repeat(600)}`, code: 'TOO_COMPLEX', message: /levels deep/ },
  {
    name: 'lists in lists',
    query: `{ ticket(id: ${'['.repeat(900)}${']'.repeat(900)}) { id } }`,
    code: 'BAD_USER_INPUT',
    message: /ID cannot/,
  },
  {
    name: 'a string without an end in sight',
    query: `{ ticket(id: "${'x'.repeat(40_000)}") { id } }`,
    code: 'TOO_COMPLEX',
    message: /at most 32768/,
  },
  {
    name: 'a number of thirty thousand digits',
    query: `{ tickets(first: ${'9'.repeat(30_000)}) { total } }`,
    code: 'BAD_USER_INPUT',
    message: /Int cannot represent/,
  },
  {
    name: 'a page of a thousand million, as a float',
    query: '{ tickets(first: 1e9) { total } }',
    code: 'BAD_USER_INPUT',
    message: /Int cannot/,
  },
  {
    name: 'a page of a huge number by variable',
    query: 'query Q($n: Int) { tickets(first: $n) { total } }',
    variables: { n: 1e300 },
    code: 'BAD_USER_INPUT',
    message: /Int cannot represent/,
  },
  {
    name: 'variables in variables',
    query: 'query Q($f: TicketFilter) { tickets(first: 1, filter: $f) { total } }',
    variables: { f: JSON.parse(`${'{"text":'.repeat(2_000)}1${'}'.repeat(2_000)}`) },
    code: 'TOO_COMPLEX',
    message: /more than 16 levels/,
  },
  {
    name: 'one field nineteen hundred times',
    query: `{ ticket(id: "1") { ${repeat(1_900, () => 'id')} } }`,
    code: 'TOO_COMPLEX',
    message: /repeats the same fields/,
  },
  {
    name: 'the same fields in each other again and again',
    query: `{ ${repeat(19, () => `ticket(id: "1") { ${repeat(12, () => 'tags { name ticket { id } }')} }`)} }`,
    code: 'TOO_COMPLEX',
    message: /repeats the same fields/,
  },
  {
    name: 'the same fields in fragments',
    query: `{ ticket(id: "1") { ${repeat(110, (at) => `...A${at}`)} } } ${repeat(110, (at) => `fragment A${at} on Ticket { id number }`)}`,
    code: 'TOO_COMPLEX',
    message: /repeats the same fields/,
  },
  {
    name: 'many operations in a document',
    query: repeat(11, (at) => `query Q${at} { __typename }`),
    code: 'BAD_USER_INPUT',
    message: /has 11 operations; at most 10/,
  },
  {
    name: 'a field that is nearly right',
    query: '{ tiket(id: "1") { id } }',
    code: 'BAD_USER_INPUT',
    message: /^Cannot query field "tiket" on type "Query"\.$/,
  },
  {
    name: 'a value that is nearly right',
    query: 'query Q($f: TicketFilter) { tickets(first: 1, filter: $f) { total } }',
    variables: { f: { status: ['OPNE'] } },
    code: 'BAD_USER_INPUT',
    message: /does not exist in "TicketStatus" enum\.$/,
  },
  { name: 'a fragment bomb', query: fragmentBomb, code: 'TOO_COMPLEX', message: /costs \d+; at most 5000/ },
  {
    name: 'pages within pages',
    query: '{ tickets(first: 100) { edges { node { comments(first: 100) { edges { node { body } } } } } } }',
    code: 'TOO_COMPLEX',
    message: /costs 30301; at most 5000/,
  },
  {
    name: 'pages within pages by variables',
    query: 'query Q($n: Int!) { tickets(first: $n) { edges { node { comments(first: $n) { edges { node { body } } } } } } }',
    variables: { n: 100 },
    code: 'TOO_COMPLEX',
    message: /costs 30301/,
  },
  {
    name: 'lists without a page size',
    query: '{ ticket(id: "1") { tags { ticket { tags { ticket { tags { ticket { tags { name } } } } } } } } }',
    code: 'TOO_COMPLEX',
    message: /at most 5000/,
  },
  {
    name: 'no page size on a connection',
    query: '{ tickets { total } }',
    code: 'FIRST_REQUIRED',
    message: /Query\.tickets requires first or last/,
  },
  {
    name: 'a page size that is null',
    query: 'query Q($n: Int = 5) { tickets(first: $n) { total } }',
    variables: { n: null },
    code: 'FIRST_REQUIRED',
    message: /requires first or last/,
  },
  {
    name: 'a page too large',
    query: '{ tickets(first: 1000000000) { total } }',
    code: 'BAD_USER_INPUT',
    message: /Query\.tickets: first must be from 1 to 100/,
  },
  { name: 'a page of nothing', query: '{ tickets(last: 0) { total } }', code: 'BAD_USER_INPUT', message: /last must be from 1 to 100/ },
  {
    name: 'a page too large by variable',
    query: 'query Q($n: Int) { tickets(last: $n) { total } }',
    variables: { n: 101 },
    code: 'BAD_USER_INPUT',
    message: /last must be/,
  },
  {
    name: 'a page too large on a plain list',
    query: '{ find(text: "", first: 101) { __typename } }',
    code: 'BAD_USER_INPUT',
    message: /Query\.find: first/,
  },
  {
    name: 'an alias that is reserved',
    query: '{ __proto__: ticket(id: "1") { number } }',
    code: 'BAD_USER_INPUT',
    message: /two underscores/,
  },
  {
    name: 'a fragment inside itself',
    query: '{ ticket(id: "1") { ...A } } fragment A on Ticket { tags { ticket { ...A } } }',
    code: 'BAD_USER_INPUT',
    message: /Cannot spread fragment "A" within itself/,
  },
  { name: 'a document that is none', query: '{ ticket(', code: 'BAD_USER_INPUT', message: /Syntax Error/ },
  { name: 'introspection in production', query: '{ __schema { queryType { name } } }', code: 'FORBIDDEN', message: /schema\.graphql/ },
  { name: 'a hidden field', query: '{ _events(first: 1) { epoch } }', code: 'BAD_USER_INPUT', message: /Cannot query field "_events"/ },
];
