import { demoId, type Viewer } from '@atende/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Contact } from './contact/contact.ts';
import { ana, bruno, carla, gisele, hugo, rita, startIdentity, type TestIdentity } from './testing/identity.ts';

const ENTITIES = `query ($r: [_Any!]!) { _entities(representations: $r) {
  ... on Contact { id name email phone scope mayOpen serviceManager organization { code administrators { email } } }
  ... on Organization { id code administrators { name email } } } }`;
const ROWS = `query { organizations(first: 100) { edges { node { code accountExecutive { email } administrators { name } } } }
  contacts(first: 100) { edges { node { name email phone organization { code } } } } }`;

const foreign = [
  { __typename: 'Organization', id: demoId('org', 'ACME01') },
  { __typename: 'Contact', id: demoId('con', ana) },
  { __typename: 'Contact', id: demoId('con', bruno) },
];
const absent = foreign.map(({ __typename }) => ({ __typename, id: demoId(__typename === 'Contact' ? 'con' : 'org', 'nobody') }));
const nothing = { data: { _entities: [null, null, null] } };

describe('another organization', () => {
  let identity: TestIdentity;
  beforeAll(async () => {
    identity = await startIdentity();
  }, 60_000);
  afterAll(() => identity[Symbol.asyncDispose]());

  it.each([gisele, hugo, rita])('does not exist through _entities for %s', async (email) => {
    expect(await identity.as(email, ENTITIES, { r: foreign })).toEqual(nothing);
    expect(await identity.as(email, ENTITIES, { r: absent })).toEqual(nothing);
  });

  it('does not exist for who has not signed in, nor does anything else', async () => {
    expect(await identity.anybody(ENTITIES, { r: foreign })).toEqual(nothing);
    const viewer = { ...(await identity.viewer(ana)), kind: 'GATEWAY' as const, contacts: [], roles: [] };
    expect(await identity.ask(viewer, ENTITIES, { r: foreign })).toEqual(nothing);
  });

  it('is not reached by hostile representations', async () => {
    const hostile = [
      ...['', 'nonsense', 'con_\u0000', '%', "' or 1=1 --"].map((id) => ({ __typename: 'Contact', id })),
      { __typename: 'Contact', id: { $ne: null } },
      { __typename: 'Contact', id: ['a'] },
    ];
    const { errors, data } = await identity.as(gisele, ENTITIES, { r: hostile });
    expect(errors).toBeUndefined();
    expect(data._entities).toEqual(hostile.map(() => null));
  });

  it('is asked with a class token by many at once: names, and nothing that hangs on a person', async () => {
    const viewer = await identity.viewer(hugo);
    const classOf: Viewer = {
      ...viewer,
      kind: 'CLASS',
      personId: null,
      sessionId: null,
      contacts: viewer.contacts.map((own) => ({ ...own, id: '' })),
    };
    const { data } = await identity.ask(classOf, ENTITIES, { r: [{ __typename: 'Contact', id: demoId('con', hugo) }, foreign[1]] });
    expect(data._entities[0]).toMatchObject({
      name: 'Hugo Farias',
      email: null,
      phone: null,
      mayOpen: null,
      organization: { code: 'GLBX01' },
    });
    expect(data._entities[1]).toBeNull();
  });
});

describe('with every application check switched off', () => {
  let identity: TestIdentity;
  beforeAll(async () => {
    identity = await startIdentity({ applicationChecks: false });
  }, 60_000);
  afterAll(() => identity[Symbol.asyncDispose]());

  it.each([gisele, rita])('row-level security still shows %s no foreign row', async (email) => {
    expect(await identity.as(email, ENTITIES, { r: foreign })).toEqual(nothing);
    const answer = JSON.stringify(await identity.as(email, ROWS));
    expect(answer).not.toMatch(/ACME01|acme\.example|Souza|Lima/);
  });

  it('an ordinary contact still reads no e-mail but its own and its administrators’', async () => {
    const { data } = await identity.as(bruno, ROWS);
    expect(JSON.stringify(data)).toContain(ana);
    await identity.worker().nativeUpdate(Contact, { id: demoId('con', ana) }, { administrator: false });
    expect(JSON.stringify((await identity.as(bruno, ROWS)).data)).not.toContain(ana);
    await identity.worker().nativeUpdate(Contact, { id: demoId('con', ana) }, { administrator: true });
  });

  it('somebody anonymous still reads nothing', async () => {
    expect((await identity.anybody(ROWS)).data).toEqual({ organizations: { edges: [] }, contacts: { edges: [] } });
  });

  it('a contact still changes nobody: not a colleague, not themselves, not a stranger', async () => {
    const update = 'mutation ($input: UpdateContactInput!) { updateContact(input: $input) { contact { name } } }';
    const forged: Viewer = { ...(await identity.viewer(gisele)), contacts: [] };
    for (const contactId of [demoId('con', bruno), demoId('con', gisele)]) {
      expect((await identity.ask(forged, update, { input: { contactId, name: 'Forjado' } })).errors).toMatchObject([
        { extensions: { code: 'NOT_FOUND' } },
      ]);
    }
  });

  it('no request reads a password hash, a refresh token or a one-time token, even by SQL of its own', async () => {
    const { MikroORM } = await import('@mikro-orm/postgresql');
    const orm = await MikroORM.init({
      clientUrl: identity.database.urls.app,
      entities: [Contact],
      discovery: { warnWhenNoEntities: false },
    });
    const em = orm.em.fork({
      session: { variables: { 'app.kind': 'PERSON', 'app.person': demoId('per', carla), 'app.roles': 'ANALYST' } },
    });
    for (const table of ['credential', 'refresh_token', 'sign_in_attempt', 'familiar_address', 'one_time_token', 'password_reset']) {
      await expect(em.execute(`select * from ${table}`)).rejects.toThrow(/permission denied/);
    }
    expect(await em.execute('select * from mail')).toEqual([]);
    expect(await em.execute('select * from session')).toEqual([]);
    await expect(
      em.execute(
        `insert into mail (id, kind, person_id, "to", language, subject, body, created_at) values ('m', 'k', 'p', 't', 'en', 's', 'b', now())`,
      ),
    ).rejects.toThrow(/row-level security/);
    await orm.close();
  });
});
