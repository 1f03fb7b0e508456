import { GATEWAY_ISSUER, type Viewer } from '@atende/service/process';
import { SignJWT } from 'jose';
import type { SigningKey } from './signing-key.ts';

const LIFETIME = 60; // seconds a token is valid
const REUSED = 45_000; // ms it is sent again; the rest is leeway for slow calls and clocks

interface Token {
  header: string | Promise<string>;
  until: number; // ms of the process's clock
}

/**
 * Makes the tokens that prove a viewer to a service. They are remembered by the viewer object, which is one per session
 * (access-token.ts) or per class of watchers, so that signing stays off the hot path.
 */
export class ServiceTokens {
  readonly #key: SigningKey;
  readonly #now: () => number;
  readonly #known = new WeakMap<Viewer, Map<string, Token>>();

  constructor(key: SigningKey, now: () => number = Date.now) {
    this.#key = key;
    this.#now = now;
  }

  /** The `authorization` header for a service; a promise only when it must be signed anew. */
  headerFor(viewer: Viewer, service: string): string | Promise<string> {
    const tokens = this.#tokensOf(viewer);
    const known = tokens.get(service);
    if (known && known.until > this.#now()) return known.header;
    const token: Token = { header: this.#sign(viewer, service), until: this.#now() + REUSED };
    tokens.set(service, token);
    void (token.header as Promise<string>).then(
      (header) => {
        token.header = header;
      },
      () => tokens.delete(service),
    );
    return token.header;
  }

  #tokensOf(viewer: Viewer): Map<string, Token> {
    const known = this.#known.get(viewer);
    if (known) return known;
    const tokens = new Map<string, Token>();
    this.#known.set(viewer, tokens);
    return tokens;
  }

  async #sign(viewer: Viewer, service: string): Promise<string> {
    const now = Math.floor(this.#now() / 1_000);
    const jwt = await new SignJWT({ viewer })
      .setProtectedHeader({ alg: 'EdDSA', kid: this.#key.id })
      .setIssuer(GATEWAY_ISSUER)
      .setAudience(service)
      .setIssuedAt(now)
      .setExpirationTime(now + LIFETIME)
      .sign(this.#key.key);
    return `Bearer ${jwt}`;
  }
}
