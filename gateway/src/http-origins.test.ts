import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startToyHouse, type ToyHouse } from './testing/toy-house.ts';

const PORTAL = 'https://portal.example';
const EVIL = 'https://evil.example';
const RENAME = 'mutation { rename(id: "tkt_1", subject: "taken over") { ticket { subject } } }';
type Sent = Omit<RequestInit, 'headers'> & { headers: Record<string, string> };
const SEARCH = `?query=${encodeURIComponent('{ ticket(id: "tkt_1") { subject } }')}`;

let house: ToyHouse;
beforeAll(async () => {
  house = await startToyHouse({ environment: { ALLOWED_ORIGINS: PORTAL } });
});
afterAll(() => house.stop());

const ask = (path: string, sent: Sent) => fetch(`${house.gateway.url}${path}`, sent);
const allowed = ({ headers }: Response) => headers.get('access-control-allow-origin');

describe('what a foreign page can send without asking', () => {
  test.each<[string, string, Sent]>([
    ['a bare GET', `/graphql${SEARCH}`, { headers: {} }],
    ['a GET for a stream, as EventSource sends it', `/graphql${SEARCH}`, { headers: { accept: 'text/event-stream' } }],
    ['a GET with a form’s type', `/graphql${SEARCH}`, { headers: { 'content-type': 'text/plain' } }],
    [
      'JSON called text',
      '/graphql',
      { method: 'POST', headers: { 'content-type': 'text/plain' }, body: JSON.stringify({ query: RENAME }) },
    ],
    ['JSON of no type', '/graphql', { method: 'POST', headers: { 'content-type': '' }, body: JSON.stringify({ query: RENAME }) }],
    [
      'a form',
      '/graphql',
      { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `query=${encodeURIComponent(RENAME)}` },
    ],
    [
      'a form with parts',
      '/graphql',
      {
        method: 'POST',
        headers: { 'content-type': 'multipart/form-data; boundary=x' },
        body: `--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n${JSON.stringify({ query: RENAME })}\r\n--x--`,
      },
    ],
    [
      'text for a stream',
      '/graphql',
      { method: 'POST', headers: { 'content-type': 'text/plain', accept: 'text/event-stream' }, body: JSON.stringify({ query: RENAME }) },
    ],
    ['an empty POST', `/graphql${SEARCH}`, { method: 'POST', headers: {} }],
  ])('is not run: %s', async (_name, path, { headers, ...sent }) => {
    const before = house.tickets.calls.length;
    const answer = await ask(path, { ...sent, headers: { origin: EVIL, ...headers } });
    expect([answer.status >= 400 && answer.status < 500, allowed(answer)]).toEqual([true, null]);
    expect(house.tickets.calls.slice(before).filter((query) => /rename|subject/.test(query))).toEqual([]);
    expect(house.data.tickets.get('tkt_1')?.subject).toBe('ticket 1');
  });

  test('a mutation by GET is not run for anybody, whatever comes with it', async () => {
    const authorization = await house.signIn();
    const answer = await ask(`/graphql?query=${encodeURIComponent(RENAME)}`, {
      headers: { authorization, 'apollo-require-preflight': '1' },
    });
    expect([answer.status, house.data.tickets.get('tkt_1')?.subject]).toEqual([405, 'ticket 1']);
  });
});

describe('what browsers are told', () => {
  const preflight = (origin: string, path = '/graphql') =>
    ask(path, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    });

  test.each(['/graphql', '/files/uploads', '/schema.graphql'])('a page of an allowed origin may call %s', async (path) => {
    const { status, headers } = await preflight(PORTAL, path);
    expect([status, headers.get('access-control-allow-origin'), headers.get('vary')]).toEqual([204, PORTAL, 'Origin']);
    expect(headers.get('access-control-allow-headers')).toContain('authorization, content-type');
    expect(headers.get('access-control-allow-methods')).toContain('PATCH');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
  });

  test.each([EVIL, 'null', `${PORTAL}.evil.example`])('a page of %s may not', async (origin) => {
    const { status, headers } = await preflight(origin);
    expect([status, [...headers.keys()].filter((name) => name.startsWith('access-control'))]).toEqual([204, []]);
  });

  test('an allowed page reads the answer and what is left of its budget, good or bad; others read nothing', async () => {
    const headers = { 'content-type': 'application/json' };
    const query = async (origin: string, body: object) =>
      ask('/graphql', { method: 'POST', headers: { ...headers, origin }, body: JSON.stringify(body) });
    const [good, bad, foreign] = await Promise.all([
      query(PORTAL, { query: '{ slow }' }),
      query(PORTAL, {}),
      query(EVIL, { query: '{ slow }' }),
    ]);
    expect([allowed(good), allowed(bad), allowed(foreign)]).toEqual([PORTAL, PORTAL, null]);
    expect(good.headers.get('access-control-expose-headers')).toContain('ratelimit, ratelimit-policy, retry-after');
  });
});
