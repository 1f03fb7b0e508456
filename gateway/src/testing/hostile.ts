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
