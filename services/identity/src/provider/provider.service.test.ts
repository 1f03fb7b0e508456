import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoId } from '@atende/service';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { generateKeyPair } from 'jose';
import { OneTimeToken } from '../account/one-time-token.ts';
import { Person } from '../account/person.ts';
import { Contact } from '../contact/contact.ts';
import { ana, bruno, carla, gisele, hugo, startIdentity, type TestIdentity } from '../testing/identity.ts';
import { CLIENT, startProvider, type TestProvider } from '../testing/oidc-provider.ts';
import { doorOf, viewerIn } from '../testing/sign-in.ts';
import { ProviderLink } from './provider-link.ts';

const CALLBACK = 'http://127.0.0.1:4000/sign-in/callback';
const PROVIDERS = '{ signInProviders { id name } }';
const BEGIN = 'mutation ($id: ID!) { beginProviderSignIn(input: { providerId: $id }) { authorizationUrl secret errors { code field } } }';
const COMPLETE = `mutation ($secret: String!, $url: String!) { completeProviderSignIn(input: { secret: $secret, callbackUrl: $url }) {
  accessToken refreshToken mustChangePassword viewer { roles person { email } } errors { code field message } } }`;

let provider: TestProvider;
let identity: TestIdentity;
let folder: string;
beforeAll(async () => {
  provider = await startProvider(CALLBACK);
  folder = await mkdtemp(join(tmpdir(), 'providers-'));
  await writeFile(join(folder, 'secret'), `${CLIENT.secret}\n`);
  const common = { issuer: provider.issuer, clientId: CLIENT.id, clientSecretFile: join(folder, 'secret') };
  const list = [
    { ...common, id: 'acme', name: 'Conta ACME', domains: ['acme.example'] },
    { ...common, id: 'globex', name: 'Globex', organizations: ['GLBX01'] },
    { ...common, id: 'away', name: 'Nobody', issuer: 'http://127.0.0.1:1', domains: ['acme.example'] },
  ];
  await writeFile(join(folder, 'providers.json'), JSON.stringify(list));
  identity = await startIdentity({ environment: { SIGN_IN_PROVIDERS_FILE: join(folder, 'providers.json') } });
}, 60_000);
afterAll(async () => {
  await identity[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});
afterEach(async () => {
  provider.lie = null;
  provider.away = false;
  provider.accounts.clear();
  await identity.worker().nativeDelete(ProviderLink, {});
});

const { refresh } = doorOf(() => identity);
const begin = async (id = 'acme'): Promise<{ authorizationUrl: string; secret: string }> =>
  (await identity.anybody(BEGIN, { id })).data.beginProviderSignIn;
const complete = (secret: string, url: string) => identity.anybody(COMPLETE, { secret, url });
const completed = async (secret: string, url: string) => (await complete(secret, url)).data.completeProviderSignIn;

/** Somebody whom the provider knows under an address: there and back. */
async function goThere(email: string, { id = 'acme', subject = `sub of ${email}`, verified = true as unknown } = {}) {
  provider.accounts.set(subject, { email, email_verified: verified });
  const { authorizationUrl, secret } = await begin(id);
  return { secret, url: await provider.visit(authorizationUrl, subject) };
}
const signIn = async (...there: Parameters<typeof goThere>) => {
  const { secret, url } = await goThere(...there);
  return completed(secret, url);
};
const faults = (payload: { errors: { code: string }[] }): string => payload.errors.map(({ code }) => code).join() || 'IN';

describe('signing in by a provider', () => {
  it('is offered to anybody, by name', async () => {
    const { data } = await identity.anybody(PROVIDERS);
    expect(data.signInProviders).toEqual([
      { id: 'acme', name: 'Conta ACME' },
      { id: 'globex', name: 'Globex' },
      { id: 'away', name: 'Nobody' },
    ]);
  });

  it('lets in whom it vouches for, with their own rights and sessions', async () => {
    const { accessToken, refreshToken, viewer, errors } = await signIn('ANA@acme.example');
    expect([errors, viewer]).toEqual([[], { roles: ['CONTACT', 'ADMINISTRATOR', 'SERVICE_MANAGER'], person: { email: ana } }]);
    expect(viewerIn(accessToken)).toEqual({ ...(await identity.viewer(ana)), sessionId: viewerIn(accessToken).sessionId });
    expect((await refresh(refreshToken)).errors).toEqual([]);
  });

  it('asks by PKCE, state and nonce, and keeps nothing of them but a digest', async () => {
    const { authorizationUrl, secret } = await begin();
    const { searchParams } = new URL(authorizationUrl);
    expect(Object.fromEntries(searchParams)).toEqual({
      ...{ client_id: 'atende', response_type: 'code', scope: 'openid email', redirect_uri: CALLBACK, code_challenge_method: 'S256' },
      ...{
        state: expect.stringMatching(/^[\w-]{43}$/),
        nonce: expect.stringMatching(/^[\w-]{43}$/),
        code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      },
    });
    const kept = JSON.stringify(await identity.worker().find(OneTimeToken, { purpose: 'PROVIDER_SIGN_IN' }));
    for (const told of [secret, ...searchParams.values()].filter((text) => text.length === 43)) expect(kept).not.toContain(told);
  });

  it('knows a person by the provider’s own name for them once they came, whatever their address is then', async () => {
    expect(faults(await signIn(bruno, { subject: 'b' }))).toBe('IN');
    expect(faults(await signIn('bruno.lima@acme.example', { subject: 'b' }))).toBe('IN');
    expect(faults(await signIn('bruno.lima@acme.example', { subject: 'b', verified: false }))).toBe('IN');
    expect((await identity.worker().find(ProviderLink, {})).map(({ subject, personId }) => [subject, personId])).toEqual([
      ['b', demoId('per', bruno)],
    ]);
  });

  it('does not take who got somebody’s address for them', async () => {
    expect(faults(await signIn(bruno, { subject: 'b' }))).toBe('IN');
    expect(faults(await signIn(bruno, { subject: 'somebody new' }))).toBe('SIGN_IN_REFUSED');
  });

  it('lets in who has no password, and refreshes their session', async () => {
    const em = identity.worker();
    await em.execute('delete from credential where person_id = ?', [demoId('per', hugo)]);
    const { refreshToken, errors } = await signIn(hugo, { id: 'globex' });
    expect(errors).toEqual([]);
    expect((await refresh(refreshToken)).errors).toEqual([]);
  });
});

describe('nobody is let in', () => {
  const refusal = { code: 'SIGN_IN_REFUSED', field: ['input'], message: 'Este provedor não confirmou alguém que possa entrar aqui.' };

  it('who is unknown, inactive, of a domain or organization that the provider may not vouch for, or unverified: in the same bytes', async () => {
    const em = identity.worker();
    const said: string[] = [];
    const note = async (...there: Parameters<typeof goThere>) => {
      const { secret, url } = await goThere(...there);
      said.push(JSON.stringify(await complete(secret, url)));
    };
    await note('nobody@acme.example');
    await note(carla); // of the vendor's staff
    await note(gisele);
    await note(ana, { id: 'globex' });
    await note(carla, { id: 'globex' });
    for (const verified of [false, null, 'true', 1]) await note(bruno, { verified });
    await note('bruno@acme.example\u0000', { subject: 'nul' });
    await em.nativeUpdate(Person, { email: bruno }, { active: false });
    await note(bruno);
    await em.nativeUpdate(Person, { email: bruno }, { active: true });
    await em.nativeUpdate(Contact, { id: demoId('con', bruno) }, { active: false });
    await note(bruno);
    await em.nativeUpdate(Contact, { id: demoId('con', bruno) }, { active: true });
    expect(JSON.parse(said[0] ?? '').data.completeProviderSignIn).toMatchObject({ accessToken: null, viewer: null, errors: [refusal] });
    expect([...new Set(said)]).toEqual([said[0]]);
    expect(await em.count(ProviderLink)).toBe(0);
    expect(await em.count(Person, { email: 'nobody@acme.example' })).toBe(0);
  });

  it.each<[string, NonNullable<TestProvider['lie']>]>([
    ['of another way (nonce)', { claims: (told) => ({ ...told, nonce: 'another' }) }],
    ['for somebody else (audience)', { claims: (told) => ({ ...told, aud: 'another' }) }],
    ['that has expired', { claims: (told) => ({ ...told, exp: 1_000_000 }) }],
    ['of another issuer', { claims: (told) => ({ ...told, iss: 'https://another.example' }) }],
    ['without a subject', { claims: ({ sub: _, ...told }) => told }],
    ['about somebody else than it tells of', { claims: (told) => ({ ...told, sub: 'another' }) }],
  ])('by a token %s', async (_, lie) => {
    const { secret, url } = await goThere(ana);
    provider.lie = lie;
    expect((await completed(secret, url)).errors).toEqual([refusal]);
  });

  it('by a token that the provider did not sign', async () => {
    const { secret, url } = await goThere(ana);
    provider.lie = { key: (await generateKeyPair('RS256')).privateKey };
    expect((await completed(secret, url)).errors).toEqual([refusal]);
  });

  it('by a code that is none, or by an error of the provider', async () => {
    for (const [name, value] of Object.entries({ code: 'made up', error: 'access_denied' })) {
      const { secret, url } = await goThere(ana);
      const changed = new URL(url);
      changed.searchParams.set(name, value);
      expect((await completed(secret, changed.href)).errors).toEqual([refusal]);
    }
  });

  it('twice by the same answer, at once or later', async () => {
    const { secret, url } = await goThere(ana);
    const answers = await Promise.all(Array.from({ length: 20 }, () => completed(secret, url)));
    expect(answers.map(faults).sort()).toEqual(['IN', ...Array(19).fill('TOKEN_INVALID')]);
    expect(faults(await completed(secret, url))).toBe('TOKEN_INVALID');
  });

  it('in another browser, by another’s answer, by no answer, or after ten minutes', async () => {
    const [own, other] = [await goThere(ana), await goThere(bruno)];
    expect(faults(await completed(own.secret, other.url))).toBe('TOKEN_INVALID');
    const state = new URL(own.url).searchParams.get('state');
    for (const url of ['', 'nonsense', CALLBACK, `${CALLBACK}?code=a`, `${own.url}&state=${state}`, `${own.url}${'x'.repeat(9_000)}`])
      expect(faults(await completed(own.secret, url))).toBe('TOKEN_INVALID');
    for (const secret of ['', '\u0000', 'made up']) expect(faults(await completed(secret, own.url))).toBe('TOKEN_INVALID');
    expect(faults(await completed(own.secret, own.url))).toBe('IN'); // none of these used it up
    identity.clock.advance(600_000);
    expect(faults(await completed(other.secret, other.url))).toBe('TOKEN_INVALID');
  });

  it('while the provider is away: that is said, and nothing else', async () => {
    const { errors, data } = await identity.anybody(BEGIN, { id: 'away' });
    expect([data, errors]).toMatchObject([null, [{ extensions: { code: 'DEPENDENCY_UNAVAILABLE' } }]]);
    expect(JSON.stringify(errors)).not.toMatch(/127\.0\.0\.1|ECONNREFUSED|fetch/);
    const { secret, url } = await goThere(ana);
    provider.away = true;
    expect((await complete(secret, url)).errors).toMatchObject([{ extensions: { code: 'DEPENDENCY_UNAVAILABLE' } }]);
    provider.away = false;
    expect(faults(await signIn(ana))).toBe('IN');
  });

  it('by a provider that there is not', async () => {
    for (const id of ['', 'nobody', '__proto__'])
      expect((await identity.anybody(BEGIN, { id })).data.beginProviderSignIn).toEqual({
        ...{ authorizationUrl: null, secret: null },
        errors: [{ code: 'NOT_FOUND', field: ['input', 'providerId'] }],
      });
  });

  it('from one address more than so often, unless they get in', async () => {
    identity.clock.advance(3_600_000);
    const beginFrom = async (address: string) => (await identity.anybody(BEGIN, { id: 'acme' }, address)).data.beginProviderSignIn;
    const codes = [];
    for (let round = 0; round < 33; round++) codes.push(faults(await beginFrom('198.51.100.30')));
    expect([codes.slice(0, 31), codes.at(-1)]).toEqual([Array(31).fill('IN'), 'RATE_LIMITED']);
  });
});
