import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BadConfiguration } from '@atende/service';
import { buildViewer } from '@atende/service/testing';
import { describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify } from 'jose';
import { accessTokensFrom, makeAccessTokens } from './access-token.ts';

const newKey = async () => exportJWK((await generateKeyPair('EdDSA', { extractable: true })).privateKey);

describe('access tokens', () => {
  it('are verified with the published key: who, for whom, until when', async () => {
    const tokens = await makeAccessTokens(await newKey());
    const viewer = buildViewer();
    const now = new Date('2026-03-02T12:00:00Z');
    const { token, expiresAt } = await tokens.issue(viewer, now);
    expect(expiresAt).toEqual(new Date('2026-03-02T12:10:00Z'));
    const { payload, protectedHeader } = await jwtVerify(token, createLocalJWKSet(tokens.jwks), {
      issuer: 'atende-identity',
      audience: 'atende',
      algorithms: ['EdDSA'],
      currentDate: now,
    });
    expect(payload).toMatchObject({ sub: viewer.personId, sid: viewer.sessionId, viewer, exp: expiresAt.getTime() / 1_000 });
    expect(protectedHeader.kid).toBe(tokens.jwks.keys[0]?.kid);
  });

  it('publish nothing of the private key', async () => {
    const jwk = await newKey();
    const { jwks } = await makeAccessTokens(jwk);
    expect(JSON.stringify(jwks)).not.toContain(jwk.d);
    expect(Object.keys(jwks.keys[0] ?? {}).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x']);
  });

  it.each([
    ['missing', null, 'no such file'],
    ['not JSON', '{', 'JSON'],
    ['a public key', '{"kty":"OKP","crv":"Ed25519","x":"AA"}', 'not an Ed25519 private key'],
    ['of another kind', '{"kty":"EC","crv":"P-256","x":"AA","y":"AA","d":"AA"}', 'not an Ed25519 private key'],
  ])('need their key: a file that is %s is a fault of the configuration', async (_, content, reason) => {
    const folder = await mkdtemp(join(tmpdir(), 'access-key-'));
    const file = join(folder, 'key.json');
    if (content !== null) await writeFile(file, content);
    const reading = accessTokensFrom(file);
    await expect(reading).rejects.toThrow(BadConfiguration);
    await expect(reading).rejects.toThrow(reason);
    await rm(folder, { recursive: true });
  });
});
