import { encodeCursor } from '@atende/service/process';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { connect, disconnectAll, next } from './testing/toy-client.ts';
import { startToyHouse, type ToyHouse } from './testing/toy-house.ts';
import { ANA, BRUNO, GISELE } from './testing/toy-persons.ts';

// One ticket costs 2 points. Nothing comes back while the test runs.

const ONE = '{ ticket(id: "tkt_1") { number } }';
const TWENTY = '{ tickets(first: 20) { edges { node { subject } } } }'; // 61 points
const DEAR = '{ tickets(first: 100) { edges { node { subject requester { name } } } } }'; // 501 points

let house: ToyHouse;
beforeAll(async () => {
  const environment = { RATE_PERSON: '5000/9999', RATE_ORGANIZATION: '10000/9999', RATE_ADDRESS: '5000/9999', RATE_ATTEMPTS: '2/9999' };
  house = await startToyHouse({ environment });
});
afterAll(() => house.stop());
afterEach(disconnectAll);

const at = (path = '') => `${house.gateway.url}/graphql${path}`;
const json = { 'content-type': 'application/json' };
const post = (query: string, headers: Record<string, string> = {}, more = {}) =>
  fetch(at(), { method: 'POST', headers: { ...json, 'accept-language': 'en', ...headers }, body: JSON.stringify({ query, ...more }) });
const POLICY = '"person";q=5000;w=9999;qu="points", "organization";q=10000;w=9999;qu="points"';

interface Refused {
  errors: [{ message: string; extensions: Record<string, unknown> }];
}

async function exhaust(authorization: string): Promise<void> {
  for (const query of [DEAR, TWENTY, ONE]) while ((await post(query, { authorization })).status === 200);
}

async function figures(answer: Response | Promise<Response>) {
  const { status, headers } = await answer;
  return { status, limit: headers.get('ratelimit'), policy: headers.get('ratelimit-policy'), retry: headers.get('retry-after') };
}

describe('what is left is told', () => {
  test('by POST, the short way and the long one, by GET and on a stream', async () => {
    const authorization = await house.signIn(GISELE);
    const told = (remaining: number) => ({
      status: 200,
      limit: expect.stringMatching(`^"person";r=${remaining};t=\\d+$`),
      policy: POLICY,
      retry: null,
    });
    expect(await figures(post(ONE, { authorization }))).toEqual(told(4_998));
    expect(await figures(post(TWENTY, { authorization }))).toEqual(told(4_937));
    expect(await figures(post(ONE, { authorization }, { unusual: true }))).toEqual(told(4_935));
    const search = `?query=${encodeURIComponent(ONE)}`;
    expect(await figures(fetch(at(search), { headers: { authorization } }))).toEqual(told(4_933));
    expect(await figures(fetch(at(search), { headers: { authorization, accept: 'text/event-stream' } }))).toEqual(told(4_931));
    // What is refused costs twenty.
    expect(await figures(post('{ nothing }', { authorization }))).toMatchObject({ status: 400, limit: expect.stringContaining('r=4911') });
    expect(await figures(post('{', { authorization, 'content-type': 'text/plain' }))).toMatchObject({
      status: 400,
      limit: expect.stringContaining('r=4891'),
    });
    const { watch } = connect(house.gateway, authorization);
    expect(await next(watch(ONE))).toMatchObject({ extensions: { cost: 2, rateLimit: { policy: 'person', remaining: 4_889 } } });
    await expect(next(watch('{ nothing }'))).rejects.toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(await next(watch(ONE))).toMatchObject({ extensions: { rateLimit: { remaining: 4_867 } } });
  });

  test('a subscription costs when it begins, and ten times as much again when it asks for what was missed', async () => {
    const authorization = await house.signIn({ ...GISELE, personId: 'per_watcher', contacts: [] });
    const { watch } = connect(house.gateway, authorization);
    const CHANGED = 'subscription ($after: String) { ticketsChanged(after: $after) { ticket { number } } }';
    const left = async () => (await next(watch(ONE))).extensions?.rateLimit;
    watch(CHANGED);
    expect(await left()).toMatchObject({ remaining: 5_000 - 3 - 2 });
    watch(CHANGED, { after: encodeCursor({ epoch: 'e1', position: 0 }) });
    expect(await left()).toMatchObject({ remaining: 5_000 - 3 - 2 - 11 * 3 - 2 });
  });
});

