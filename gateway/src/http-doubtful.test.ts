import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { type RawAnswer, sendRaw } from './testing/raw-http.ts';
import { startToyHouse, type ToyHouse } from './testing/toy-house.ts';

// Bytes on a socket, as no client sends them. Whatever comes: services hear of one request at most where one was meant, with exactly the
// headers that are the gateway's own.

let house: ToyHouse;
beforeAll(async () => {
  house = await startToyHouse();
});
afterAll(() => house.stop());
beforeEach(() => {
  for (const told of [house.identity.calls, house.identity.headers, house.identity.headerNames, house.identity.viewers]) told.length = 0;
});

const ASKED = '{"query":"{ slow }"}';
const LENGTH = `content-length: ${ASKED.length}`;
const CHUNKED = 'transfer-encoding: chunked';
const chunked = (size = ASKED.length.toString(16), trailers = '') => `${size}\r\n${ASKED}\r\n0\r\n${trailers}\r\n`;
/** A whole request that must stay what it was sent as: the body of another. */
const HIDDEN =
  'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 26\r\n\r\n{"query":"{viewer{name}}"}';
/** The last of each: its answer shows that the connection is still read as it was meant. */
const LAST = 'GET /.well-known/jwks.json HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n';

const request = (line: string, lines: string[], body = '') => `${[line, ...lines].join('\r\n')}\r\n\r\n${body}`;
const post = (lines: string[], body = ASKED, target = '/graphql') =>
  request(`POST ${target} HTTP/1.1`, ['host: x', 'content-type: application/json', ...lines], body) + LAST;
const send = (bytes: string) => sendRaw(house.gateway.url, bytes);
const operations = () => house.identity.calls.filter((call) => !call.includes('_endedSessions'));

/** A refusal says so in JSON, with a code and the id of the request, and nothing of the inside. */
function expectRefusal({ headers, body }: RawAnswer): void {
  const { errors } = JSON.parse(body);
  expect(errors).toEqual([
    { message: expect.any(String), extensions: { code: expect.stringMatching(/^[A-Z_]+$/), requestId: headers['x-request-id'] } },
  ]);
  expect([headers['content-type'], headers['cache-control']]).toEqual(['application/json; charset=utf-8', 'no-store']);
  expect(body).not.toMatch(/HPE_|node_modules|\.ts\b|127\.0\.0\.1/);
}

describe('what cannot be read without doubt is refused, and no service hears of it', () => {
  test.each<[string, string, number?]>([
    ['two lengths', post([LENGTH, 'content-length: 3'])],
    ['two lengths that are equal', post([LENGTH, LENGTH])],
    ['a list of lengths', post(['content-length: 20, 20'])],
    ['a length with a sign', post(['content-length: +20'])],
    ['a negative length', post(['content-length: -1'])],
    ['a length in hexadecimal', post(['content-length: 0x14'])],
    ['a length beside chunks', post([LENGTH, CHUNKED], chunked())],
    ['chunks beside a length', post([CHUNKED, LENGTH], chunked())],
    ['a space before the colon', post(['transfer-encoding : chunked', LENGTH])],
    ['another coding', post(['transfer-encoding: xchunked'])],
    ['a coding that is none', post(['transfer-encoding: identity', LENGTH])],
    ['a coding after a control character', post(['transfer-encoding: \x0bchunked', LENGTH])],
    ['a coding in quotes', post(['transfer-encoding: "chunked"', LENGTH])],
    ['a coding on a folded line', post([LENGTH, 'transfer-encoding:\r\n chunked'])],
    ['two codings, the last of them another', post([CHUNKED, 'transfer-encoding: identity'], chunked())],
    ['chunks that are compressed', post(['transfer-encoding: gzip, chunked'], chunked())],
    ['chunks in something else', post(['transfer-encoding: chunked, gzip'], chunked())],
    ['chunks in chunks', post(['transfer-encoding: chunked, chunked'], chunked())],
    ['a chunk whose size is no number', post([CHUNKED], chunked('0x14'))],
    ['a chunk of a negative size', post([CHUNKED], chunked('-14'))],
    ['a chunk larger than any number', post([CHUNKED], chunked('fffffffffffffffff'))],
    ['chunks with bare line feeds', post([CHUNKED], `14\n${ASKED}\n0\n\n`)],
    ['a chunk extension with a bare line feed', post([CHUNKED], `14;a\n${ASKED}\r\n0\r\n\r\n`)],
    ['chunk extensions without end', post([CHUNKED], chunked(`14;${'a'.repeat(20_000)}`)), 413],
    ['a folded line', post([LENGTH, 'x-a: b\r\n c'])],
    ['a NUL in a value', post([LENGTH, 'x-request-id: abcd\0efgh'])],
    ['a carriage return in a value', post([LENGTH, 'x-request-id: abcdefgh\rx-client-address: 6.6.6.6'])],
    ['a line feed in a value', post([LENGTH, 'x-request-id: abcdefgh\nx-client-address: 6.6.6.6'])],
    ['a line without a colon', post([LENGTH, 'nonsense'])],
    ['a header without a name', post([LENGTH, ': x'])],
    ['a space in a name', post([LENGTH, 'x client: y'])],
    ['a header over 16 KiB', post([LENGTH, `x-long: ${'x'.repeat(20_000)}`]), 431],
    ['thousands of headers', post([LENGTH, ...Array.from({ length: 3_000 }, (_, at) => `a${at}: b`)]), 431],
    ['an address over 16 KiB', post([LENGTH], ASKED, `/graphql?${'x'.repeat(20_000)}`), 431],
    ['letters beyond ASCII in the address', post([LENGTH], ASKED, '/files/att_1?a=\xe9')],
    ['no host', request('POST /graphql HTTP/1.1', ['content-type: application/json', LENGTH], ASKED) + LAST],
    ['two hosts', post([LENGTH, 'Host: y'])],
    ['authorization twice', post([LENGTH, 'authorization: Bearer x', 'Authorization: Bearer y'])],
    ['a content type twice', post([LENGTH, 'content-type: text/plain'])],
    ['a first line without a version', request('POST /graphql', ['host: x', LENGTH], ASKED)],
    ['another version', post([LENGTH]).replace('HTTP/1.1', 'HTTP/2.0').replace(LAST, '')],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['a method in lower case', post([LENGTH]).replace('POST', 'post')],
    ['a method nobody knows', post([LENGTH]).replace('POST', 'BREW')],
    ['bare line feeds', post([LENGTH]).replaceAll('\r\n', '\n')],
    ['a greeting of TLS', `${Buffer.from('16030100c8010000c40303', 'hex').toString('latin1')}\r\n\r\n`],
    ['a proxy asked for', `CONNECT identity:4101 HTTP/1.1\r\nhost: x\r\n\r\n${LAST}`, 405],
    ['a socket asked for without its key', request('GET /graphql HTTP/1.1', ['host: x', 'connection: upgrade', 'upgrade: websocket'])],
    ['a socket asked for by POST', post([LENGTH, 'connection: upgrade', 'upgrade: websocket'])],
    ['a socket elsewhere', request('GET /else HTTP/1.1', ['host: x', 'connection: upgrade', 'upgrade: websocket']), 404],
    ['a compressed body', post([LENGTH, 'content-encoding: gzip']), 415],
  ])('%s', async (_name, bytes, status = 400) => {
    const [answer, ...more] = await send(bytes);
    expect([answer?.status, more, operations()]).toEqual([status, [], []]);
    expectRefusal(answer as RawAnswer);
  });
});

