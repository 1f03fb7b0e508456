import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { sendRaw } from './testing/raw-http.ts';
import { startToyHouse, type ToyHouse } from './testing/toy-house.ts';
import { ANA } from './testing/toy-persons.ts';

// A stand-in for the attachments service: it tells what reached it and answers what the test says.
let house: ToyHouse;
let seen: IncomingMessage[] = [];
let answer: (request: IncomingMessage, response: ServerResponse) => unknown;
beforeAll(async () => {
  house = await startToyHouse({
    files(request, response) {
      seen.push(request);
      answer(request, response);
    },
  });
});
afterAll(() => house.stop());
beforeEach(() => {
  seen = [];
  answer = (request, response) => {
    request.resume();
    response.end('ok');
  };
});

const at = (path: string) => `${house.gateway.url}${path}`;

describe('a file on its way through the gateway', () => {
  test('up: streamed as it comes, with the caller proved and only tus headers', async () => {
    const content = randomBytes(3_000_000);
    const received = createHash('sha256');
    answer = async (request, response) => {
      for await (const chunk of request) received.update(chunk);
      response
        .writeHead(204, {
          'tus-resumable': '1.0.0',
          'upload-offset': '3000000',
          'set-cookie': 'a=b',
          server: 'inside',
          'x-powered-by': 'inside',
        })
        .end();
    };
    const sent = await fetch(at('/files/uploads/att_1'), {
      method: 'PATCH',
      headers: {
        authorization: await house.signIn(),
        'tus-resumable': '1.0.0',
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
        cookie: 'x=y',
        'x-client-address': '6.6.6.6',
      },
      body: content,
    });
    expect([sent.status, sent.headers.get('upload-offset')]).toEqual([204, '3000000']);
    expect([sent.headers.get('set-cookie'), sent.headers.get('server'), sent.headers.get('x-powered-by')]).toEqual([null, null, null]);
    expect(received.digest('hex')).toBe(createHash('sha256').update(content).digest('hex'));
    const { headers } = seen[0] as IncomingMessage;
    expect(headers).toMatchObject({
      'tus-resumable': '1.0.0',
      'upload-offset': '0',
      'content-length': '3000000',
      'x-request-id': expect.any(String),
    });
    expect([headers.cookie, headers['x-client-address']]).toEqual([undefined, expect.stringMatching(/127\.0\.0\.1$/)]);
    const { aud, viewer } = decodeJwt(headers.authorization?.slice('Bearer '.length) ?? '');
    expect([aud, viewer]).toEqual(['attachments', ANA]);
  });

  test('down: with ranges and the headers that keep it harmless', async () => {
    answer = (request, response) => {
      response.writeHead(206, {
        'content-type': 'application/pdf',
        'content-range': 'bytes 0-3/9',
        'content-disposition': 'attachment',
        'x-content-type-options': 'nosniff',
        'content-security-policy': 'sandbox',
        etag: '"a"',
      });
      response.end(request.headers.range === 'bytes=0-3' ? 'part' : 'whole');
    };
    const got = await fetch(at('/files/att_1?token=abc'), { headers: { range: 'bytes=0-3' } });
    expect([got.status, await got.text(), seen[0]?.url]).toEqual([206, 'part', '/files/att_1?token=abc']);
    for (const [name, value] of Object.entries({
      'content-range': 'bytes 0-3/9',
      'content-disposition': 'attachment',
      'x-content-type-options': 'nosniff',
      'content-security-policy': 'sandbox',
      etag: '"a"',
    })) {
      expect(got.headers.get(name)).toBe(value);
    }
    expect(decodeJwt(seen[0]?.headers.authorization?.slice(7) ?? '').viewer).toMatchObject({ kind: 'ANONYMOUS' });
  });

  test('is not held: the first bytes are here before the last are there', async () => {
    const go = Promise.withResolvers<void>();
    answer = async (_, response) => {
      response.write('first');
      await go.promise;
      response.end('last');
    };
    const { body } = await fetch(at('/files/att_1'));
    const reader = (body as ReadableStream<Uint8Array>).getReader();
    expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe('first');
    go.resolve();
    expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe('last');
  });

  test('ends at the service too when the client goes away', async () => {
    const gone = Promise.withResolvers<void>();
    answer = (_, response) => {
      response.on('close', gone.resolve);
      response.write('first');
    };
    const leaving = new AbortController();
    await fetch(at('/files/att_1'), { signal: leaving.signal });
    leaving.abort();
    await gone.promise;
  });

  test('ends at the service too when the client goes away before the answer', async () => {
    const [arrived, gone] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    answer = (_, response) => {
      response.on('close', gone.resolve);
      arrived.resolve();
    };
    const leaving = new AbortController();
    const sent = fetch(at('/files/att_1'), { signal: leaving.signal }).catch(() => undefined);
    await arrived.promise;
    leaving.abort();
    await Promise.all([sent, gone.promise]);
  });

  test('a method that is none of theirs goes nowhere', async () => {
    expect([(await fetch(at('/files/att_1'), { method: 'PUT', body: 'x' })).status, seen.length]).toEqual([404, 0]);
  });

  test('a bad token is refused, a service that is away is said', async () => {
    const refused = await fetch(at('/files/att_1'), { headers: { authorization: 'Bearer nonsense' } });
    expect([refused.status, await refused.json()]).toMatchObject([401, { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] }]);
    answer = (request) => request.socket.destroy();
    const away = await fetch(at('/files/att_1'));
    expect([away.status, await away.json()]).toMatchObject([503, { errors: [{ extensions: { code: 'DEPENDENCY_UNAVAILABLE' } }] }]);
  });
});