describe('who has nothing left', () => {
  let authorization: string;
  beforeAll(async () => {
    authorization = await house.signIn(ANA);
    await exhaust(authorization);
  });

  const refusal = {
    message: expect.stringMatching(/^You have asked for too much .* in \d+ s\.$/),
    code: 'RATE_LIMITED',
    retryAfter: expect.any(Number),
  };
  const said = ({ errors }: Refused) => {
    const [
      {
        message,
        extensions: { code, retryAfter },
      },
    ] = errors;
    return { message, code, retryAfter };
  };

  test.each([
    ['POST', () => post(ONE, { authorization })],
    ['POST, the long way', () => post(ONE, { authorization }, { unusual: true })],
    ['POST of a new document', () => post(`{ ticket(id: "tkt_${Math.random()}") { number } }`, { authorization })],
    ['GET', () => fetch(at(`?query=${encodeURIComponent(ONE)}`), { headers: { authorization, 'accept-language': 'en' } })],
    ['a stream of its own', () => post(ONE, { authorization, accept: 'text/event-stream' })],
  ])('is refused over HTTP: %s', async (_name, ask) => {
    const answer = await ask();
    const body = (await answer.clone().json()) as Refused;
    expect(said(body)).toEqual(refusal);
    expect(await figures(answer)).toEqual({
      status: 429,
      limit: expect.stringMatching(/^"person";r=[01];t=\d+$/),
      policy: POLICY,
      retry: String(said(body).retryAfter),
    });
  });

  test('is refused on a stream that operations share', async () => {
    const token = await (await fetch(at(), { method: 'PUT', headers: { authorization } })).text();
    const ask = { extensions: { operationId: '1' } };
    const answer = await post(ONE, { authorization, 'x-graphql-event-stream-token': token }, ask);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, expect.stringMatching(/^\d+$/)]);
    expect(said((await answer.json()) as Refused)).toEqual(refusal);
  });

  test('is refused on a socket, queries and subscriptions alike, and the socket stays', async () => {
    const { watch } = connect(house.gateway, authorization);
    for (const query of [ONE, 'subscription { ticketsChanged { id } }', ONE])
      await expect(next(watch(query))).rejects.toMatchObject([{ extensions: { code: 'RATE_LIMITED', retryAfter: expect.any(Number) } }]);
  });

  test('a colleague is served, and metrics tell', async () => {
    expect((await post(ONE, { authorization: await house.signIn(BRUNO) })).status).toBe(200);
    const metrics = await (await fetch(`${house.gateway.probesUrl}/metrics`)).text();
    expect(metrics).toMatch(/^atende_gateway_rate_limited_total\{scope="person"\} \d+$/m);
    expect(metrics).toMatch(/^atende_gateway_rate_exhausted\{scope="person"\} [01]$/m);
    expect(metrics).toMatch(/^atende_gateway_rate_payers\{scope="organization"\} [12]$/m);
  });
});

describe('tries at a secret', () => {
  const enter = (count: number) =>
    `mutation { ${Array.from({ length: count }, (_, nth) => `a${nth}: enter(code: "${nth}") { ticket { id } }`).join(' ')} }`;

  test('there is one in an operation, however it is written', async () => {
    const twice = { status: 400, body: { errors: [{ extensions: { code: 'TOO_COMPLEX' } }] } };
    const ask = async (query: string) => {
      const answer = await post(query);
      return { status: answer.status, body: await answer.json() };
    };
    expect(await ask(enter(2))).toMatchObject(twice);
    expect(
      await ask('mutation { ...A b: enter(code: "2") { ticket { id } } } fragment A on Mutation { enter(code: "1") { ticket { id } } }'),
    ).toMatchObject(twice);
    expect(await ask('mutation { ...A ...A } fragment A on Mutation { enter(code: "1") { ticket { id } } }')).toMatchObject(twice);
    expect(house.tickets.calls.filter((call) => call.includes('enter'))).toEqual([]);
  });

  test('so many from one address', async () => {
    const codes = [];
    for (let count = 0; count < 4; count += 1) codes.push((await post(enter(1))).status);
    expect(codes).toEqual([200, 200, 429, 429]);
    const answer = await post(enter(1));
    expect([await answer.json(), answer.headers.get('retry-after')]).toMatchObject([
      { errors: [{ message: expect.stringContaining('too many attempts from this address'), extensions: { code: 'RATE_LIMITED' } }] },
      expect.any(String),
    ]);
    expect((await post(ONE)).status).toBe(200);
  });
});
