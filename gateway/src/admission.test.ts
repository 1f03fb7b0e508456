import { makeLog } from '@atende/service/process';
import { afterEach, expect, test } from '@jest/globals';
import { createLocalJWKSet, SignJWT } from 'jose';
import { AccessTokens } from './access-token.ts';
import { Admission, addressOf, NotAdmitted } from './admission.ts';
import { ApiKeys } from './api-keys.ts';
import { type EndedSessions, Sessions } from './sessions.ts';
import { newSigningKey } from './signing-key.ts';
import { ANA } from './testing/toy-persons.ts';

const open: Sessions[] = [];
afterEach(() => {
  for (const sessions of open.splice(0)) sessions.close();
});

test('when nobody can tell whether a session has ended, a known token is refused as unavailable, once, and nothing is left to fail by itself', async () => {
  const signing = await newSigningKey();
  let asked = 0;
  const sessions = new Sessions({
    pull: async (): Promise<EndedSessions | null> => {
      asked += 1;
      return null;
    },
    busAnswers: async () => false,
    every: 3_600_000,
    log: makeLog('gateway', 'silent'),
  });
  open.push(sessions);
  const admission = new Admission(new AccessTokens(createLocalJWKSet(signing.jwks)), new ApiKeys({ ask: async () => null }), sessions);
  const token = await new SignJWT({ viewer: ANA, sid: 'ses_ana' })
    .setProtectedHeader({ alg: 'EdDSA', kid: signing.id })
    .setIssuer('atende-identity')
    .setAudience('atende')
    .setSubject('per_ana')
    .setExpirationTime('600s')
    .sign(signing.key);
  // The first call verifies the token; the second knows it and asks for the session at once.
  for (const calls of [1, 2]) {
    await expect((async () => admission.admit(`Bearer ${token}`))()).rejects.toThrow(NotAdmitted);
    expect(asked).toBe(calls);
  }
});

test('a proxy’s word about an address counts only where it is an address', () => {
  const from = (forwarded: string, trusted = true) =>
    addressOf({ headers: { 'x-forwarded-for': forwarded }, socket: { remoteAddress: '127.0.0.1' } } as never, trusted);
  expect([from('6.6.6.6, 10.0.0.9'), from('2001:db8::1'), from('10.0.0.9', false)]).toEqual(['10.0.0.9', '2001:db8::1', '127.0.0.1']);
  for (const bad of ['', 'unknown', '10.0.0.9:443', 'a\r\nx-viewer: root']) expect(from(bad)).toBe('127.0.0.1');
});
