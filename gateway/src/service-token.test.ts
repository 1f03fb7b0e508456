import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GATEWAY_ISSUER } from '@atende/service/process';
import { afterAll, describe, expect, test } from '@jest/globals';
import { createLocalJWKSet, decodeJwt, exportJWK, generateKeyPair, jwtVerify } from 'jose';
import { ServiceTokens } from './service-token.ts';
import { newSigningKey, readSigningKey } from './signing-key.ts';
import { ANA } from './testing/toy-persons.ts';

describe('a token for a service', () => {
  test('proves the viewer to that service for a minute', async () => {
    const key = await newSigningKey();
    const header = await new ServiceTokens(key).headerFor(ANA, 'tickets');
    const { payload } = await jwtVerify(header.slice('Bearer '.length), createLocalJWKSet(key.jwks), {
      issuer: GATEWAY_ISSUER,
      audience: 'tickets',
    });
    expect(payload.viewer).toEqual(ANA);
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(60);
  });

  test('is signed once per viewer and service, and anew before it expires', async () => {
    let now = 1_700_000_000_000;
    const tokens = new ServiceTokens(await newSigningKey(), () => now);
    const first = await tokens.headerFor(ANA, 'tickets');
    expect(tokens.headerFor(ANA, 'tickets')).toBe(first);
    expect(decodeJwt((await tokens.headerFor(ANA, 'identity')).slice(7)).aud).toBe('identity');
    now += 44_000;
    expect(tokens.headerFor(ANA, 'tickets')).toBe(first);
    now += 1_000;
    expect(await tokens.headerFor(ANA, 'tickets')).not.toBe(first);
  });
});

describe('the signing key', () => {
  const folder = mkdtempSync(join(tmpdir(), 'atende-key-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const write = (name: string, content: unknown, mode = 0o600) => {
    const file = join(folder, name);
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    chmodSync(file, mode);
    return file;
  };
  const makeJwk = async () => exportJWK((await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })).privateKey);

  test('shows its public half only', async () => {
    const jwk = await makeJwk();
    const { jwks } = await readSigningKey(write('good', jwk));
    expect(jwks.keys).toEqual([{ kty: 'OKP', crv: 'Ed25519', x: jwk.x, kid: expect.any(String), alg: 'EdDSA', use: 'sig' }]);
  });

  test('is refused with its reason', async () => {
    await expect(readSigningKey(write('open', await makeJwk(), 0o644))).rejects.toThrow(/others may read it/);
    await expect(readSigningKey(write('text', 'not json'))).rejects.toThrow(/is not JSON/);
    await expect(readSigningKey(write('other', { kty: 'RSA' }))).rejects.toThrow(/not an Ed25519 private key/);
    await expect(readSigningKey(join(folder, 'missing'))).rejects.toThrow(/cannot be read/);
  });
});
