import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jest } from '@jest/globals';
import { decodeJwt, exportJWK, generateKeyPair, importJWK, type JWTPayload, SignJWT } from 'jose';
import Provider from 'oidc-provider';

type Key = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];

/** What the provider says of an account: its claims. */
export type Account = Record<string, unknown>;

/** The package oidc-provider on loopback, with somebody at the keyboard who signs in as told, and who can make it lie. */
export interface TestProvider extends AsyncDisposable {
  issuer: string;
  /** Who is at the keyboard, by subject. */
  accounts: Map<string, Account>;
  /** Changes the claims of the next id tokens, signed again by the provider's own key; or by `key`. */
  lie: { claims?: (told: JWTPayload) => JWTPayload; key?: Key } | null;
  /** Answers nothing but 503. */
  away: boolean;
  /** A browser that goes to an address, signs in there as `subject`, and comes back: the address it comes back to. */
  visit(authorizationUrl: string, subject: string): Promise<string>;
}

export const CLIENT = { id: 'atende', secret: 'a-secret-of-the-client-and-the-provider-alone' };

export async function startProvider(redirectUri: string): Promise<TestProvider> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), kid: 'one', alg: 'RS256', use: 'sig' };
  let listener: RequestListener = (_, response) => response.writeHead(503).end();
  const server = createServer((request, response) => (state.away ? response.writeHead(503).end() : listener(request, response)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const accounts = new Map<string, Account>();
  const state = { issuer, accounts, lie: null as TestProvider['lie'], away: false };
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined); // that it keeps everything in memory
  const provider = new Provider(issuer, {
    clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [redirectUri] }],
    jwks: { keys: [jwk as never] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    cookies: { keys: ['of a test'] },
    ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600 }, // seconds
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/at-the-keyboard/${uid}` },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...accounts.get(sub) }) as never }),
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({ clientId: CLIENT.id, accountId: ctx.oidc.session?.accountId ?? '' });
      grant.addOIDCScope('openid email');
      await grant.save();
      return grant;
    },
  });
  warn.mockRestore();
  provider.use(async (ctx, next) => {
    if (ctx.path.startsWith('/at-the-keyboard/')) {
      const accountId = String(ctx.headers['x-subject']);
      await provider.interactionFinished(ctx.req, ctx.res, { login: { accountId } });
      ctx.respond = false;
      return;
    }
    await next();
    const told = ctx.body as { id_token?: string } | undefined;
    if (ctx.path !== '/token' || !told?.id_token || !state.lie) return;
    const claims = decodeJwt(told.id_token);
    const key = state.lie.key ?? ((await importJWK(jwk, 'RS256')) as Key);
    told.id_token = await new SignJWT(state.lie.claims?.(claims) ?? claims).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(key);
  });
  listener = provider.callback();
  return Object.assign(state, {
    visit: (authorizationUrl: string, subject: string) => visit(authorizationUrl, subject, redirectUri),
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

/** Follows redirects with cookies until the portal's own address is reached, which nobody serves here. */
async function visit(start: string, subject: string, redirectUri: string): Promise<string> {
  const cookies = new Map<string, string>();
  for (let url = start, hops = 0; hops < 10; hops++) {
    if (url.startsWith(redirectUri)) return url;
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: { cookie, 'x-subject': subject } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const to = response.headers.get('location');
    if (!to) throw new Error(`${response.status} at ${url}: ${await response.text()}`);
    url = new URL(to, url).href;
  }
  throw new Error('the browser goes round and round');
}
