import { createLocalJWKSet, createRemoteJWKSet, type JWTVerifyGetKey, errors as joseErrors, jwtVerify } from 'jose';
import { ErrorCode, RequestError } from './errors.ts';
import { type Viewer, viewerSchema } from './viewer.ts';

export const GATEWAY_ISSUER = 'atende-gateway';
const MOST_REMEMBERED = 10_000;

/** Proves who asks from the gateway's token; null when there is no valid one. Throws when nobody can tell. */
export type VerifyToken = (authorization: string | undefined) => Promise<Viewer | null>;

/**
 * Verifies service tokens against the gateways' keys, which are fetched when first needed, so a service starts without a gateway.
 * Verified tokens are remembered until they expire: a gateway sends the same one for a session's whole minute. Keys are asked
 * for again after `maxAge` ms.
 */
export function makeVerifyToken(audience: string, keys: URL | JWTVerifyGetKey, { maxAge = 600_000 } = {}): VerifyToken {
  const getKey = keys instanceof URL ? keysFrom(keys, maxAge) : keys;
  const remembered = new Map<string, { viewer: Viewer; expires: number }>();
  return async (authorization) => {
    const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
    if (!token) return null;
    const known = remembered.get(token);
    if (known && known.expires > Date.now()) return known.viewer;
    const verified = await verify(token, audience, getKey);
    if (!verified) return null;
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(token, verified);
    return verified.viewer;
  };
}

async function verify(token: string, audience: string, getKey: JWTVerifyGetKey): Promise<{ viewer: Viewer; expires: number } | null> {
  try {
    const { payload } = await jwtVerify(token, getKey, {
      issuer: GATEWAY_ISSUER,
      audience,
      algorithms: ['EdDSA'],
      clockTolerance: 5,
      requiredClaims: ['exp'],
    });
    const viewer = viewerSchema.safeParse(payload.viewer);
    return viewer.success ? { viewer: viewer.data, expires: (payload.exp ?? 0) * 1_000 } : null;
  } catch (error) {
    if (error instanceof joseErrors.JOSEError) return null;
    throw error;
  }
}

/** The gateways' keys. While no gateway answers, the ones known last are good; without any, nobody can tell who asks. */
function keysFrom(url: URL, maxAge: number): JWTVerifyGetKey {
  const remote = createRemoteJWKSet(url, { cooldownDuration: 1_000, timeoutDuration: 2_000, cacheMaxAge: maxAge });
  return async (header, token) => {
    try {
      return await remote(header, token);
    } catch (error) {
      if (isAboutTheToken(error)) throw error;
      const last = remote.jwks();
      if (last) return createLocalJWKSet(last)(header, token);
      throw new RequestError(ErrorCode.DEPENDENCY_UNAVAILABLE, "The gateways' keys cannot be fetched now.");
    }
  };
}

const isAboutTheToken = (error: unknown): boolean =>
  error instanceof joseErrors.JWKSNoMatchingKey ||
  error instanceof joseErrors.JWKSMultipleMatchingKeys ||
  error instanceof joseErrors.JOSENotSupported;
