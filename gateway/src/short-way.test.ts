import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { HOSTILE } from './testing/hostile.ts';
import { startToyHouse, type ToyHouse } from './testing/toy-house.ts';

// The short way and the way through Apollo Server: the same request must get the same answer. A field that Apollo Server ignores makes
// a request unusual, so it takes the long way.

let house: ToyHouse;
beforeAll(async () => {
  house = await startToyHouse();
});
afterAll(() => house.stop());
afterEach(() => {
  house.identity.mood = 'well';
});

async function ask(body: object, accept: string | null): Promise<unknown> {
  const headers = { 'content-type': 'application/json', 'x-request-id': 'req_12345678', 'accept-language': 'en' };
  const answer = await fetch(`${house.gateway.url}/graphql`, {
    method: 'POST',
    headers: accept === null ? headers : { ...headers, accept },
    body: JSON.stringify(body),
  });
  const { date, ...rest } = Object.fromEntries(answer.headers);
  return { status: answer.status, headers: rest, body: await answer.text() };
}

const REQUESTS: [string, object][] = [
  ['data', { query: '{ ticket(id: "tkt_1") { number requester { name } } }' }],
  ['variables', { query: 'query Q($id: ID!) { ticket(id: $id) { number } }', variables: { id: 'tkt_2' }, operationName: 'Q' }],
  ['nulls', { query: '{ ticket(id: "tkt_none") { number } }', variables: null, operationName: null }],
  ['data with errors', { query: '{ ticket(id: "tkt_1") { watchers { email } } }' }],
  ['a root that became null', { query: 'mutation { rename(id: "none", subject: "x") { ticket { id } } }' }],
  ['a wrong variable', { query: 'query Q($id: ID!) { ticket(id: $id) { number } }', variables: { id: [1] } }],
  ['an unknown operation', { query: 'query Q { slow }', operationName: 'Other' }],
  ['a subscription', { query: 'subscription { ticketChanged(ticketId: "1") { id } }' }],
  ...HOSTILE.map(({ name, query, variables }): [string, object] => [name, { query, variables }]),
];

describe.each([null, '*/*', 'application/json', 'application/graphql-response+json, application/json;q=0.9'])('accepting %p', (accept) => {
  beforeAll(() => ask({ query: '{ __typename }' }, accept)); // now the header is known

  test.each(REQUESTS)('%s', async (_name, body) => {
    expect(await ask(body, accept)).toEqual(await ask({ ...body, unusual: true }, accept));
  });
});

test('with a service down', async () => {
  house.identity.mood = 'fails';
  const body = { query: '{ ticket(id: "tkt_1") { requester { name } } slow }' };
  expect(await ask(body, null)).toEqual(await ask({ ...body, unusual: true }, null));
});

test('what is not acceptable is refused, usual or not', async () => {
  expect(await ask({ query: '{ slow }' }, 'image/png')).toMatchObject({ status: 406 });
});
