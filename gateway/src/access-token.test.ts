import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { createLocalJWKSet, SignJWT } from 'jose';
import { AccessTokens, ANONYMOUS, KeysUnavailable, TokenRefused } from './access-token.ts';
import { newSigningKey, type SigningKey } from './signing-key.ts';
import { ANA } from './testing/toy-persons.ts';

let identity: SigningKey;
beforeAll(async () => {
  identity = await newSigningKey();
});

interface Claims {
  issuer?: string;
  audience?: string;
  expires?: number;
  sub?: string;
  viewer?: unknown;
  key?: SigningKey;
}

const sign = ({
  issuer = 'atende-identity',
  audience = 'atende',
  expires = 600,
  sub = 'per_ana',
  viewer = ANA,
  key = identity,
}: Claims = {}) =>
  new SignJWT({ viewer, sid: 'ses_ana' })
    .setProtectedHeader({ alg: 'EdDSA', kid: key.id })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(sub)
    .setExpirationTime(Math.floor(Date.now() / 1_000) + expires)
    .sign(key.key)
    .then((token) => `Bearer ${token}`);

const build = (now?: () => number) => new AccessTokens(createLocalJWKSet(identity.jwks), now);

describe('an access token', () => {
  test('of identity says who asks, and the same token is the same visitor', async () => {
    const tokens = build();
    const header = await sign();
    const visitor = await tokens.visitor(header);
    expect(visitor).toMatchObject({ viewer: ANA, sessionId: 'ses_ana' });
    expect(tokens.visitor(header)).toBe(visitor);
  });

  test('none is an anonymous visitor', () => {
    expect(build().visitor(undefined)).toBe(ANONYMOUS);
  });

  test.each<[string, Claims]>([
    ['of another issuer', { issuer: 'somebody' }],
    ['for somebody else', { audience: 'other' }],
    ['that has expired', { expires: -60 }],
    ['whose viewer is another person', { sub: 'per_bruno' }],
    ['without a viewer', { viewer: null }],
    ['that calls itself the gateway', { viewer: { ...ANA, kind: 'GATEWAY' } }],
  ])('%s is refused', async (_name, claims) => {
    await expect(build().visitor(await sign(claims))).rejects.toThrow(TokenRefused);
  });

  test('signed by another key, or no token at all, is refused', async () => {
    const other = await newSigningKey();
    await expect(build().visitor(await sign({ key: other }))).rejects.toThrow(TokenRefused);
    await expect(build().visitor(await sign({ key: { ...other, id: identity.id } }))).rejects.toThrow(TokenRefused);
    for (const text of ['Bearer', 'Bearer a.b.c', 'Basic YTpi', 'Bearer eyJhbGciOiJub25lIn0.e30.'])
      await expect(build().visitor(text)).rejects.toThrow(TokenRefused);
  });

  test('that was good is refused once it expires, remembered or not', async () => {
    let now = Date.now();
    const tokens = build(() => now);
    const header = await sign({ expires: 60 });
    await tokens.visitor(header);
    now += 66_000;
    await expect(tokens.visitor(header)).rejects.toThrow(TokenRefused);
  });
});

describe("identity's keys", () => {
  test('are fetched when first needed; without them nothing is said about a token', async () => {
    let answers = false;
    const server = createServer((_, response) => (answers ? response.end(JSON.stringify(identity.jwks)) : response.writeHead(503).end()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const tokens = new AccessTokens(new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`));
    const header = await sign();
    await expect(tokens.visitor(header)).rejects.toThrow(KeysUnavailable);
    answers = true;
    expect(await tokens.visitor(header)).toMatchObject({ sessionId: 'ses_ana' });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});