describe('bytes on a socket that name a file', () => {
  const send = (target: string, lines: string[] = [], body = '') =>
    sendRaw(house.gateway.url, [`GET ${target} HTTP/1.1`, 'host: x', 'connection: close', ...lines, '', body].join('\r\n'));

  test.each([
    '/files/',
    '/files/../graphql',
    '/files/./att_1',
    '/files/uploads/../../graphql',
    '/files/%2e%2e/admin',
    '/files/%2E./admin',
    '/files/a/..%2f..%2fetc',
    '/files/a%2fb',
    '/files/%252e%252e%252fadmin',
    '/files/a%00',
    '/files/a%0d%0ax-viewer:%20root',
    '/files//att_1',
    '/files/att_1//',
    '/files/a\\b',
    '/files/a;b',
    '/files/a:b@c',
    '/files/.env',
    '/files/att_1#x',
    'http://evil.example/files/att_1',
    '/FILES/att_1',
  ])('%p goes nowhere', async (target) => {
    const [answer, ...more] = await send(target);
    expect([answer?.status, JSON.parse(answer?.body ?? '').errors[0].extensions.code, more, seen]).toEqual([404, 'NOT_FOUND', [], []]);
  });

  test('reach the service with exactly the headers of the two lists, one of each', async () => {
    const forged = [
      'Cookie: a=b',
      'X-Client-Address: 6.6.6.6',
      'x_client_address: 6',
      'x-viewer: root',
      'forwarded: for=6',
      'x-real-ip: 6',
    ];
    const odd = [
      'connection: authorization, range',
      'te: trailers',
      'expect: 100-continue',
      'transfer_encoding: chunked',
      'Range: bytes=1-2',
    ];
    const [answer] = await send('/files/att_1', [...forged, ...odd, 'x-request-id: click_12345678']);
    expect([answer?.status, seen[0]?.rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase())]).toEqual([
      200,
      ['host', 'connection', 'range', 'authorization', 'accept-language', 'x-request-id', 'x-client-address'],
    ]);
    expect(seen[0]?.headers).toMatchObject({ range: 'bytes=1-2', 'x-request-id': 'click_12345678', 'x-client-address': '127.0.0.1' });
  });

  test('come back with exactly the headers of the other list', async () => {
    answer = (_, response) => {
      const inside = {
        server: 'nginx',
        'x-powered-by': 'x',
        'set-cookie': ['a=b', 'c=d'],
        via: '1.1 x',
        'x-request-id': 'inside',
        date: 'x',
      };
      const cors = {
        'access-control-allow-origin': '*',
        'strict-transport-security': 'max-age=1',
        link: '<http://127.0.0.1:1>',
        refresh: '0',
      };
      response.writeHead(200, {
        ...inside,
        ...cors,
        'content-type': 'text/plain',
        etag: '"a"',
        trailer: 'x-late',
        connection: 'keep-alive',
      });
      response.addTrailers({ 'x-late': 'inside' });
      response.end('ok');
    };
    const [got] = await send('/files/att_1', ['x-request-id: click_12345678']);
    expect(Object.keys(got?.headers ?? {}).sort()).toEqual([
      'connection',
      'content-type',
      'date',
      'etag',
      'transfer-encoding',
      'x-request-id',
    ]);
    expect([got?.headers['x-request-id'], got?.headers.date !== 'x', got?.body.includes('inside')]).toEqual([
      'click_12345678',
      true,
      false,
    ]);
  });

  test('hide no second request: what is in a body stays in a body', async () => {
    answer = async (asked, response) => {
      let text = '';
      for await (const piece of asked) text += piece;
      response.end(text);
    };
    const hidden = 'DELETE /files/att_2 HTTP/1.1\r\nhost: x\r\n\r\n';
    for (const [method, lines, body] of [
      ['PATCH', [`content-length: ${hidden.length}`], hidden],
      ['PATCH', ['transfer-encoding: chunked'], `${hidden.length.toString(16)}\r\n${hidden}\r\n0\r\n\r\n`],
    ] as const) {
      seen = [];
      const head = [`${method} /files/uploads/att_1 HTTP/1.1`, 'host: x', 'connection: close', ...lines, '', body].join('\r\n');
      const [got, ...more] = await sendRaw(house.gateway.url, head);
      expect([got?.status, got?.body.includes(hidden), more, seen.map(({ method: asked }) => asked)]).toEqual([200, true, [], ['PATCH']]);
    }
    seen = [];
    const reading = await send('/files/att_1', [`content-length: ${hidden.length}`], hidden);
    expect([reading.map(({ status }) => status), seen.map(({ method }) => method)]).toEqual([[200], ['GET']]);
  });
});
