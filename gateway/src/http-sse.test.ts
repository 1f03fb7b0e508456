import { request as httpRequest } from 'node:http';
import { encodeCursor, type Viewer } from '@atende/service/process';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { connect, disconnectAll, next, watch } from './testing/toy-client.ts';
import { EventReader } from './testing/toy-events.ts';
import { startToyHouse, type ToyHouse, untilCounted } from './testing/toy-house.ts';
import { happen } from './testing/toy-live.ts';
import { ANA, BRUNO } from './testing/toy-persons.ts';
import { completes, disconnectAllSse, nextSse, sseClient } from './testing/toy-sse-client.ts';

let house: ToyHouse;
beforeAll(async () => {
  house = await startToyHouse({ environment: { CONNECTIONS_PER_PERSON: '4' } });
});
afterAll(() => house.stop());
const readers: EventReader[] = [];
afterEach(async () => {
  for (const reader of readers.splice(0)) reader.close();
  disconnectAllSse();
  await disconnectAll();
  await until(/^atende_gateway_streams 0$/m);
  await until(/^atende_gateway_sockets 0$/m);
});

const ALL = 'subscription All($after: String) { ticketsChanged(after: $after) { type cursor } }';
const url = () => `${house.gateway.url}/graphql`;
const cursorOf = ({ position, epoch }: { position: number; epoch: string }) => encodeCursor({ position, epoch });
const typeOf = ({ data }: { data?: unknown }) => (data as { ticketsChanged: { type: string } }).ticketsChanged.type;

const until = (line: RegExp) => untilCounted(house.gateway, line);

interface Sent {
  viewer?: Viewer | null;
  method?: string;
  body?: unknown;
  search?: string;
  headers?: Record<string, string>;
}

