import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Secrets } from './secrets.ts';

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'secrets-')), 'secrets');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

test('a password is made once and kept', () => {
  const password = new Secrets(folder).password('tickets-app');
  expect(password).toHaveLength(32);
  expect(new Secrets(folder).password('tickets-app')).toBe(password);
  expect(new Secrets(folder).password('tickets-owner')).not.toBe(password);
});

test('secrets are readable by their owner only', () => {
  const secrets = new Secrets(folder);
  secrets.password('postgres');
  secrets.keyFile('gateway-signing');
  const modes = ['.', ...readdirSync(folder)].map((name) => statSync(join(folder, name)).mode & 0o777);
  expect(modes).toEqual([0o700, 0o600, 0o600]);
});

test('a key is an Ed25519 private JWK, kept, with the thumbprint of RFC 7638 as its id', () => {
  const file = new Secrets(folder).keyFile('gateway-signing');
  const jwk = JSON.parse(readFileSync(file, 'utf8'));
  const key = createPrivateKey({ key: jwk, format: 'jwk' });
  expect(verify(null, Buffer.from('x'), createPublicKey(key), sign(null, Buffer.from('x'), key))).toBe(true);
  const thumbprint = createHash('sha256').update(`{"crv":"Ed25519","kty":"OKP","x":"${jwk.x}"}`).digest('base64url');
  expect(jwk).toMatchObject({ kid: thumbprint, alg: 'EdDSA', use: 'sig' });
  new Secrets(folder).keyFile('gateway-signing');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(jwk);
});
