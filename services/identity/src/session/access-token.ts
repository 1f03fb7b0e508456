import type { Viewer } from '@atende/service';
import { calculateJwkThumbprint, importJWK, type JWK, SignJWT } from 'jose';
import { fromKeyFile } from '../key-file.ts';

export const ACCESS_ISSUER = 'atende-identity';
export const ACCESS_AUDIENCE = 'atende';
/** How long an access token is good for. Ended sessions are told apart sooner, through `_endedSessions`. */
export const ACCESS_LIFETIME = 600_000; // 10 minutes in ms

export interface AccessToken {
  token: string;
  expiresAt: Date;
}

export interface AccessTokens {
  issue(viewer: Viewer, now: Date): Promise<AccessToken>;
  /** The public key, for gateways. */
  jwks: { keys: JWK[] };
}

/** Signs access tokens with an Ed25519 private key in JWK form. */
export async function makeAccessTokens(privateJwk: JWK): Promise<AccessTokens> {
  const { kty, crv, x } = privateJwk;
  const kid = await calculateJwkThumbprint({ kty, crv, x } as JWK);
  const key = await importJWK(privateJwk, 'EdDSA');
  return {
    jwks: { keys: [{ kty, crv, x, kid, alg: 'EdDSA', use: 'sig' } as JWK] },
    issue: async (viewer, now) => {
      const expiresAt = new Date(now.getTime() + ACCESS_LIFETIME);
      const token = await new SignJWT({ sid: viewer.sessionId, viewer })
        .setProtectedHeader({ alg: 'EdDSA', kid })
        .setIssuer(ACCESS_ISSUER)
        .setAudience(ACCESS_AUDIENCE)
        .setSubject(viewer.personId ?? '')
        .setIssuedAt(now)
        .setExpirationTime(expiresAt)
        .sign(key);
      return { token, expiresAt };
    },
  };
}

/** By the private key in the file of ACCESS_KEY_FILE. */
export const accessTokensFrom = (file: string): Promise<AccessTokens> =>
  fromKeyFile('ACCESS_KEY_FILE', file, (jwk) => {
    if (jwk.kty !== 'OKP' || jwk.crv !== 'Ed25519' || !jwk.d) throw new Error('it is not an Ed25519 private key in JWK form');
    return makeAccessTokens(jwk);
  });
