import { expect, test } from '@jest/globals';
import { clientOf } from './client-name.ts';

test('a client is what it says it is, in the headers that are usual', () => {
  expect(clientOf({ 'apollographql-client-name': 'portal', 'apollographql-client-version': '1.4.2' })).toBe('portal 1.4.2');
  expect(clientOf({ 'x-client-name': 'portal', 'x-client-version': '2' })).toBe('portal 2');
  expect(clientOf({ 'x-client-name': 'portal' })).toBe('portal');
});

test('what has no sane form is not repeated', () => {
  expect(clientOf({})).toBeUndefined();
  expect(clientOf({ 'x-client-version': '1' })).toBeUndefined();
  for (const name of ['', 'ana@acme.example', 'a b', 'x'.repeat(61), 'é', ['a', 'b']])
    expect(clientOf({ 'x-client-name': name })).toBeUndefined();
  expect(clientOf({ 'x-client-name': 'portal', 'x-client-version': '123.456.789-09 CPF' })).toBe('portal');
});
