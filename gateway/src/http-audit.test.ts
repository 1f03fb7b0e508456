import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { auditServer } from 'graphql-http';
import { startToyHouse, type ToyHouse } from './testing/toy-house.ts';

// The GraphQL-over-HTTP specification, as its own audit reads it.

let house: ToyHouse;
beforeAll(async () => {
  house = await startToyHouse({ environment: { ATENDE_ENV: 'development' } }); // the audit asks for __type
});
afterAll(() => house.stop());

test('every MUST of GraphQL over HTTP holds', async () => {
  // The audit asks as a browser's simple request may; ours must say that they are none.
  const fetchFn = (url: string, { headers, ...init }: RequestInit = {}) =>
    fetch(url, { ...init, headers: { ...(headers as Record<string, string>), 'apollo-require-preflight': '1' } });
  const results = await auditServer({ url: `${house.gateway.url}/graphql`, fetchFn });
  const failed = results.filter(({ status }) => status === 'error');
  expect(failed.map(({ name, status }) => `${status}: ${name}`)).toEqual([]);
});

describe('a GET', () => {
  test('may not carry a body of its own', async () => {
    const answer = await fetch(`${house.gateway.url}/graphql?query=${encodeURIComponent('{ __typename }')}`, {
      headers: { 'content-type': 'text/xml' },
    });
    expect(answer.status).toBe(415);
  });
});
