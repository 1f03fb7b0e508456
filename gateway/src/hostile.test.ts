import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { HOSTILE, type Hostile } from './testing/hostile.ts';
import { connect, disconnectAll, next } from './testing/toy-client.ts';
import { startToyHouse, type ToyHouse } from './testing/toy-house.ts';
import { ANA } from './testing/toy-persons.ts';

// Every hostile operation by every way in: refused alike, before it is planned and before any service is asked.

type Sent = Pick<Hostile, 'query' | 'variables'>;
interface Said {
  message: string;
  extensions: { code: string; requestId: string };
}

let house: ToyHouse;
let authorization: string;
beforeAll(async () => {
  house = await startToyHouse();
  authorization = await house.signIn({ ...ANA, language: 'en' });
});
afterAll(() => house.stop());
afterEach(disconnectAll);

const LONGEST = { address: 15_000, frame: 65_536 }; // what Node takes as an address, and graphql-transport-ws as a message
const asked = () => [...house.tickets.calls, ...house.identity.calls].filter((query) => !/_events|_endedSessions/.test(query));
const headers = () => ({ authorization, 'accept-language': 'en', 'content-type': 'application/json' });
const post = (body: object, more = {}) =>
  fetch(`${house.gateway.url}/graphql`, { method: 'POST', headers: { ...headers(), ...more }, body: JSON.stringify(body) });
const get = ({ query, variables }: Sent, more = {}) => {
  const search = new URLSearchParams({ query, ...(variables && { variables: JSON.stringify(variables) }) });
  return fetch(`${house.gateway.url}/graphql?${search}`, { headers: { ...headers(), ...more } });
};

async function refusedBy(answering: Promise<Response>): Promise<Said[]> {
  const answer = await answering;
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  return ((await answer.json()) as { errors: Said[] }).errors;
}

/** What an event stream says of an operation before it completes. */
async function toldBy(answering: Promise<Response>): Promise<Said[]> {
  const [, data = '', end] = /^data: (.*)\n\n(event: complete)/m.exec(await (await answering).text()) ?? [];
  expect(end).toBe('event: complete');
  return JSON.parse(data).errors;
}

async function refusedOnSocket({ query, variables }: Sent): Promise<Said[]> {
  const { watch } = connect(house.gateway, authorization);
  return next(watch(query, variables)).then(
    (frame) => Promise.reject(new Error(`answered: ${JSON.stringify(frame)}`)),
    (errors) => errors,
  );
}

const WAYS: { name: string; most?: number; ask(sent: Sent): Promise<Said[]> }[] = [
  { name: 'POST', ask: (sent) => refusedBy(post(sent)) },
  { name: 'POST, the long way', ask: (sent) => refusedBy(post({ ...sent, unusual: true })) },
  { name: 'GET', most: LONGEST.address, ask: (sent) => refusedBy(get(sent)) },
  { name: 'an event stream by POST', ask: (sent) => toldBy(post(sent, { accept: 'text/event-stream' })) },
  { name: 'an event stream by GET', most: LONGEST.address, ask: (sent) => toldBy(get(sent, { accept: 'text/event-stream' })) },
  { name: 'a socket', most: LONGEST.frame, ask: refusedOnSocket },
];

describe.each(WAYS)('by $name', ({ name, most = Number.POSITIVE_INFINITY, ask }) => {
  const sizeOf = ({ query, variables = {} }: Sent) =>
    new URLSearchParams({ query, variables: JSON.stringify(variables) }).toString().length;
  const fits = (hostile: Hostile) => (name === 'a socket' ? JSON.stringify(hostile).length : sizeOf(hostile)) < most;
  const isSaid = (hostile: Hostile) => !(name.includes('GET') && /^\s*mutation/.test(hostile.query)); // told to use POST

  test.each(HOSTILE.filter((hostile) => fits(hostile) && isSaid(hostile)))('$name', async ({ query, variables, code, message }) => {
    const errors = await ask({ query, variables });
    expect(errors).toContainEqual(
      expect.objectContaining({ message: expect.stringMatching(message), extensions: { code, requestId: expect.any(String) } }),
    );
    expect(JSON.stringify(errors)).not.toMatch(/did you mean/i);
    expect(asked()).toEqual([]);
  });
});

describe('what is too long for the way', () => {
  const huge = { query: `{ ${Array.from({ length: 10_000 }, (_, at) => `a${at}: __typename`).join(' ')} }` };

  test('an address', async () => {
    expect((await get(huge)).status).toBe(431);
  });

  test('a message of a socket', async () => {
    const { watch, closed, opened } = connect(house.gateway, authorization);
    await opened;
    await expect(next(watch(huge.query))).rejects.toBeTruthy();
    expect((await closed)[0]).toBe(1009);
  });
});

describe('what is no operation', () => {
  const QUERY = { query: '{ ticket(id: "tkt_1") { number } }' };

  test.each<[string, unknown, Record<string, string>?]>([
    ['a batch', [QUERY, QUERY]],
    ['a batch of one', [QUERY]],
    ['an empty batch', []],
    ['a form', 'query=%7B__typename%7D', { 'content-type': 'application/x-www-form-urlencoded' }],
    [
      'a form with parts',
      '--x\r\ncontent-disposition: form-data; name="query"\r\n\r\n{ __typename }\r\n--x--',
      { 'content-type': 'multipart/form-data; boundary=x' },
    ],
    ['text that is JSON', QUERY, { 'content-type': 'text/plain' }],
    ['JSON of no type', QUERY, { 'content-type': '' }],
    ['GraphQL as such', '{ __typename }', { 'content-type': 'application/graphql' }],
    ['variables that are a list', { ...QUERY, variables: [1] }],
    ['variables that are text', { ...QUERY, variables: '{}' }],
  ])('%s is refused by POST and on an event stream', async (_name, sent, more = {}) => {
    const body = typeof sent === 'string' ? sent : JSON.stringify(sent);
    for (const accept of ['application/json', 'text/event-stream']) {
      const answer = fetch(`${house.gateway.url}/graphql`, { method: 'POST', headers: { ...headers(), ...more, accept }, body });
      expect((await refusedBy(answer)).map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
    }
    expect(asked()).toEqual([]);
  });
});