describe('what leads nowhere is said, and the connection is read on as it was meant', () => {
  test.each<[string, string, number]>([
    ['the whole address of another host', post([LENGTH], ASKED, 'http://evil.example/graphql'), 404],
    ['an address with a password', post([LENGTH], ASKED, 'http://u:p@evil.example/graphql'), 404],
    ['two slashes', post([LENGTH], ASKED, '//graphql'), 404],
    ['an address in percent codes', post([LENGTH], ASKED, '/%67raphql'), 404],
    ['a way out of another folder', post([LENGTH], ASKED, '/x/../graphql'), 404],
    ['a fragment', post([LENGTH], ASKED, '/graphql#x'), 404],
    ['every address', `OPTIONS * HTTP/1.1\r\nhost: x\r\n\r\n${LAST}`, 404],
    ['what would echo the headers', `TRACE /graphql HTTP/1.1\r\nhost: x\r\nauthorization: secret\r\n\r\n${LAST}`, 405],
    ['an expectation nobody fulfils', post([LENGTH, 'expect: tea']), 417],
    ['a request hidden in a body', post([`content-length: ${HIDDEN.length}`], HIDDEN), 400],
    ['a body that is no UTF-8', post(['content-length: 22'], '{"query":"{ slow }\xe9\xff"}'), 415],
    ['a request hidden in a body nobody reads', post([`content-length: ${HIDDEN.length}`], HIDDEN, '/nowhere'), 404],
  ])('%s', async (_name, bytes, status) => {
    const answers = await send(bytes);
    expect([answers.map((answer) => answer.status), operations()]).toEqual([[status, 200], []]);
    expectRefusal(answers[0] as RawAnswer);
    expect(answers[0]?.body).not.toContain('secret');
  });
});

