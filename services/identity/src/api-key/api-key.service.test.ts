import { demoId, gatewayViewer, isApiKey, type KeyScope, type Viewer } from '@atende/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Credential } from '../account/credential.ts';
import { Mail } from '../account/mail.ts';
import { Person } from '../account/person.ts';
import { Contact } from '../contact/contact.ts';
import { DEMO_PASSWORD } from '../seed/demo.ts';
import { Session } from '../session/session.ts';
import { ana, bruno, carla, elisa, gisele, hugo, rita, startIdentity, type TestIdentity } from '../testing/identity.ts';
import { ApiKey } from './api-key.ts';

const FIELDS = 'apiKey { id name scopes lastFour createdAt lastUsedAt expiresAt } errors { code field message }';
const CREATE = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret ${FIELDS} } }`;
const REVOKE = `mutation ($apiKeyId: ID!) { revokeApiKey(input: { apiKeyId: $apiKeyId }) { ${FIELDS} } }`;
const LIST = '{ viewer { apiKeys { id name } } }';
const HOLDER = 'query ($key: String!) { _keyHolder(key: $key) { viewer expiresAt } }';
const DAY = 86_400_000; // ms

let identity: TestIdentity;
beforeAll(async () => {
  identity = await startIdentity();
}, 60_000);
afterAll(() => identity[Symbol.asyncDispose]());

let keys = 0;
const draft = (changes: object = {}) => ({
  clientKey: `key ${++keys}`,
  name: 'ERP',
  scopes: ['READ', 'WRITE_TICKETS'],
  expiresAt: new Date(identity.clock.now().getTime() + 30 * DAY).toISOString(),
  password: DEMO_PASSWORD,
  ...changes,
});
const create = async (email: string, changes: object = {}) =>
  (await identity.as(email, CREATE, { input: draft(changes) })).data.createApiKey as { secret: string; apiKey: { id: string } };
const revoke = (email: string, apiKeyId: string) => identity.as(email, REVOKE, { apiKeyId });
const holderOf = async (key: string): Promise<Viewer | undefined> =>
  (await identity.ask(gatewayViewer, HOLDER, { key })).data._keyHolder?.viewer;
const endedSessions = async (): Promise<string[]> =>
  (await identity.ask(gatewayViewer, '{ _endedSessions { sessionIds } }')).data._endedSessions.sessionIds;
const events = (apiKeyId: string) =>
  identity.worker().execute('select type, actor, data from event where aggregate = ? order by id', [apiKeyId]);

describe('an API key', () => {
  it('is shown once and kept as a digest', async () => {
    const { secret, apiKey } = await create(bruno, { name: ' ERP ' });
    expect(isApiKey(secret)).toBe(true);
    expect(apiKey).toEqual({
      ...{ id: expect.stringMatching(/^key_/), name: 'ERP', scopes: ['READ', 'WRITE_TICKETS'], lastFour: secret.slice(-4) },
      ...{ createdAt: '2026-03-02T12:00:00.000Z', lastUsedAt: null, expiresAt: '2026-04-01T12:00:00.000Z' },
    });
    const everything = await identity
      .worker()
      .execute("select to_jsonb(api_key)::text || coalesce((select string_agg(e::text, '') from event e), '') as all from api_key");
    expect(JSON.stringify(everything)).not.toContain(secret.slice(7, -4));
    expect(await events(apiKey.id)).toEqual([
      { type: 'apikey.created', actor: demoId('per', bruno), data: expect.objectContaining({ scopes: ['READ', 'WRITE_TICKETS'] }) },
    ]);
    const [mail] = await identity.worker().find(Mail, { personId: demoId('per', bruno) });
    expect([mail?.kind, mail?.body.includes(secret.slice(7, -4))]).toEqual(['API_KEY_CREATED', false]);
  });

  it('is made once per clientKey, and the repeat learns no secret', async () => {
    const input = draft();
    const [first, again] = [await identity.as(bruno, CREATE, { input }), await identity.as(bruno, CREATE, { input })];
    expect(again.data.createApiKey).toEqual({ ...first.data.createApiKey, secret: null });
    const other = await identity.as(bruno, CREATE, { input: { ...input, name: 'CRM' } });
    expect(other.errors).toMatchObject([{ extensions: { code: 'CONFLICT' } }]);
  });

  it('names every fault at once', async () => {
    const faults = async (changes: object) =>
      (await identity.as(bruno, CREATE, { input: draft(changes) })).data.createApiKey.errors.map(
        ({ code, field }: { code: string; field: string[] }) => `${code} ${field.join('.')}`,
      );
    const past = identity.clock.now().toISOString();
    expect(await faults({ name: ' ', scopes: [], expiresAt: past })).toEqual([
      'REQUIRED input.name',
      'REQUIRED input.scopes',
      'BAD_USER_INPUT input.expiresAt',
    ]);
    expect(await faults({ name: 'x'.repeat(101), expiresAt: '2027-03-04T12:00:00Z' })).toEqual([
      'TOO_LONG input.name',
      'BAD_USER_INPUT input.expiresAt',
    ]);
    expect(await faults({ name: 'two\nlines' })).toEqual(['BAD_USER_INPUT input.name']);
    expect(await faults({ name: ' ', password: 'guessed' })).toEqual(['REQUIRED input.name', 'INVALID_CREDENTIALS input.password']);
  });

  it('wants the password of who has nothing but a session, and guesses count as attempts to sign in', async () => {
    const guess = async () =>
      (await identity.as(carla, CREATE, { input: draft({ password: 'guessed' }) })).data.createApiKey.errors[0].code;
    const codes = new Set<string>();
    for (let guesses = 0; guesses < 10; guesses++) codes.add(await guess());
    expect([...codes]).toEqual(['INVALID_CREDENTIALS', 'RATE_LIMITED']);
    expect((await identity.as(carla, LIST)).data.viewer.apiKeys).toEqual([]);
  });

  it('is no more than twenty of one person', async () => {
    for (let made = 0; made < 20; made++) await create(hugo); // at once they would be attempts at once
    const { errors } = (await identity.as(hugo, CREATE, { input: draft() })).data.createApiKey;
    expect(errors).toMatchObject([{ code: 'TOO_MANY', message: 'No máximo 20.' }]);
  });

  it('is listed for its person only, and by supervisors at the contact: by no administrator, of whichever organization', async () => {
    const { apiKey } = await create(gisele);
    expect((await identity.as(gisele, LIST)).data.viewer.apiKeys).toEqual([{ id: apiKey.id, name: 'ERP' }]);
    expect((await identity.as(rita, LIST)).data.viewer.apiKeys).toEqual([]);
    const { apiKey: hugos } = await create(ana);
    const atContact = async (email: string, of: string) =>
      (
        await identity.as(email, 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Contact { apiKeys { id } } } }', {
          r: [{ __typename: 'Contact', id: demoId('con', of) }],
        })
      ).data._entities[0]?.apiKeys;
    expect(await atContact(elisa, ana)).toEqual([{ id: hugos.id }]);
    expect([await atContact(bruno, ana), await atContact(carla, ana), await atContact(gisele, ana)]).toEqual([null, null, undefined]);
    expect(await atContact(ana, bruno)).toBeNull();
  });
});

describe('a gateway learns whom a key stands for', () => {
  it('with the rights of now, a session, and the key', async () => {
    const { secret, apiKey } = await create(bruno, { scopes: ['READ'] });
    const viewer = await holderOf(secret);
    expect(viewer).toEqual({
      ...(await identity.viewer(bruno)),
      sessionId: expect.stringMatching(/^ses_/),
      apiKey: { id: apiKey.id, scopes: ['READ'] },
    });
    expect((await identity.worker().findOneOrFail(ApiKey, { id: apiKey.id })).lastUsedAt).toEqual(identity.clock.now());
    const atOnce = await Promise.all(Array.from({ length: 5 }, () => holderOf(secret)));
    expect(new Set(atOnce.map((one) => one?.sessionId))).toEqual(new Set([viewer?.sessionId]));
  });

  it('and nobody else does', async () => {
    const { secret } = await create(bruno);
    for (const email of [bruno, elisa])
      expect((await identity.as(email, HOLDER, { key: secret })).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect((await identity.anybody(HOLDER, { key: secret })).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });

  it.each(['', 'nonsense', '\u0000', `atende_${'0'.repeat(48)}`, 'atende_' + 'é'.repeat(48)])('that is %j: nobody', async (key) => {
    expect(await holderOf(key)).toBeUndefined();
  });

  it('whose person’s rights changed: its session ends, and the next one has the rights of then', async () => {
    const { secret } = await create(bruno);
    const before = await holderOf(secret);
    const update = 'mutation ($input: UpdateContactInput!) { updateContact(input: $input) { errors { code } } }';
    const change = (scope: string) => identity.as(ana, update, { input: { contactId: demoId('con', bruno), scope } });
    await change('ORGANIZATION');
    const after = await holderOf(secret);
    expect(await endedSessions()).toContain(before?.sessionId);
    expect([after?.contacts[0]?.scope, after?.sessionId === before?.sessionId]).toEqual(['ORGANIZATION', false]);
    expect(await endedSessions()).not.toContain(after?.sessionId);
    await change('OWN');
  });

  it('that is revoked, has expired, or whose person is inactive or must choose a password: nobody', async () => {
    const em = identity.worker();
    const { secret, apiKey } = await create(bruno, { expiresAt: new Date(identity.clock.now().getTime() + 60_000).toISOString() });
    const stands = async () => (await holderOf(secret)) !== undefined;
    await em.nativeUpdate(Person, { email: bruno }, { active: false });
    expect(await stands()).toBe(false);
    await em.nativeUpdate(Person, { email: bruno }, { active: true });
    await em.nativeUpdate(Credential, { personId: demoId('per', bruno) }, { mustChange: true });
    expect(await stands()).toBe(false);
    await em.nativeUpdate(Credential, { personId: demoId('per', bruno) }, { mustChange: false });
    await em.nativeUpdate(Contact, { id: demoId('con', bruno) }, { active: false });
    expect(await stands()).toBe(false);
    await em.nativeUpdate(Contact, { id: demoId('con', bruno) }, { active: true });
    expect(await stands()).toBe(true);
    identity.clock.advance(60_000);
    expect(await stands()).toBe(false);
    const other = await create(bruno);
    const session = (await holderOf(other.secret))?.sessionId;
    expect((await revoke(bruno, other.apiKey.id)).data.revokeApiKey.errors).toEqual([]);
    expect([await holderOf(other.secret), await endedSessions()]).toEqual([undefined, expect.arrayContaining([session])]);
    expect(apiKey.id).not.toBe(other.apiKey.id);
  });
});

describe('revoking a key', () => {
  it('is for its person and supervisors; for others it does not exist', async () => {
    const { apiKey } = await create(bruno);
    const absent = JSON.stringify(await revoke(gisele, demoId('key', 'nothing')));
    for (const email of [gisele, ana, carla, rita]) expect(JSON.stringify(await revoke(email, apiKey.id))).toBe(absent);
    for (const id of ['', 'nonsense', demoId('con', bruno)]) expect(JSON.stringify(await revoke(gisele, id))).toBe(absent);
    expect(absent).toContain('NOT_FOUND');
    for (const email of [bruno, elisa]) {
      const { apiKey: own } = await create(bruno);
      expect((await revoke(email, own.id)).data.revokeApiKey).toMatchObject({ apiKey: { id: own.id }, errors: [] });
      expect(await events(own.id)).toMatchObject([{ type: 'apikey.created' }, { type: 'apikey.revoked', actor: demoId('per', email) }]);
    }
    expect((await revoke(bruno, apiKey.id)).data.revokeApiKey.errors).toEqual([]);
    expect((await revoke(bruno, apiKey.id)).data.revokeApiKey.errors).toEqual([]);
    expect(await events(apiKey.id)).toHaveLength(2);
  });

  it('while gateways ask about it leaves no session of it', async () => {
    for (let round = 0; round < 3; round++) {
      const { secret, apiKey } = await create(bruno);
      await Promise.all([holderOf(secret), revoke(bruno, apiKey.id), holderOf(secret)]);
      expect(await identity.worker().count(Session, { family: apiKey.id, endedAt: null })).toBe(0);
    }
  });
});

describe('with a key', () => {
  const by = async (email: string, ...scopes: KeyScope[]): Promise<Viewer> => ({
    ...(await identity.viewer(email)),
    apiKey: { id: demoId('key', email), scopes },
  });

  it('nobody changes passwords, keys or sessions, whatever its scopes', async () => {
    const viewer = await by(ana, 'READ', 'WRITE_TICKETS', 'MANAGE_CONTACTS');
    const forbidden = [
      'mutation { changePassword(input: { currentPassword: "a", newPassword: "b" }) { errors { code } } }',
      'mutation { signOut(everywhere: true) { errors { code } } }',
      'mutation { signIn(input: { email: "a", password: "b" }) { errors { code } } }',
      'mutation { refreshSession(refreshToken: "a") { errors { code } } }',
      'mutation { resetPassword(input: { token: "a", newPassword: "b" }) { errors { code } } }',
      `mutation { revokeApiKey(input: { apiKeyId: "${demoId('key', ana)}" }) { errors { code } } }`,
      'mutation { createApiKey(input: { clientKey: "a", name: "b", scopes: [READ], expiresAt: "2026-03-10T00:00:00Z", password: "c" }) { errors { code } } }',
    ];
    for (const query of forbidden)
      expect((await identity.ask(viewer, query)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  it('contacts are managed with that scope, by who may', async () => {
    const update = `mutation { updateContact(input: { contactId: "${demoId('con', bruno)}", phone: "+55 11 4000-0000" }) { errors { code } } }`;
    expect((await identity.ask(await by(ana, 'MANAGE_CONTACTS'), update)).data.updateContact.errors).toEqual([]);
    for (const viewer of [await by(ana, 'READ', 'WRITE_TICKETS'), await by(bruno, 'MANAGE_CONTACTS')])
      expect((await identity.ask(viewer, update)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });
});
