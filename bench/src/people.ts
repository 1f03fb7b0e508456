import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from '@atende/stack';
import { decodeJwt, importJWK, type JWK, SignJWT } from 'jose';

const PASSWORD = 'atende-demo-2026';

/** One GraphQL call; the answer's bytes. */
export async function ask(url: string, token: string | null, query: string, variables: object = {}): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  return response.text();
}

/** The access token of a person of the demo. */
export async function signIn(stack: Stack, email: string): Promise<string> {
  const query = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken errors { code } } }';
  const { data } = JSON.parse(await ask(`${stack.url}/graphql`, null, query, { input: { email, password: PASSWORD } }));
  if (!data.signIn.accessToken) throw new Error(`${email} cannot sign in: ${JSON.stringify(data.signIn.errors)}`);
  return data.signIn.accessToken;
}

/** What the gateway would send to each service for this person: so that the peer asks with the same rights. */
export async function serviceTokens(stack: Stack, accessToken: string, services: string[]): Promise<Record<string, string>> {
  const jwk: JWK = JSON.parse(readFileSync(join(stack.dataDir, 'secrets', 'gateway-signing.jwk'), 'utf8'));
  const key = await importJWK(jwk, 'EdDSA');
  const { viewer } = decodeJwt(accessToken);
  const sign = (service: string): Promise<string> =>
    new SignJWT({ viewer })
      .setProtectedHeader({ alg: 'EdDSA', kid: jwk.kid ?? '' })
      .setIssuer('atende-gateway')
      .setAudience(service)
      .setExpirationTime('1h')
      .sign(key);
  return Object.fromEntries(await Promise.all(services.map(async (service) => [service, await sign(service)])));
}
