import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ana } from './testing/toy-people.ts';
import { toys } from './testing/toy-service.ts';
import { startTestService, type TestService } from './testing-service.ts';

let service: TestService;
let authorization: string;
beforeAll(async () => {
  service = await startTestService(toys);
  authorization = `Bearer ${await service.tokenFor(ana)}`;
}, 60_000);
afterAll(() => service[Symbol.asyncDispose]());

interface Sent {
  path?: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}
async function send({ path = '/graphql', method = 'POST', headers = {}, body }: Sent) {
  const response = await fetch(service.url + path, { method, headers, ...(body !== undefined && { body }) });
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
  return { status: response.status, type: response.headers.get('content-type'), body: (await response.json()) as any };
}
const json = { 'content-type': 'application/json' };
const SDL = JSON.stringify({ query: '{ _service { sdl } }' });

describe('without a valid token of the gateway', () => {
  it.each<Sent>([
    { body: SDL, headers: json },
    { body: SDL, headers: { ...json, authorization: 'Bearer eyJ.eyJ.sig' } },
    { body: '{', headers: json },
    { body: 'x', headers: { 'content-type': 'text/plain' } },
    { method: 'GET', path: '/graphql?query={greeting}' },
    { method: 'GET', path: '/' },
    { method: 'GET', path: '/files/x' },
    { method: 'DELETE', path: '/graphql' },
    { method: 'GET', path: '/metrics' },
    { body: SDL, headers: { ...json, 'x-viewer': JSON.stringify(ana), viewer: 'per_ana' } },
  ])('%j is answered 401, in JSON', async (sent) => {
    expect(await send(sent)).toEqual({
      status: 401,
      type: expect.stringContaining('application/json'),
      body: { errors: [{ message: 'A gateway token is required.', extensions: { code: 'UNAUTHENTICATED' } }] },
    });
  });
});

describe('with a token', () => {
  const told = async (sent: Sent) => send({ ...sent, headers: { authorization, ...sent.headers } });

  it('the gateway gets the contract', async () => {
    expect((await told({ body: SDL, headers: json })).body.data._service.sdl).toContain('type Box');
  });

  it.each<[Sent, number, string]>([
    [{ body: '{', headers: json }, 400, 'BAD_USER_INPUT'],
    [{ body: '{"__proto__": {"query": "x"}}', headers: json }, 400, 'BAD_USER_INPUT'],
    [{ body: 'x', headers: { 'content-type': 'text/csv' } }, 415, 'BAD_USER_INPUT'],
    [{ body: '{}', headers: json }, 400, 'BAD_USER_INPUT'],
    [{ body: '[]', headers: json }, 400, 'BAD_USER_INPUT'],
    [{ body: 'null', headers: json }, 400, 'BAD_USER_INPUT'],
    [{ body: JSON.stringify({ query: 7, variables: 'x' }), headers: json }, 400, 'BAD_USER_INPUT'],
    [
      { body: JSON.stringify({ query: '{ greeting }', extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } }), headers: json },
      200,
      'BAD_USER_INPUT',
    ],
    [{ body: JSON.stringify({ query: 'x'.repeat(1_100_000) }), headers: json }, 413, 'BAD_USER_INPUT'],
    [{ method: 'GET', path: '/nothing' }, 404, 'NOT_FOUND'],
    [{ method: 'GET', path: '/%zz' }, 400, 'BAD_USER_INPUT'],
    [{ method: 'GET', path: '/graphql' }, 404, 'NOT_FOUND'],
  ])('%j is the caller’s fault, in JSON with a code', async (sent, status, code) => {
    const answer = await told(sent);
    expect(answer).toMatchObject({
      status,
      type: expect.stringContaining('application/json'),
      body: { errors: [{ extensions: { code } }] },
    });
    expect(JSON.stringify(answer.body)).not.toMatch(/FST_|SyntaxError|node_modules|\.js/);
  });

  it('who asks, what for and when stands in the context; the request id in every line', async () => {
    const { body } = await told({ body: JSON.stringify({ query: '{ greeting }' }), headers: { ...json, 'accept-language': 'es' } });
    expect(body.data.greeting).toBe(`es ${service.clock.now().toISOString()}`);
  });
});

describe('what is no HTTP at all', () => {
  it('is refused and the process lives', async () => {
    const { hostname, port } = new URL(service.url);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => socket.end('\x16\x03\x01 nonsense\r\n\r\n'));
      socket.resume().on('close', () => resolve());
    });
    await new Promise<void>((resolve) => {
      const half = request(`${service.url}/graphql`, { method: 'POST', headers: { ...json, 'content-length': '100' } });
      half.on('error', () => resolve()).on('response', (response) => response.resume().on('end', resolve));
      half.write('{');
      setImmediate(() => half.destroy());
    });
    expect((await service.ask(ana, '{ greeting }')).errors).toBeUndefined();
  });
});
