import { createRemoteJWKSet, errors as joseErrors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { type Viewer, viewerSchema } from './viewer.ts';

export const GATEWAY_ISSUER = 'atende-gateway';

/** Proves who asks from the gateway's token; null when there is no valid one. */
export type VerifyToken = (authorization: string | undefined) => Promise<Viewer | null>;

/**
 * Verifies service tokens against the gateways' keys, which are fetched when first needed, so a service starts without a gateway.
 * Verified tokens are remembered until they expire: a gateway sends the same one for a session's whole minute.
 */
export function makeVerifyToken(audience: string, keys: URL | JWTVerifyGetKey): VerifyToken {
  const getKey = keys instanceof URL ? createRemoteJWKSet(keys, { cooldownDuration: 1_000 }) : keys;
  const remembered = new Map<string, { viewer: Viewer; expires: number }>();
  return async (authorization) => {
    const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
    if (!token) return null;
    const known = remembered.get(token);
    if (known && known.expires > Date.now()) return known.viewer;
    try {
      const { payload } = await jwtVerify(token, getKey, { issuer: GATEWAY_ISSUER, audience, algorithms: ['EdDSA'], clockTolerance: 5, requiredClaims: ['exp'] });
      const viewer = viewerSchema.parse(payload['viewer']);
      if (remembered.size >= 10_000) remembered.clear();
      remembered.set(token, { viewer, expires: (payload.exp ?? 0) * 1_000 });
      return viewer;
    } catch (error) {
      if (error instanceof joseErrors.JOSEError && !(error instanceof joseErrors.JWKSTimeout)) return null;
      if (error instanceof Error && error.name === 'ZodError') return null;
      throw error;
    }
  };
}
