import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { HttpResponseReader, MalformedResponse } from './http-response.ts';

const MOST = 1_000;
const read = (text: string, cuts: readonly number[] = []) => {
  const bytes = Buffer.from(text);
  const reader = new HttpResponseReader(MOST);
  let from = 0;
  for (const cut of [...cuts.map((at) => at % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]) {
    if (cut > from) reader.push(bytes.subarray(from, cut));
    from = Math.max(from, cut);
  }
  return reader;
};
const withLength = (body: string, more = '') =>
  `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n${more}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
const inChunks = (parts: string[]) =>
  `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${parts
    .filter((part) => part !== '')
    .map((part) => `${Buffer.byteLength(part).toString(16)}\r\n${part}\r\n`)
    .join('')}0\r\nx-trailer: 1\r\n\r\n`;

const text = fc.string({ unit: 'grapheme', maxLength: 60 });
const cuts = fc.array(fc.nat(), { maxLength: 12 });

describe('an answer of a service', () => {
  test('is the same however it is cut into pieces', () => {
    fc.assert(
      fc.property(text, cuts, (body, at) => {
        const reader = read(withLength(body), at);
        expect([reader.isDone, reader.status, reader.keepsAlive, reader.body]).toEqual([true, 200, true, body.toWellFormed()]);
      }),
    );
  });

  test('in chunks too', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 5 }), cuts, (parts, at) => {
        const whole = parts.map((part) => part.toWellFormed());
        const reader = read(inChunks(whole), at);
        expect([reader.isDone, reader.body]).toEqual([true, whole.join('')]);
      }),
    );
  });

  test('may come after an interim one, and say when its connection ends', () => {
    const reader = read(
      `HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n${withLength('{}', 'Connection: close\r\nKeep-Alive: timeout=72\r\n')}`,
    );
    expect([reader.isDone, reader.status, reader.keepsAlive, reader.idleSeconds, reader.body]).toEqual([true, 200, false, 72, '{}']);
  });

  test('without a length ends with its connection', () => {
    const reader = read('HTTP/1.1 503 No\r\n\r\nout of order');
    expect(reader.isDone).toBe(false);
    reader.end();
    expect([reader.isDone, reader.keepsAlive, reader.status, reader.body]).toEqual([true, false, 503, 'out of order']);
  });

  test('may have no body', () => {
    expect(read('HTTP/1.1 204 No Content\r\n\r\n').isDone).toBe(true);
    expect(read(withLength('')).body).toBe('');
  });
});

describe('what is no answer is refused', () => {
  test.each([
    ['another protocol', 'SSH-2.0-OpenSSH\r\n\r\n'],
    ['HTTP/1.0', 'HTTP/1.0 200 OK\r\n\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}'],
    ['a length beside chunks', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}'],
    ['a length that is none', 'HTTP/1.1 200 OK\r\ncontent-length: 2, 2\r\n\r\n{}'],
    ['a negative length', 'HTTP/1.1 200 OK\r\ncontent-length: -2\r\n\r\n{}'],
    ['an unknown encoding', 'HTTP/1.1 200 OK\r\ntransfer-encoding: gzip\r\n\r\n'],
    ['a chunk without a size', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n'],
    ['a chunk longer than it says', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n'],
    ['bytes after the end', `${withLength('{}')}HTTP/1.1 200 OK\r\n`],
    ['more than may come', withLength('x'.repeat(MOST + 1))],
    ['more than may come without saying so', `HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(MOST + 1)}`],
    ['a head without an end', `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(70_000)}`],
  ])('%s', (_, bytes) => {
    expect(() => read(bytes)).toThrow(MalformedResponse);
  });

  test('an end in the middle', () => {
    for (const part of ['', 'HTTP/1.1 200 OK\r\n', withLength('{}').slice(0, -1), inChunks(['ab']).slice(0, -2)])
      expect(() => read(part).end()).toThrow(MalformedResponse);
  });

  test('no bytes make it fail in another way', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            'HTTP/1.1 ',
            '200',
            '\r\n',
            '\r\n\r\n',
            'content-length: ',
            '5',
            'chunked',
            'transfer-encoding: ',
            '\n',
            '0',
            'é',
            '\0',
          ),
        ),
        cuts,
        (parts, at) => {
          try {
            read(parts.join(''), at);
          } catch (error) {
            expect(error).toBeInstanceOf(MalformedResponse);
          }
        },
      ),
    );
  });
});
