import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type CryptoKey, exportJWK, type GenerateKeyPairResult, generateKeyPair, type JWK, SignJWT, UnsecuredJWT } from 'jose';
import { ana } from './testing/toy-people.ts';
import { GATEWAY_ISSUER, makeVerifyToken, type VerifyToken } from './token.ts';

interface Forged {
  issuer?: string;
  audience?: string;
  expires?: number | null;
  viewer?: unknown;
  key?: CryptoKey;
  kid?: string;
}

let gateway: GenerateKeyPairResult;
let stranger: GenerateKeyPairResult;
let weaker: GenerateKeyPairResult;
let jwks: { keys: JWK[] };
let server: Server;
let fetched = 0;
let mood: 'well' | 'broken' = 'well';
let url: URL;

beforeAll(async () => {
  gateway = await generateKeyPair('EdDSA');
  stranger = await generateKeyPair('EdDSA');
  weaker = await generateKeyPair('RS256');
  jwks = {
    keys: [
      { ...(await exportJWK(gateway.publicKey)), kid: 'one', alg: 'EdDSA' },
      { ...(await exportJWK(weaker.publicKey)), kid: 'rsa' },
    ],
  };
  server = createServer((_, response) => {
    fetched += 1;
    if (mood === 'broken') response.writeHead(500).end('<html>');
    else response.setHeader('content-type', 'application/json').end(JSON.stringify(jwks));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`);
});
afterAll(() => void server.close());
beforeEach(() => {
  fetched = 0;
  mood = 'well';
});

function sign({
  issuer = GATEWAY_ISSUER,
  audience = 'toys',
  expires = 60,
  viewer = ana,
  key = gateway.privateKey,
  kid = 'one',
}: Forged = {}): Promise<string> {
  const token = new SignJWT({ viewer }).setProtectedHeader({ alg: 'EdDSA', kid }).setIssuer(issuer).setAudience(audience);
  if (expires !== null) token.setExpirationTime(Math.floor(Date.now() / 1_000) + expires);
  return token.sign(key);
}
const asked = async (verify: VerifyToken, forged?: Forged) => verify(`Bearer ${await sign(forged)}`);
const codeOf = (error: unknown): string => (error as { extensions: { code: string } }).extensions.code;

describe('the gateway’s token', () => {
  it('says who asks', async () => {
    expect(await asked(makeVerifyToken('toys', url))).toEqual(ana);
  });

  it.each<[string, Forged]>([
    ['expired beyond the leeway', { expires: -6 }],
    ['without an end', { expires: null }],
    ['for another service', { audience: 'tickets' }],
    ['of another issuer', { issuer: 'atende-identity' }],
    ['whose viewer is no viewer', { viewer: { ...ana, kind: 'ROOT' } }],
    ['without a viewer', { viewer: null }],
    ['of a key nobody published', { kid: 'two' }],
  ])('%s is none', async (_, forged) => {
    expect(await asked(makeVerifyToken('toys', url), forged)).toBeNull();
  });

  it('signed by a stranger is none', async () => {
    expect(await asked(makeVerifyToken('toys', url), { key: stranger.privateKey })).toBeNull();
  });

  it('unsigned, or signed with the public key as a password, is none', async () => {
    const verify = makeVerifyToken('toys', url);
    const unsigned = new UnsecuredJWT({ viewer: ana }).setIssuer(GATEWAY_ISSUER).setAudience('toys').setExpirationTime('60s').encode();
    expect(await verify(`Bearer ${unsigned}`)).toBeNull();
    const secret = new TextEncoder().encode(JSON.stringify(jwks.keys[0]));
    const confused = await new SignJWT({ viewer: ana })
      .setProtectedHeader({ alg: 'HS256', kid: 'one' })
      .setIssuer(GATEWAY_ISSUER)
      .setAudience('toys')
      .setExpirationTime('60s')
      .sign(secret);
    expect(await verify(`Bearer ${confused}`)).toBeNull();
  });

  it('of any other kind of signature is none, even with a key that is published', async () => {
    const token = new SignJWT({ viewer: ana }).setIssuer(GATEWAY_ISSUER).setAudience('toys').setExpirationTime('60s');
    const other = await token.setProtectedHeader({ alg: 'RS256', kid: 'rsa' }).sign(weaker.privateKey);
    expect(await makeVerifyToken('toys', url)(`Bearer ${other}`)).toBeNull();
  });

  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    'Bearer x',
    'Bearer a.b.c',
    'Basic YTpi',
    `Bearer ${'x'.repeat(9_000)}`,
    'bearer eyJ.eyJ.x y',
  ])('%p is none', async (authorization) => {
    expect(await makeVerifyToken('toys', url)(authorization)).toBeNull();
  });

  it('a few seconds late is good: clocks differ', async () => {
    expect(await asked(makeVerifyToken('toys', url), { expires: -2 })).toEqual(ana);
  });

  it('is verified once, and again after its end', async () => {
    const verify = makeVerifyToken('toys', url);
    const token = `Bearer ${await sign({ expires: 60 })}`;
    const first = await verify(token);
    expect(await verify(token)).toBe(first);
    const ended = `Bearer ${await sign({ expires: -1 })}`;
    expect(await verify(ended)).not.toBe(await verify(ended));
  });
});

describe('the gateways’ keys', () => {
  it('are fetched when they are first needed, once', async () => {
    const verify = makeVerifyToken('toys', url);
    expect(fetched).toBe(0);
    await Promise.all([asked(verify), asked(verify), asked(verify)]);
    expect(fetched).toBe(1);
  });

  it('that nobody serves: nobody can tell who asks', async () => {
    const verify = makeVerifyToken('toys', new URL('http://127.0.0.1:1/jwks.json'));
    expect(codeOf(await asked(verify).catch((error) => error))).toBe('DEPENDENCY_UNAVAILABLE');
  });

  it('that are served wrongly: nobody can tell either, until they are right', async () => {
    const verify = makeVerifyToken('toys', url);
    mood = 'broken';
    expect(codeOf(await asked(verify).catch((error) => error))).toBe('DEPENDENCY_UNAVAILABLE');
    mood = 'well';
    expect(await asked(verify)).toEqual(ana);
  });

  it('once known are good while no gateway answers', async () => {
    const verify = makeVerifyToken('toys', url, { maxAge: 0 }); // every look asks again
    expect(await asked(verify)).toEqual(ana);
    mood = 'broken';
    expect(await asked(verify, { viewer: { ...ana, language: 'es' } })).toMatchObject({ language: 'es' });
    expect(await asked(verify, { key: stranger.privateKey })).toBeNull();
  });
});
