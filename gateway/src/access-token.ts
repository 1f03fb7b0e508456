import { anonymous, type Viewer, viewerSchema } from '@atende/service/process';
import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';

/** Who sent a request, as identity's token says. */
export interface Visitor {
  viewer: Viewer;
  sessionId: string | null;
  /** ms of the process's clock; Infinity for anonymous visitors. */
  expires: number;
}

export const ANONYMOUS: Visitor = { viewer: anonymous, sessionId: null, expires: Number.POSITIVE_INFINITY };

/** The token is not one of identity's, or no more. */
export class TokenRefused extends Error {}
/** Identity's keys cannot be had, so nothing can be said about the token. */
export class KeysUnavailable extends Error {}

const REMEMBERED = 20_000; // tokens
const LEEWAY = 5; // seconds between clocks

/**
 * Verifies access tokens by identity's keys, which are fetched when first needed: the gateway starts without identity.
 * The same token gives the same Visitor, which is what service tokens are remembered by.
 */
export class AccessTokens {
  readonly #keys: JWTVerifyGetKey;
  readonly #now: () => number;
  readonly #known = new LRUCache<string, Visitor>({ max: REMEMBERED });

  constructor(keys: URL | JWTVerifyGetKey, now: () => number = Date.now) {
    this.#keys = keys instanceof URL ? createRemoteJWKSet(keys, { cooldownDuration: 1_000, timeoutDuration: 2_000 }) : keys;
    this.#now = now;
  }

  /** Throws TokenRefused or KeysUnavailable. No token at all is an anonymous visitor. */
  visitor(authorization: string | undefined): Visitor | Promise<Visitor> {
    if (!authorization) return ANONYMOUS;
    const known = this.#known.get(authorization);
    if (known && known.expires > this.#now()) return known;
    return this.#verify(authorization);
  }

  async #verify(authorization: string): Promise<Visitor> {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1];
    if (!token) throw new TokenRefused('not a bearer token');
    const { payload } = await jwtVerify(token, this.#keys, {
      issuer: 'atende-identity',
      audience: 'atende',
      algorithms: ['EdDSA'],
      clockTolerance: LEEWAY,
      currentDate: new Date(this.#now()),
      requiredClaims: ['exp', 'sub', 'sid'],
    }).catch(refuse);
    const viewer = viewerSchema.safeParse(payload.viewer);
    if (!viewer.success || viewer.data.kind !== 'PERSON' || viewer.data.personId !== payload.sub) throw new TokenRefused('no viewer in it');
    const sessionId = String(payload.sid);
    const visitor: Visitor = { viewer: { ...viewer.data, sessionId }, sessionId, expires: ((payload.exp ?? 0) + LEEWAY) * 1_000 };
    this.#known.set(authorization, visitor);
    return visitor;
  }
}

function refuse(error: unknown): never {
  const isKeyTrouble = error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError) || error.code === 'ERR_JOSE_GENERIC';
  if (isKeyTrouble) throw new KeysUnavailable('identity keys cannot be fetched', { cause: error });
  throw new TokenRefused(error.message, { cause: error });
}
