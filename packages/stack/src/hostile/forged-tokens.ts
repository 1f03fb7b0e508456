import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gatewayViewer } from '@atende/service/process';
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT, UnsecuredJWT } from 'jose';
import type { Stack } from '../stack.ts';

interface Claims {
  issuer?: string;
  audience?: string;
  /** Seconds from now. */
  expires?: number;
  viewer?: object | null;
}

/** What somebody could come with to a service's door who is no gateway of its environment, by name; null: nothing at all. */
export async function forgedTokens(stack: Stack, service: string): Promise<Record<string, string | null>> {
  const jwk: JWK = JSON.parse(readFileSync(join(stack.dataDir, 'secrets', 'gateway-signing.jwk'), 'utf8'));
  const identity: JWK = JSON.parse(readFileSync(join(stack.dataDir, 'secrets', 'identity-access.jwk'), 'utf8'));
  const { d: _, ...publicHalf } = jwk;
  const kid = jwk.kid as string;
  const claimed = ({ issuer = 'atende-gateway', audience = service, expires = 60, viewer = gatewayViewer }: Claims = {}) =>
    new SignJWT({ viewer })
      .setIssuer(issuer)
      .setAudience(audience)
      .setExpirationTime(Math.floor(Date.now() / 1_000) + expires);
  const own = await importJWK(jwk, 'EdDSA');
  const signed = (claims?: Claims, header: object = {}) =>
    claimed(claims)
      .setProtectedHeader({ alg: 'EdDSA', kid, ...header })
      .sign(own);
  const other = (await generateKeyPair('EdDSA', { extractable: true })).privateKey;
  const good = await signed();
  const [head = '', payload = '', signature = ''] = good.split('.');
  return {
    nothing: null,
    'no token': 'Bearer x',
    'another scheme': `Basic ${good}`,
    'a token for another service': `Bearer ${await signed({ audience: service === 'tickets' ? 'identity' : 'tickets' })}`,
    'a token of another issuer': `Bearer ${await signed({ issuer: 'atende-identity' })}`,
    'a token that has expired': `Bearer ${await signed({ expires: -10 })}`,
    'a token without a viewer': `Bearer ${await signed({ viewer: null })}`,
    'a token of a viewer that is none': `Bearer ${await signed({ viewer: { ...gatewayViewer, kind: 'ROOT' } })}`,
    'a token of a key nobody published': `Bearer ${await signed({}, { kid: 'other' })}`,
    'a token of another environment, with our key’s name': `Bearer ${await claimed().setProtectedHeader({ alg: 'EdDSA', kid }).sign(other)}`,
    'a token that brings its own key': `Bearer ${await claimed()
      .setProtectedHeader({ alg: 'EdDSA', jwk: await exportJWK(other) })
      .sign(other)}`,
    'a token that nobody signed': `Bearer ${new UnsecuredJWT({ viewer: gatewayViewer }).setIssuer('atende-gateway').setAudience(service).setExpirationTime('60s').encode()}`,
    'a token signed with the public key as a password': `Bearer ${await claimed()
      .setProtectedHeader({ alg: 'HS256', kid })
      .sign(Buffer.from(JSON.stringify(publicHalf)))}`,
    'a token signed with the public bytes as a password': `Bearer ${await claimed()
      .setProtectedHeader({ alg: 'HS256', kid })
      .sign(Buffer.from(jwk.x as string, 'base64url'))}`,
    'a person’s access token': `Bearer ${await claimed({ issuer: 'atende-identity', audience: 'atende' })
      .setProtectedHeader({ alg: 'EdDSA', kid: identity.kid as string })
      .sign(await importJWK(identity, 'EdDSA'))}`,
    'a token with another payload': `Bearer ${[head, Buffer.from(Buffer.from(payload, 'base64url').toString().replace('GATEWAY', 'PERSON')).toString('base64url'), signature].join('.')}`,
    'half a signature': `Bearer ${[head, payload, signature.slice(0, 40)].join('.')}`,
  };
}

/** What a gateway comes with. */
export async function gatewayToken(stack: Stack, service: string): Promise<string> {
  const jwk: JWK = JSON.parse(readFileSync(join(stack.dataDir, 'secrets', 'gateway-signing.jwk'), 'utf8'));
  const token = new SignJWT({ viewer: gatewayViewer })
    .setProtectedHeader({ alg: 'EdDSA', kid: jwk.kid as string })
    .setIssuer('atende-gateway');
  return `Bearer ${await token
    .setAudience(service)
    .setExpirationTime('60s')
    .sign(await importJWK(jwk, 'EdDSA'))}`;
}
