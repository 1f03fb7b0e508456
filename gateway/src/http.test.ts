import { request as httpRequest } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { startToyHouse, type ToyHouse } from './testing/toy-house.ts';
import { ANA } from './testing/toy-persons.ts';

let house: ToyHouse;
let token: string;
beforeAll(async () => {
  house = await startToyHouse();
  token = await house.signIn();
});
afterAll(() => house.stop());
afterEach(() => {
  house.identity.mood = 'well';
  house.ended.sessionIds = [];
});

const at = (path: string) => `${house.gateway.url}${path}`;
const post = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(at('/graphql'), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

describe('GraphQL over HTTP', () => {
  test('POST runs an operation for the one who signed in', async () => {
    const answer = await post(
      { query: 'query Q($id: ID!) { ticket(id: $id) { number allowedActions } }', variables: { id: 'tkt_1' } },
      { authorization: token },
    );
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
      200,
      'application/json; charset=utf-8',
      'no-store',
    ]);
    expect(await answer.json()).toEqual({ data: { ticket: { number: '1', allowedActions: ['by per_ana'] } }, extensions: { cost: 3 } });
  });

  test('GET runs a query, and no mutation', async () => {
    const get = (query: string) =>
      fetch(at(`/graphql?query=${encodeURIComponent(query)}`), { headers: { 'apollo-require-preflight': '1' } });
    expect(await (await get('{ ticket(id: "tkt_1") { number } }')).json()).toMatchObject({ data: { ticket: { number: '1' } } });
    const refused = await get('mutation { rename(id: "tkt_1", subject: "x") { ticket { id } } }');
    expect([refused.status, await refused.json()]).toMatchObject([
      405,
      { errors: [{ extensions: { code: 'BAD_USER_INPUT', requestId: expect.any(String) } }] },
    ]);
  });

  test('what a foreign page can send without asking is refused', async () => {
    const simple = await fetch(at('/graphql?query={__typename}'));
    const form = await post('query={__typename}', { 'content-type': 'text/plain' });
    expect([simple.status, form.status]).toEqual([400, 400]);
  });

  test("the caller's request id leads through, another form of it does not", async () => {
    const asked = await post({ query: '{ slow }' }, { 'x-request-id': 'click_12345678' });
    expect([asked.headers.get('x-request-id'), house.identity.headers.at(-1)?.['x-request-id']]).toEqual([
      'click_12345678',
      'click_12345678',
    ]);
    expect((await post({ query: '{ slow }' }, { 'x-request-id': 'a b' })).headers.get('x-request-id')).toMatch(/^req_/);
  });

  test('nothing of a client becomes an identity or reaches a service unasked', async () => {
    await post({ query: '{ slow }' }, { 'x-client-address': '6.6.6.6', 'x-forwarded-for': '6.6.6.6', cookie: 'a=b', 'x-viewer': 'root' });
    const headers = house.identity.headers.at(-1);
    expect(headers?.['x-client-address']).toMatch(/127\.0\.0\.1$/);
    expect([headers?.cookie, headers?.['x-viewer'], headers?.['x-forwarded-for']]).toEqual([undefined, undefined, undefined]);
    expect(house.identity.viewers.at(-1)?.kind).toBe('ANONYMOUS');
  });

  test.each([
    ['en-GB,en;q=0.9,pt;q=0.5', 'Query.tickets requires first or last, from 1 to 100.'],
    ['es-AR', 'Query.tickets exige first o last, de 1 a 100.'],
    ['', 'Query.tickets exige first ou last, de 1 a 100.'],
  ])('speaks the language of Accept-Language: %p', async (language, message) => {
    const answer = await post({ query: '{ tickets { total } }' }, { 'accept-language': language });
    expect(await answer.json()).toMatchObject({ errors: [{ message }] });
  });
});