/** One request as any client can send it. */
async function send({ viewer = ANA, method = 'POST', body, search = '', headers = {} }: Sent): Promise<EventReader> {
  const reader = await EventReader.open(`${url()}${search}`, {
    method,
    headers: {
      'accept-language': 'en',
      ...(viewer && { authorization: await house.signIn(viewer) }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined || typeof body === 'string' ? (body as string | undefined) : JSON.stringify(body),
  });
  readers.push(reader);
  return reader;
}

/** A stream of one subscription, standing. */
const alone = (sent: Sent = {}) => send({ body: { query: ALL }, ...sent });
const refusal = async ({ response }: EventReader) => [
  response.status,
  ((await response.json()) as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code,
];

/** Reserves a stream that operations share. */
async function reserve(viewer = ANA): Promise<string> {
  const { response } = await send({ method: 'PUT', viewer });
  expect([response.status, response.headers.get('content-type')]).toEqual([201, 'text/plain; charset=utf-8']);
  return response.text();
}
const JSON_ONLY = { accept: 'application/json' };
const withToken = (token: string, headers: Record<string, string> = {}) => ({ 'x-graphql-event-stream-token': token, ...headers });

/** A stream that operations share, open. */
async function shared(viewer = ANA): Promise<{ token: string; stream: EventReader }> {
  const token = await reserve(viewer);
  return { token, stream: await send({ method: 'GET', viewer, headers: withToken(token) }) };
}
const operation = (operationId: unknown, query = ALL) => ({ query, extensions: { operationId } });
const post = (token: string, body: unknown, sent: Sent = {}) => send({ body, headers: withToken(token, JSON_ONLY), ...sent });

describe.each([
  ['each operation on a stream of its own', false],
  ['one stream for all operations', true],
])('the reference client, %s', (_name, isSingle) => {
  const client = async (viewer = ANA) => sseClient(house.gateway, await house.signIn(viewer), isSingle);

  test('hears events, each once and in order', async () => {
    const frames = (await client()).iterate({ query: ALL });
    const first = nextSse(frames);
    await until(/^atende_gateway_subscriptions 1$/m);
    for (const type of ['ONE', 'TWO', 'THREE']) await happen(house, { type });
    expect([typeOf(await first), typeOf(await nextSse(frames)), typeOf(await nextSse(frames))]).toEqual(['ONE', 'TWO', 'THREE']);
  });

  test('runs queries and mutations', async () => {
    const { iterate } = await client();
    const query = iterate({ query: 'query Q($id: ID!) { ticket(id: $id) { number allowedActions } }', variables: { id: 'tkt_2' } });
    expect(await nextSse(query)).toEqual({ data: { ticket: { number: '2', allowedActions: ['by per_ana'] } }, extensions: { cost: 3 } });
    expect(await completes(query)).toBe(true);
    const mutation = iterate({ query: 'mutation { rename(id: "tkt_none", subject: "x") { ticket { id } } }' });
    expect(await nextSse(mutation)).toMatchObject({ data: null, errors: [{ extensions: { code: 'NOT_FOUND' } }] });
  });

  test('leaves, and nothing is left of it', async () => {
    const { iterate, dispose } = await client();
    const frames = [iterate({ query: ALL }), iterate({ query: ALL })];
    for (const each of frames) void nextSse(each).catch(() => undefined);
    await until(/^atende_gateway_subscriptions 2$/m);
    await frames[0]?.return?.(undefined);
    await until(/^atende_gateway_subscriptions 1$/m);
    dispose();
    await until(/^atende_gateway_subscriptions 0$/m);
    await until(/^atende_gateway_streams 0$/m);
  });

  test('that is told of the end of its session gets no more', async () => {
    const { iterate } = await client({ ...ANA, sessionId: `ses_ended_${isSingle}` });
    const frames = iterate({ query: ALL });
    const last = nextSse(frames);
    await until(/^atende_gateway_subscriptions 1$/m);
    house.ended.sessionIds.push(`ses_ended_${isSingle}`);
    expect(await last).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect(await completes(frames)).toBe(true);
  });
});

test('an event is asked about once and executed once for sockets and streams alike, and says the same on both', async () => {
  const socket = await watch(house, BRUNO, ALL, {});
  const inPortuguese = { 'accept-language': 'pt-BR' };
  const own = await alone({ headers: inPortuguese });
  const { token, stream } = await shared(BRUNO);
  const begun = await post(token, operation('a'), { viewer: BRUNO, headers: withToken(token, inPortuguese) });
  expect(begun.response.status).toBe(202);
  house.tickets.calls.length = 0;
  await happen(house, { type: 'SHARED' });
  const payload = await next(socket);
  expect([await own.json(), await stream.json()]).toEqual([payload, { id: 'a', payload }]);
  expect(house.tickets.calls.filter((call) => !call.includes('_events'))).toEqual([
    expect.stringContaining('_ticketEventAudience'),
    expect.stringContaining('_entities'),
  ]);
});

describe('who comes back', () => {
  test('goes on after the last event it had, which wins over what the request says', async () => {
    const first = await alone();
    const [seen] = [await happen(house, { type: 'SEEN' }), await happen(house, { type: 'MISSED' })];
    expect((await first.next())?.id).toBe(cursorOf(seen));
    first.close();
    const body = { query: ALL, variables: { after: encodeCursor({ epoch: 'e1', position: 0 }) } };
    const again = await alone({ body, headers: { 'last-event-id': first.lastEventId } });
    await happen(house, { type: 'LIVE' });
    expect([typeOf(await again.json()), typeOf(await again.json())]).toEqual(['MISSED', 'LIVE']);
  });

  test('may do so by GET, as EventSource does', async () => {
    const seen = await happen(house, { type: 'SEEN' });
    await happen(house, { type: 'MISSED' });
    const search = `?query=${encodeURIComponent(ALL)}&variables={}`;
    const reader = await send({ method: 'GET', search, headers: { 'last-event-id': cursorOf(seen) } });
    expect(typeOf(await reader.json())).toBe('MISSED');
  });

  test('may do so on a shared stream, operation by operation', async () => {
    const seen = await happen(house, { type: 'SEEN' });
    await happen(house, { type: 'MISSED' });
    const { token, stream } = await shared();
    await post(token, operation('a'), { headers: withToken(token, { ...JSON_ONLY, 'last-event-id': cursorOf(seen) }) });
    expect(await stream.json()).toMatchObject({ id: 'a', payload: { data: { ticketsChanged: { type: 'MISSED' } } } });
  });

  test.each([
    ['of another epoch', encodeCursor({ epoch: 'e0', position: 1 })],
    ['that is none', 'nonsense'],
    ['that came twice', `${encodeCursor({ epoch: 'e1', position: 1 })}, ${encodeCursor({ epoch: 'e1', position: 1 })}`],
  ])('with an id %s is told that it has expired', async (_name, id) => {
    const reader = await alone({ headers: { 'last-event-id': id } });
    expect(await reader.json()).toMatchObject({ errors: [{ extensions: { code: 'CURSOR_EXPIRED' } }] });
    expect([(await reader.next())?.event, await reader.next()]).toEqual(['complete', null]);
  });

  test('with an empty id begins anew', async () => {
    const reader = await alone({ headers: { 'last-event-id': '' } });
    await happen(house, { type: 'NEW' });
    expect(typeOf(await reader.json())).toBe('NEW');
  });
});

describe('who may open a stream', () => {
  test.each([
    ['that is none', () => 'Bearer nonsense'],
    ['that has expired', () => house.signIn(ANA, -60)],
  ])('nobody with a token %s', async (_name, token) => {
    for (const method of ['POST', 'GET', 'PUT', 'DELETE']) {
      const refused = await send({ method, viewer: null, headers: { authorization: await token() } });
      expect(await refusal(refused)).toEqual([401, 'UNAUTHENTICATED']);
    }
  });

  test('without a token: for what anybody may ask, not for a subscription or a stream to share', async () => {
    const asked = await send({ viewer: null, body: { query: '{ slow }' } });
    expect(await asked.json()).toMatchObject({ data: { slow: 'finally' } });
    expect(await (await alone({ viewer: null })).json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect(await refusal(await send({ viewer: null, method: 'PUT' }))).toEqual([401, 'UNAUTHENTICATED']);
  });

  test('an expiring token ends the stream', async () => {
    const reader = await alone({ viewer: null, headers: { authorization: await house.signIn(ANA, -2) } }); // 5 s of leeway between clocks
    expect(await reader.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect([(await reader.next())?.event, await reader.next()]).toEqual(['complete', null]);
  });

  test('the end of the session gives up a stream that is only reserved', async () => {
    const token = await reserve({ ...ANA, sessionId: 'ses_reserved' });
    house.ended.sessionIds.push('ses_reserved');
    await until(/^atende_gateway_streams 0$/m);
    expect(await refusal(await send({ method: 'GET', viewer: null, headers: withToken(token) }))).toEqual([404, 'NOT_FOUND']);
  });

  test('one person so many, sockets included', async () => {
    const sockets = [connect(house.gateway, await house.signIn()), connect(house.gateway, await house.signIn())];
    await Promise.all(sockets.map(({ opened }) => opened));
    await Promise.all([alone(), shared()]);
    const refused = await alone();
    expect([refused.response.headers.get('retry-after'), await refusal(refused)]).toEqual(['5', [429, 'RATE_LIMITED']]);
    expect(await connect(house.gateway, await house.signIn()).closed).toEqual([1013, 'Too many connections of one person']);
    expect((await alone({ viewer: BRUNO })).response.status).toBe(200);
  });
});

describe('what is refused', () => {
  test.each<[string, Sent, number]>([
    ['no JSON', { body: '{"query":' }, 400],
    ['a list', { body: [{ query: ALL }] }, 400],
    ['no query', { body: {} }, 400],
    ['variables that are none', { body: { query: ALL, variables: [1] } }, 400],
    ['extensions that are none', { body: { query: ALL, extensions: 'x' } }, 400],
    ['another kind of body', { body: '{}', headers: { 'content-type': 'text/plain' } }, 415],
    ['a GET without a query', { method: 'GET' }, 400],
    ['a GET with variables that are no JSON', { method: 'GET', search: '?query={__typename}&variables={' }, 400],
    ['a GET that a foreign page can send', { method: 'GET', viewer: null, search: '?query={__typename}' }, 400],
    ['a mutation by GET', { method: 'GET', search: '?query=mutation{openTicket(subject:"x"){ticket{id}}}' }, 405],
  ])('%s', async (_name, sent, status) => {
    expect(await refusal(await send(sent))).toEqual([status, 'BAD_USER_INPUT']);
  });

  test('HEAD and whatever else', async () => {
    const { response } = await send({ method: 'HEAD' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST, PUT, DELETE']);
    expect((await send({ method: 'PATCH' })).response.status).toBe(405);
  });

  test('a session that ends while the body is on its way', async () => {
    const authorization = await house.signIn({ ...ANA, sessionId: 'ses_slow' });
    const headers = { accept: 'text/event-stream', 'content-type': 'application/json', authorization };
    const sent = httpRequest(url(), { method: 'POST', headers });
    const answered = new Promise<number | undefined>((resolve) => sent.on('response', ({ statusCode }) => resolve(statusCode)));
    const body = JSON.stringify({ query: ALL });
    await new Promise((resolve) => sent.write(body.slice(0, 10), resolve));
    const other = await send({ viewer: { ...ANA, sessionId: 'ses_slow' }, body: { query: ALL } });
    house.ended.sessionIds.push('ses_slow');
    await other.json(); // tells that the end is known
    sent.end(body.slice(10));
    expect(await answered).toBe(401);
  });

  test('a page of another origin gets no leave to read', async () => {
    const { response } = await alone({ headers: { origin: 'https://elsewhere.example' } });
    const asked = await send({
      method: 'OPTIONS',
      headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'PUT' },
    });
    for (const { headers } of [response, asked.response])
      expect([...headers.keys()].filter((name) => name.startsWith('access-'))).toEqual([]);
    expect(asked.response.status).toBe(204);
  });

  test.each([false, true])('ten megabytes, on a shared stream: %p', async (isShared) => {
    const token = isShared ? (await shared()).token : null;
    const status = await new Promise((resolve) => {
      void house.signIn().then((authorization) => {
        const headers = { accept: 'text/event-stream', 'content-type': 'application/json', authorization, ...(token && withToken(token)) };
        const sent = httpRequest(url(), { method: 'POST', headers }, (answer) => resolve(answer.statusCode));
        sent.on('error', () => undefined);
        sent.end(`{"query":"${'x'.repeat(10_000_000)}"}`);
      });
    });
    expect(status).toBe(413);
  });
});

describe('a stream that operations share', () => {
  test('is opened by its token alone, from the address, as EventSource does it', async () => {
    const token = await reserve();
    const stream = await send({ method: 'GET', viewer: null, search: `?token=${token}` });
    expect(stream.response.status).toBe(200);
    await post(token, operation('a'));
    await happen(house, { type: 'HEARD' });
    expect(await stream.json()).toMatchObject({ id: 'a', payload: { data: { ticketsChanged: { type: 'HEARD' } } } });
  });

  test('takes operations before it is opened', async () => {
    const token = await reserve();
    expect((await post(token, operation('early', '{ __typename }'))).response.status).toBe(202);
    const stream = await send({ method: 'GET', headers: withToken(token) });
    expect(await stream.json()).toEqual({ id: 'early', payload: { data: { __typename: 'Query' }, extensions: { cost: 1 } } });
  });

  test('is there for the session that reserved it, for another as little as one that nobody reserved', async () => {
    const token = await reserve();
    const strangers = (viewer: Viewer, its: string): Sent[] => [
      { viewer, method: 'GET', headers: withToken(its) },
      { viewer, body: operation('a'), headers: withToken(its) },
      { viewer, method: 'DELETE', search: '?operationId=a', headers: withToken(its) },
    ];
    const said = async (sent: Sent) => {
      const { response } = await send({ ...sent, headers: { ...sent.headers, 'x-request-id': 'same_request' } });
      return [response.status, await response.text()];
    };
    for (const viewer of [BRUNO, { ...ANA, sessionId: 'ses_other' }]) {
      for (const [at, foreign] of strangers(viewer, token).entries()) {
        const absent = strangers(viewer, 'x'.repeat(43))[at] as Sent;
        expect(await said(foreign)).toEqual(await said(absent));
        expect((await said(foreign))[0]).toBe(404);
      }
    }
    await send({ method: 'GET', headers: withToken(token) });
    for (const sent of [{ body: operation('a') }, { method: 'DELETE', search: '?operationId=a' }])
      expect(await refusal(await send({ ...sent, viewer: null, headers: withToken(token) }))).toEqual([404, 'NOT_FOUND']);
    expect((await post(token, operation('a'))).response.status).toBe(202);
  });

  test('is opened once, and its token ends with it', async () => {
    const { token, stream } = await shared();
    expect(await refusal(await send({ method: 'GET', headers: withToken(token) }))).toEqual([409, 'CONFLICT']);
    stream.close();
    await until(/^atende_gateway_streams 0$/m);
    expect(await refusal(await send({ method: 'GET', headers: withToken(token) }))).toEqual([404, 'NOT_FOUND']);
    expect(await refusal(await post(token, operation('a')))).toEqual([404, 'NOT_FOUND']);
  });

  test('has an id for each operation, no two the same at a time', async () => {
    const { token } = await shared();
    for (const bad of [undefined, '', 7, 'x'.repeat(201)])
      expect(await refusal(await post(token, operation(bad)))).toEqual([400, 'BAD_USER_INPUT']);
    await post(token, operation('a'));
    expect(await refusal(await post(token, operation('a')))).toEqual([409, 'CONFLICT']);
    expect((await send({ method: 'DELETE', search: '?operationId=a', headers: withToken(token) })).response.status).toBe(200);
    expect((await post(token, operation('a'))).response.status).toBe(202);
    expect((await send({ method: 'DELETE', search: '?operationId=unknown', headers: withToken(token) })).response.status).toBe(200);
    expect(await refusal(await send({ method: 'DELETE', headers: withToken(token) }))).toEqual([400, 'BAD_USER_INPUT']);
  });

  test('says at once what is wrong with an operation, which then needs no stopping', async () => {
    const { token } = await shared();
    expect(await refusal(await post(token, operation('a', '{ nonsense }')))).toEqual([400, 'BAD_USER_INPUT']);
    expect(await refusal(await post(token, operation('a', 'subscription { __typename }')))).toEqual([400, 'BAD_USER_INPUT']);
    expect((await post(token, operation('a'))).response.status).toBe(202);
  });

  test('is opened by nothing that does not accept one', async () => {
    const token = await reserve();
    for (const accept of ['', '*/*', 'application/json']) {
      const { response } = await send({ method: 'GET', headers: withToken(token, { accept }) });
      expect(response.status).toBe(400);
    }
    expect((await send({ method: 'GET', headers: withToken(token) })).response.status).toBe(200);
  });

  test('does not care what an operation accepts', async () => {
    const { token } = await shared();
    expect((await post(token, operation('a'), { headers: withToken(token) })).response.status).toBe(202);
    expect((await post(token, operation('b'), { headers: withToken(token, { accept: '' }) })).response.status).toBe(202);
  });
});

test('who accepts JSON as well is answered in JSON', async () => {
  const { response } = await send({ body: { query: '{ __typename }' }, headers: { accept: 'application/json, text/event-stream' } });
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  const refused = await send({ body: { query: ALL }, headers: { accept: 'application/json, text/event-stream' } });
  expect(await refused.response.json()).toMatchObject({ errors: [{ message: expect.stringContaining('Accept: text/event-stream') }] });
});
