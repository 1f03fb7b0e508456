const repeat = (count: number, part: (at: number) => string): string => Array.from({ length: count }, (_, at) => part(at)).join(' ');
const signIn = (at: number) => `a${at}: signIn(input: { email: "ana@acme.example", password: "p${at}" }) { accessToken }`;

/** What is to be refused before it is planned. The number makes each document one that was never seen before. */
export const ATTACKS: { name: string; body(number: number): object }[] = [
  {
    name: 'fragment bomb, 933 bytes',
    body: (number) => ({
      query: `{ ticket(id: "${number % 10}") { ...A0 } } ${repeat(22, (at) => `fragment A${at} on Ticket { ...A${at + 1} ...A${at + 1} }`)} fragment A22 on Ticket { id }#${number}`,
    }),
  },
  { name: '500 sign-ins under aliases', body: (number) => ({ query: `mutation { ${repeat(500, signIn)} }#${number}` }) },
  { name: '20 sign-ins under aliases', body: (number) => ({ query: `mutation { ${repeat(20, signIn)} }#${number}` }) },
  { name: '10,000 aliases', body: (number) => ({ query: `{ ${repeat(10_000, (at) => `a${at}:__typename`)} }#${number}` }) },
  { name: 'first: 1e9', body: (number) => ({ query: `{ tickets(first: 1000000000) { totalCount: __typename } }#${number}` }) },
  { name: '600 levels', body: (number) => ({ query: `${'{ viewer '.repeat(600)}${'}'.repeat(600)}#${number}` }) },
  {
    name: 'one field 1,900 times',
    body: (number) => ({ query: `{ viewer { ${repeat(1_900, () => 'roles')} } }#${number}` }),
  },
  {
    name: 'variables of 2,000 levels',
    body: (number) => ({
      query: `query ($f: TicketFilter) { tickets(first: 1, filter: $f) { __typename } }#${number}`,
      variables: JSON.parse(`{"f":${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}}`),
    }),
  },
];
