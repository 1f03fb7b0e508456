import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { HOSTILE } from './testing/hostile.ts';
import { startToyHouse, type ToyHouse } from './testing/toy-house.ts';

// Whatever is sent: an answer in JSON, never a 5xx, and nothing of the inside in it.

let house: ToyHouse;
beforeAll(async () => {
  house = await startToyHouse();
});
afterAll(() => house.stop());

const GOOD = [
  'query Q($id: ID!) { ticket(id: $id) { number requester { name } ...F } } fragment F on Ticket { comments(first: 2) { edges { node { body } } } }',
  'mutation { rename(id: "tkt_1", subject: "x") { ticket { subject } } }',
  '{ node(id: "tkt_1") { __typename ... on Ticket { number @include(if: true) } } }',
];

/** A document with a piece cut out, doubled, or put somewhere else. */
const damaged = fc
  .tuple(
    fc.constantFrom(...GOOD, ...HOSTILE.map(({ query }) => query)),
    fc.nat(),
    fc.nat(40),
    fc.constantFrom('', '{', '}', '"', '$x', '@skip', '...', '\u0000', '\ud800', '9e999', '"""'),
  )
  .map(([text, from, length, piece]) => {
    const at = from % (text.length + 1);
    return text.slice(0, at) + piece + text.slice(at + length);
  });
const query = fc.oneof(damaged, fc.constantFrom(...GOOD), fc.string(), fc.json());
const variables = fc.oneof(
  fc.constant(undefined),
  fc.dictionary(fc.constantFrom('id', 'n', '__proto__', 'constructor'), fc.jsonValue()),
  fc.jsonValue(),
);
const body = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .record({ query, variables, operationName: fc.option(fc.oneof(fc.constant(''), fc.string())) })
      .map((value) => JSON.stringify(value)),
  },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string() },
);
const operationId = fc.oneof(fc.string(), fc.constantFrom('a\r\n\r\nevent: complete', '__proto__', 'x'.repeat(300)), fc.jsonValue());
const sharedBody = fc.record({ query, variables, extensions: fc.record({ operationId }) }).map((value) => JSON.stringify(value));
const headers = fc.record({
  'content-type': fc.constantFrom(
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset=latin1',
    'text/plain',
    'application/graphql',
  ),
  accept: fc.constantFrom('*/*', 'application/json', 'application/graphql-response+json', 'text/html', ';;;', 'multipart/mixed'),
  'accept-language': fc.constantFrom('pt-BR', 'en;q=x', '*', ',,,;q=9', 'x'.repeat(2_000)),
  authorization: fc.constantFrom('', 'Bearer', 'Bearer a.b.c', 'Bearer eyJhbGciOiJub25lIn0.e30.'),
  'x-request-id': fc.constantFrom('req_12345678', '../../etc', '"', 'x'.repeat(500)),
});

interface Errors {
  errors?: { extensions: { requestId: string; code: string } }[];
}

function expectFine(answer: Response, text: string, said: Errors[]): void {
  expect({ status: answer.status, isFine: answer.status < 500 }).toEqual({ status: answer.status, isFine: true });
  for (const { extensions } of said.flatMap(({ errors = [] }) => errors))
    expect(extensions).toEqual({ code: expect.stringMatching(/^[A-Z_]+$/), requestId: answer.headers.get('x-request-id') });
  expect(text).not.toMatch(/node_modules|file:\/\/|127\.0\.0\.1|\bat .*\.(ts|js):\d/);
}

test('malformed and hostile requests', async () => {
  await fc.assert(
    fc.asyncProperty(body, headers, async (sent, given) => {
      const { authorization, ...others } = given;
      const answer = await fetch(`${house.gateway.url}/graphql`, { method: 'POST', body: sent, headers: authorization ? given : others });
      const text = await answer.text();
      expectFine(answer, text, [JSON.parse(text)]);
    }),
    { numRuns: 1_000 },
  );
});

test('malformed and hostile event streams', async () => {
  const url = `${house.gateway.url}/graphql`;
  const authorization = await house.signIn();
  const reserved = await (await fetch(url, { method: 'PUT', headers: { authorization } })).text();
  const leaving = new AbortController();
  const shared = await fetch(url, {
    headers: { accept: 'text/event-stream', 'x-graphql-event-stream-token': reserved },
    signal: leaving.signal,
  });
  const asked = fc.record({
    method: fc.constantFrom('POST', 'POST', 'POST', 'DELETE', 'HEAD', 'OPTIONS'),
    sent: fc.oneof(body, sharedBody),
    accept: fc.constantFrom(
      'text/event-stream',
      'TEXT/EVENT-STREAM',
      'text/event-stream;q=0.1, */*',
      'text/event-stream, application/json',
    ),
    token: fc.constantFrom('', reserved, reserved, 'nonsense', '%0d%0a', '..'),
    lastEventId: fc.oneof(fc.constant(''), fc.base64String(), fc.constant('x'.repeat(4_000))),
    operationId: fc.webFragments(),
  });
  await fc.assert(
    fc.asyncProperty(asked, async ({ method, sent, accept, token, lastEventId, operationId }) => {
      const answer = await fetch(`${url}?token=${token}&operationId=${operationId}`, {
        method,
        headers: { accept, authorization, 'content-type': 'application/json', 'last-event-id': lastEventId },
        body: method === 'POST' ? sent : null,
      });
      const text = await answer.text();
      const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream');
      const said = isStream ? [...text.matchAll(/^data: (\{.*)$/gm)].map(([, data]) => data) : [text].filter((one) => one !== '');
      expectFine(
        answer,
        text,
        said.map((one) => JSON.parse(one ?? '')),
      );
    }),
    { numRuns: 500 },
  );
  leaving.abort();
  await shared.text().catch(() => undefined);
});