describe('what is unusual is answered, and nothing of it travels on', () => {
  const FORGED = [
    'X-Client-Address: 6.6.6.6',
    'x_client_address: 6.6.6.6',
    'X-CLIENT-ADDRESS: 6.6.6.7',
    'x-forwarded-for: 6.6.6.6',
    'x-forwarded-host: evil.example',
    'x-forwarded-proto: https',
    'forwarded: for=6.6.6.6;host=evil.example',
    'x-real-ip: 6.6.6.6',
    'true-client-ip: 6.6.6.6',
    'via: 1.1 evil',
    'x-viewer: {"kind":"GATEWAY"}',
    'x-original-url: /admin',
    'x-http-method-override: DELETE',
    'apollo-federation-include-trace: ftv1',
    'cookie: session=1',
    'proxy-authorization: Basic YTpi',
    'te: trailers',
    'keep-alive: timeout=1',
    'proxy-connection: keep-alive',
  ];
  test.each<[string, string]>([
    ['headers of proxies and of services, forged', post([LENGTH, ...FORGED])],
    ['a trace and a request id in forms of their own', post([LENGTH, 'traceparent: 00-x-y-01', 'x-request-id: ../../etc/passwd'])],
    ['letters beyond ASCII', post([LENGTH, 'x-request-id: abcd\xffefgh', 'accept-language: \xe9\xff'])],
    ['our headers named in Connection', post([LENGTH, 'connection: authorization, x-request-id, x-client-address, content-length'])],
    ['chunks', post([CHUNKED], chunked())],
    ['chunks in capitals after a tab', post(['TRANSFER-ENCODING:\tChUnKeD'], chunked())],
    ['chunks with extensions', post([CHUNKED], chunked('14;a=b;c="d"'))],
    [
      'chunks with trailers',
      post([CHUNKED, 'trailer: authorization'], chunked('14', 'authorization: Bearer x\r\nx-client-address: 6.6.6.6\r\n')),
    ],
    ['underscores for hyphens', post([LENGTH, 'content_length: 3', 'transfer_encoding: chunked'])],
    ['a host that is none', post([LENGTH]).replace('host: x', 'host: a@b/c\\d')],
    ['empty lines before it', `\r\n\r\n${post([LENGTH])}`],
    ['an expectation', post([LENGTH, 'expect: 100-continue'])],
    [
      'a request hidden in the body of a GET',
      request(
        'GET /graphql?query={slow} HTTP/1.1',
        ['host: x', 'apollo-require-preflight: 1', `content-length: ${HIDDEN.length}`],
        HIDDEN,
      ) + LAST,
    ],
  ])('%s', async (_name, bytes) => {
    const answers = await send(bytes);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(JSON.parse(answers[0]?.body ?? '')).toEqual({ data: { slow: 'finally' }, extensions: { cost: 1 } });
    expect(operations()).toEqual(['{slow}']);
    const at = house.identity.calls.indexOf('{slow}');
    expect(house.identity.headerNames[at]).toEqual([
      'host',
      'content-type',
      'authorization',
      'accept-language',
      'x-request-id',
      'x-client-address',
      'content-length',
    ]);
    const { authorization = '', ...others } = house.identity.headers[at] ?? {};
    expect(others).toEqual({
      host: new URL(house.identity.url).host,
      'content-type': 'application/json',
      'accept-language': 'pt-BR',
      'x-request-id': expect.stringMatching(/^req_[\w-]{36}$/),
      'x-client-address': '127.0.0.1',
      'content-length': expect.any(String),
    });
    expect(decodeJwt(authorization.slice('Bearer '.length)).viewer).toMatchObject({ kind: 'ANONYMOUS', personId: null, roles: [] });
  });

  test('another protocol offered is answered in this one', async () => {
    const offer = ['connection: upgrade, http2-settings', 'upgrade: h2c', 'http2-settings: AAMAAABkAAQAAP__'];
    const [answer, ...more] = await send(post([LENGTH, ...offer]));
    expect([answer?.status, answer?.headers.connection, more, operations()]).toEqual([200, 'close', [], ['{slow}']]);
  });

  test('requests that follow each other are answered in their order, each with its own', async () => {
    const answers = await send(post([LENGTH]).replace(LAST, '') + HIDDEN + LAST);
    expect(answers.slice(0, 2).map(({ body }) => JSON.parse(body).data)).toEqual([{ slow: 'finally' }, { viewer: null }]);
    expect(operations()).toEqual(['{slow}', '{viewer{name}}']);
  });

  test('nothing is said before or in the midst of an answer: nonsense after a request costs the connection', async () => {
    expect(await send(post([LENGTH]).replace(LAST, 'nonsense\r\n\r\n'))).toEqual([]);
  });
});

describe('behind a proxy of ours, the address is the entry that it wrote itself', () => {
  let behind: ToyHouse;
  beforeAll(async () => {
    behind = await startToyHouse({ environment: { TRUST_PROXY: '1' } });
  });
  afterAll(() => behind.stop());

  test.each<[string, string[], string]>([
    ['the last of a list', ['x-forwarded-for: 6.6.6.6, 203.0.113.9'], '203.0.113.9'],
    ['the last of two headers', ['x-forwarded-for: 6.6.6.6', 'X-Forwarded-For: 203.0.113.9'], '203.0.113.9'],
    ['of IPv6 too', ['x-forwarded-for: 2001:db8::9'], '2001:db8::9'],
    ['its own where that is none', ['x-forwarded-for: 6.6.6.6, unknown'], '127.0.0.1'],
    ['its own where there is none', ['x-real-ip: 6.6.6.6', 'forwarded: for=6.6.6.6', 'x_forwarded_for: 6.6.6.6'], '127.0.0.1'],
  ])('%s', async (_name, lines, address) => {
    const [answer] = await sendRaw(behind.gateway.url, post([LENGTH, ...lines]));
    expect(answer?.status).toBe(200);
    expect(behind.identity.headers[behind.identity.calls.lastIndexOf('{slow}')]?.['x-client-address']).toBe(address);
  });
});
