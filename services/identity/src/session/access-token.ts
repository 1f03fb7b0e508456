import { readFile } from 'node:fs/promises';
import { BadConfiguration, type Viewer } from '@atende/service';
import { calculateJwkThumbprint, importJWK, type JWK, SignJWT } from 'jose';

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

/** Reads the key from its file; a missing or wrong one is a fault of the configuration, said with its mending. */
export async function accessTokensFrom(file: string): Promise<AccessTokens> {
  try {
    const jwk = JSON.parse(await readFile(file, 'utf8')) as JWK;
    if (jwk.kty !== 'OKP' || jwk.crv !== 'Ed25519' || !jwk.d) throw new Error('it is not an Ed25519 private key in JWK form');
    return await makeAccessTokens(jwk);
  } catch (error) {
    throw new BadConfiguration(
      `ACCESS_KEY_FILE ${file}: ${(error as Error).message}. Expected: {"kty":"OKP","crv":"Ed25519","d":"…","x":"…"}`,
    );
  }
}
