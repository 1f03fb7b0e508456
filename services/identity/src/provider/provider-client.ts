import { createHmac } from 'node:crypto';
import * as oidc from 'openid-client';
import type { SignInProvider } from './provider-settings.ts';

/** The provider does not answer, or not as a provider does. */
export class ProviderAway extends Error {}
/** The provider, or what came from it, does not prove anybody. `message` is for logs and holds nothing of a person. */
export class ProviderRefused extends Error {}

/** Whom a provider vouches for. */
export interface Proven {
  issuer: string;
  subject: string;
  /** In small letters; null unless the provider says that it is verified. */
  email: string | null;
}

const TIMEOUT = 2.5; // seconds for each call
const REMEMBERED = 3_600_000; // 1 hour in ms that what a provider says of itself counts
const SCOPE = 'openid email';

/**
 * The way to one provider and back: authorization code with PKCE, state and nonce. All three are derived from the secret of
 * one browser, so that nothing of them is stored. What the provider says of itself is asked for when first needed.
 */
export class ProviderClient {
  readonly provider: SignInProvider;
  readonly #redirectUri: string;
  #known: { configuration: Promise<oidc.Configuration>; until: number } | null = null;

  constructor(provider: SignInProvider, redirectUri: string) {
    this.provider = provider;
    this.#redirectUri = redirectUri;
  }

  /** Where the browser goes. Rejects with ProviderAway. */
  async authorizationUrl(secret: string): Promise<string> {
    const configuration = await this.#configuration();
    const challenge = await oidc.calculatePKCECodeChallenge(derived(secret, 'verifier'));
    return oidc.buildAuthorizationUrl(configuration, {
      ...{ redirect_uri: this.#redirectUri, scope: SCOPE, state: derived(secret, 'state'), nonce: derived(secret, 'nonce') },
      ...{ code_challenge: challenge, code_challenge_method: 'S256' },
    }).href;
  }

  /** Whether the browser came back from the way that began with this secret. */
  isAnswerTo(secret: string, answer: URLSearchParams): boolean {
    return answer.getAll('state').join() === derived(secret, 'state');
  }

  /** What the provider says of who came back. Rejects with ProviderAway or ProviderRefused. */
  async proven(secret: string, answer: URLSearchParams): Promise<Proven> {
    const configuration = await this.#configuration();
    try {
      const tokens = await oidc.authorizationCodeGrant(configuration, new URL(`?${answer}`, this.#redirectUri), {
        ...{
          pkceCodeVerifier: derived(secret, 'verifier'),
          expectedState: derived(secret, 'state'),
          expectedNonce: derived(secret, 'nonce'),
        },
        idTokenExpected: true,
      });
      const told = tokens.claims();
      if (!told) throw new ProviderRefused('no id token');
      const claims = told.email === undefined ? await oidc.fetchUserInfo(configuration, tokens.access_token, told.sub) : told;
      const isVerified = claims.email_verified === true && typeof claims.email === 'string';
      return { issuer: told.iss, subject: told.sub, email: isVerified ? String(claims.email).trim().toLowerCase() : null };
    } catch (error) {
      throw told(error);
    }
  }

  #configuration(): Promise<oidc.Configuration> {
    if (this.#known && this.#known.until > performance.now()) return this.#known.configuration;
    const { issuer, clientId, clientSecret } = this.provider;
    // The settings took http on loopback only, and only in development.
    const execute = [oidc.enableNonRepudiationChecks, ...(issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : [])];
    const configuration = oidc.discovery(issuer, clientId, clientSecret, undefined, { execute, timeout: TIMEOUT }).catch((error: Error) => {
      this.#known = null;
      throw new ProviderAway(error.message, { cause: error });
    });
    this.#known = { configuration, until: performance.now() + REMEMBERED };
    return configuration;
  }
}

const derived = (secret: string, what: string): string => createHmac('sha256', secret).update(what).digest('base64url');

// What the library says of answers that are not what was asked for; everything else that fails is a provider that is away.
const UNTRUE = new Set([
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_KEY_SELECTION_FAILED',
]);

function told(error: unknown): Error {
  if (error instanceof ProviderRefused) return error;
  const { name, code, message } = error as Error & { code?: string };
  const isRefusal = error instanceof oidc.AuthorizationResponseError || error instanceof oidc.ResponseBodyError || UNTRUE.has(code ?? '');
  return isRefusal ? new ProviderRefused(`${name} ${code ?? ''}: ${message}`) : new ProviderAway(`${name} ${code ?? ''}: ${message}`);
}