describe('a body', () => {
  test('over 256 KiB is refused without being read', async () => {
    const answer = await post({ query: '{ slow }', variables: { a: 'x'.repeat(262_144) } });
    expect([answer.status, await answer.json()]).toMatchObject([413, { errors: [{ extensions: { code: 'TOO_COMPLEX' } }] }]);
  });

  test('so is one that does not say how long it is', async () => {
    const status = await new Promise((resolve, reject) => {
      const sent = httpRequest(at('/graphql'), { method: 'POST', headers: { 'content-type': 'application/json' } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      sent.on('error', reject);
      for (let part = 0; part < 5; part += 1) sent.write('x'.repeat(65_536));
      sent.end();
    });
    expect(status).toBe(413);
  });
});

describe('malformed requests', () => {
  const query = '{ slow }';
  test.each<[string, unknown, Record<string, string>?]>([
    ['no JSON', '{"query":'],
    ['nothing', ''],
    ['a list', [{ query }]],
    ['null', null],
    ['no query', {}],
    ['a query that is no text', { query: { a: 1 } }],
    ['variables that are no object', { query, variables: [1] }],
    ['variables as text', { query, variables: '{}' }],
    ['an operation name that is no text', { query, operationName: 7 }],
    ['an unknown operation', { query, operationName: 'Nope' }],
    ['an empty document', { query: '# nothing' }],
    ['a persisted query without a hash', { extensions: { persistedQuery: { version: 1 } } }],
    ['an id that is none', { documentId: 'a' }],
    ['a subscription', { query: 'subscription { ticketChanged(ticketId: "1") { id } }' }],
    ['another media type', { query }, { 'content-type': 'application/xml' }],
    ['nothing acceptable', { query }, { accept: 'image/png' }],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0xfe]).toString('latin1')],
  ])('%s: a 4xx in JSON with a code and the request id, and nothing of the inside', async (_name, body, headers = {}) => {
    const answer = await post(body, headers);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    const text = await answer.text();
    expect(JSON.parse(text)).toEqual({
      errors: [
        {
          message: expect.any(String),
          ...(text.includes('locations') && { locations: expect.anything() }),
          extensions: { code: 'BAD_USER_INPUT', requestId: answer.headers.get('x-request-id') },
        },
      ],
    });
    expect(text).not.toMatch(/node_modules|\.ts\b|127\.0\.0\.1|stack/);
  });

  test('an address or a method that nothing answers', async () => {
    expect((await fetch(at('/nowhere'))).status).toBe(404);
    expect((await fetch(at('/graphql'), { method: 'PATCH' })).status).toBe(405);
    expect(await (await fetch(at('/nowhere'), { headers: { 'accept-language': 'en' } })).json()).toMatchObject({
      errors: [{ extensions: { code: 'NOT_FOUND' } }],
    });
  });
});

describe('who may ask', () => {
  test.each([
    ['a token that is none', 'Bearer nonsense'],
    ['another scheme', 'Basic YTpi'],
  ])('%s is refused for the whole request', async (_name, authorization) => {
    const answer = await post({ query: '{ slow }' }, { authorization });
    expect([answer.status, await answer.json()]).toMatchObject([401, { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] }]);
  });

  test('an expired token is refused', async () => {
    expect((await post({ query: '{ slow }' }, { authorization: await house.signIn(ANA, -60) })).status).toBe(401);
  });

  test('a session that identity has ended is refused within its second', async () => {
    const authorization = await house.signIn({ ...ANA, sessionId: 'ses_listed' });
    expect((await post({ query: '{ slow }' }, { authorization })).status).toBe(200);
    house.ended.sessionIds = ['ses_listed'];
    let status = 200;
    while (status === 200) ({ status } = await post({ query: '{ slow }' }, { authorization }));
    expect(status).toBe(401);
  });

  test('a session whose end the bus tells is refused at once', async () => {
    const authorization = await house.signIn({ ...ANA, sessionId: 'ses_told' });
    expect((await post({ query: '{ slow }' }, { authorization })).status).toBe(200);
    await house.bus.publish('identity', [buildEnded('ses_told')], { lastSequence: 0 });
    expect((await post({ query: '{ slow }' }, { authorization })).status).toBe(401);
  });
});

describe('public documents', () => {
  test('the schema without what is hidden', async () => {
    const answer = await fetch(at('/schema.graphql'));
    const text = await answer.text();
    expect(text).toContain('"""Short and human."""');
    expect(text).toContain('ticketChanged(ticketId: ID!, after: String): TicketEvent!');
    expect(text).not.toMatch(/_events|EventFeed|EventAudience|join__|@inaccessible/);
  });

  test("the gateways' public key, and only that half of it", async () => {
    const { keys } = (await (await fetch(at('/.well-known/jwks.json'))).json()) as { keys: object[] };
    expect(keys).toEqual([{ kty: 'OKP', crv: 'Ed25519', x: expect.any(String), kid: expect.any(String), alg: 'EdDSA', use: 'sig' }]);
  });

  test('no explorer, no mailbox and no introspection in production', async () => {
    const page = await fetch(at('/graphql'), { headers: { accept: 'text/html' } });
    expect([
      page.status,
      (await fetch(at('/explorer.js'))).status,
      (await fetch(at('/explorer/examples.json'))).status,
      (await fetch(at('/mailbox'))).status,
    ]).toEqual([400, 404, 404, 404]);
  });
});

function buildEnded(sessionId: string) {
  return {
    id: `evt_${sessionId}`,
    service: 'identity',
    type: 'session.ended',
    v: 1,
    aggregate: sessionId,
    version: 1,
    position: 1,
    epoch: 'e1',
    at: '2026-01-01T00:00:00.000Z',
    actor: null,
    audience: 'SYSTEM' as const,
    requestId: null,
    traceparent: null,
    data: {},
  };
}
