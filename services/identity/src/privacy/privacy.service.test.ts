import { demoId, isId } from '@atende/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Mail } from '../account/mail.ts';
import { sealWaiting } from '../audit/sealing.ts';
import { verifyAudit } from '../audit/verify-audit.ts';
import { auditLogOf } from '../testing/audit-log.ts';
import { contactsOf, UPDATE } from '../testing/contacts.ts';
import { ana, bruno, carla, elisa, gisele, otavio, rita, startIdentity, type TestIdentity } from '../testing/identity.ts';
import { doorOf, viewerIn } from '../testing/sign-in.ts';

let identity: TestIdentity;
beforeAll(async () => {
  identity = await startIdentity();
}, 60_000);
afterAll(() => identity[Symbol.asyncDispose]());

const { signIn, activate, refresh } = doorOf(() => identity);
const { invite } = contactsOf(() => identity);
const { entries } = auditLogOf(() => identity);
const person = (email: string): string => demoId('per', email);

const DATA = `query ($of: [_Any!]!) { _entities(representations: $of) {
  ... on PersonalData { identity { document acts(first: 50) { edges { node { act outcome } } } } } } }`;
const personalData = async (as: string, personId: string) =>
  (await identity.as(as, DATA, { of: [{ __typename: 'PersonalData', personId }] })).data._entities[0];

const ANONYMISE = `mutation ($input: AnonymisePersonInput!) { anonymisePerson(input: $input) {
  person { id version name email phone } errors { code field } } }`;
const anonymise = (as: string, personId: string, input: object = {}) =>
  identity.as(as, ANONYMISE, { input: { personId, reason: 'REQUESTED_BY_PERSON', ...input } });

describe('what is held on a person', () => {
  it('is theirs to have, and a supervisor’s: one document, without a secret', async () => {
    await signIn(bruno);
    for (const as of [bruno, elisa]) {
      const { document } = (await personalData(as, person(bruno))).identity;
      expect(document).toMatchObject({
        person: { id: person(bruno), email: bruno, name: 'Bruno Lima' },
        contacts: [{ id: demoId('con', bruno), phone: '+55 11 0000-0102', organizationId: demoId('org', 'ACME01') }],
        password: { changedAt: expect.any(String) },
        sessions: expect.arrayContaining([expect.objectContaining({ personId: person(bruno), endedAt: null })]),
      });
      expect(JSON.stringify(document)).not.toMatch(/argon2|digest|hash|token|secret|body/i);
    }
  });

  it('holds what they did, and that it was handed out; not that an auditor looks at them', async () => {
    await entries({ act: 'PERSONAL_DATA_READ', subjectId: person(bruno) }, 2);
    await entries({ act: 'AUDIT_READ', subjectId: person(bruno) });
    const { acts } = (await personalData(bruno, person(bruno))).identity;
    const told = acts.edges.map(({ node }: { node: { act: string } }) => node.act);
    expect(told).toEqual(expect.arrayContaining(['SIGN_IN', 'PERSONAL_DATA_READ', 'CONTACT_SAVED']));
    expect(told).not.toContain('AUDIT_READ');
  });

  it('is for everybody else as if there were none', async () => {
    for (const as of [ana, gisele, carla, otavio, rita]) expect(await personalData(as, person(bruno))).toBeNull();
    expect((await identity.anybody(DATA, { of: [{ __typename: 'PersonalData', personId: person(bruno) }] })).data._entities).toEqual([
      null,
    ]);
    expect(await personalData(elisa, demoId('per', 'nobody'))).toEqual({ identity: null });
    expect(await entries({ act: 'ACCESS', subjectId: person(bruno), actorId: person(carla) })).toMatchObject([{ field: 'PersonalData' }]);
  });

  it('is no program’s', async () => {
    const viewer = await identity.viewer(bruno);
    const byKey = { ...viewer, apiKey: { id: demoId('key', 'bruno'), scopes: ['READ' as const] } };
    const answer = await identity.ask(byKey, DATA, { of: [{ __typename: 'PersonalData', personId: person(bruno) }] });
    expect(answer.data._entities).toEqual([null]);
  });
});

describe('who is anonymised', () => {
  const known = { email: 'zuleica.quaresma@acme.example', name: 'Zuleica Quaresma', phone: '+55 11 98765-4321' };
  const password = 'Vidro-Azul-27-Serra';
  let personId: string;
  let contactId: string;
  let tokens: { accessToken: string; refreshToken: string };

  /** The tables in which any of these texts stands, in whatever column. */
  async function tablesWith(...texts: string[]): Promise<string[]> {
    const client = new pg.Client({ connectionString: identity.database.adminUrl.replace(/\/[^/]*$/, `/${identity.database.name}`) });
    await client.connect();
    try {
      const { rows } = await client.query("select tablename as name from pg_tables where schemaname = 'public'");
      const found = rows.map(async ({ name }) => {
        const { rowCount } = await client.query(`select from "${name}" as r where r::text ilike any ($1) limit 1`, [
          texts.map((text) => `%${text}%`),
        ]);
        return rowCount ? [name as string] : [];
      });
      return (await Promise.all(found)).flat().sort();
    } finally {
      await client.end();
    }
  }

  beforeAll(async () => {
    const { contact } = await invite(ana, known);
    contactId = contact.id;
    const em = identity.worker();
    const mail = await em.findOneOrFail(Mail, { to: known.email });
    personId = mail.personId;
    await activate(/#token=([\w-]+)/.exec(mail.body)?.[1], password);
    tokens = await signIn(known.email, password);
    const viewer = viewerIn(tokens.accessToken);
    const expiresAt = new Date(identity.clock.now().getTime() + 86_400_000).toISOString();
    const key = { clientKey: 'key', name: 'Integração da Zuleica', scopes: ['READ'], expiresAt, password };
    await identity.ask(viewer, 'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { errors { code } } }', { input: key });
    await em.execute('insert into provider_link (issuer, subject, person_id, linked_at) values (?, ?, ?, now())', [
      ...['https://sign-in.acme.example', 'zuleica', personId],
    ]);
    await em.execute(`update organization set account_executive = ? where code = 'GLBX01'`, [JSON.stringify(known)]);
  }, 30_000);

  it('stood in many places before', async () => {
    expect(await tablesWith(...Object.values(known), 'Zuleica')).toEqual(
      expect.arrayContaining(['api_key', 'contact', 'mail', 'organization', 'person', 'provider_link']),
    );
  });

  it('is so by a supervisor only, and no auditor is', async () => {
    for (const as of [ana, bruno, carla, otavio, rita])
      expect((await anonymise(as, personId)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect((await anonymise(elisa, demoId('per', 'nobody'))).errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    expect((await anonymise(elisa, person(rita))).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect((await anonymise(elisa, personId, { expectedVersion: 99 })).errors).toMatchObject([{ extensions: { code: 'CONFLICT' } }]);
  });

  it('stands in no table any more, signs in by nothing, and every session has ended', async () => {
    const { person: nobody, errors } = (await anonymise(elisa, personId)).data.anonymisePerson;
    expect({ nobody, errors }).toMatchObject({ nobody: { id: personId, name: 'Pessoa anonimizada', phone: null }, errors: [] });
    expect(await tablesWith(...Object.values(known), 'Zuleica', '98765')).toEqual([]);
    // Where their id remains, and nothing else of them does. A table that is new here is wiped, or does not name anybody.
    const idOnly = ['audit_entry', 'contact', 'event', 'idempotency', 'inbox', 'person', 'session'];
    expect(idOnly).toEqual(expect.arrayContaining(await tablesWith(personId)));
    expect((await signIn(known.email, password)).errors).toMatchObject([{ code: 'INVALID_CREDENTIALS' }]);
    expect((await refresh(tokens.refreshToken)).errors).toMatchObject([{ code: 'SESSION_ENDED' }]);
    const left = 'select (select count(*) from session where person_id = ? and ended_at is null)::int as sessions';
    expect(await identity.worker().execute(left, [personId])).toEqual([{ sessions: 0 }]);
  });

  it.each([
    ['pt-BR', 'Pessoa anonimizada'],
    ['en', 'Anonymised person'],
    ['es', 'Persona anonimizada'],
  ])('is called so in %s', async (language, name) => {
    const query = 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Contact { id name active } } }';
    const of = [{ __typename: 'Contact', id: contactId }];
    const answer = await identity.ask(await identity.viewer(ana), query, { of }, { 'accept-language': language });
    expect(answer.data._entities).toEqual([{ id: contactId, name, active: false }]);
  });

  it('is nobody for ever: nothing changes the second time, nor does anybody give them a name', async () => {
    const versions = () =>
      identity
        .worker()
        .execute('select max(version)::int as last, count(*)::int as events from event where aggregate in (?, ?)', [personId, contactId]);
    const before = await versions();
    expect((await anonymise(elisa, personId)).data.anonymisePerson.errors).toEqual([]);
    const renamed = await identity.as(ana, UPDATE, { input: { contactId, name: 'Zuleica Quaresma' } });
    expect(renamed.data.updateContact.errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect(await versions()).toEqual(before);
  });

  it('leaves the audit log whole: what was done stands in it, by an id', async () => {
    const [entry] = await entries({ act: 'PERSON_ANONYMISED', subjectId: personId });
    expect(entry).toMatchObject({ personId: person(elisa), outcome: 'DONE' });
    const [signedIn] = await entries({ act: 'SIGN_IN', actorId: personId });
    expect(signedIn).toMatchObject({ actorName: 'Pessoa anonimizada', actorId: personId });
    expect(isId('ses', signedIn?.sessionId)).toBe(true);
    await sealWaiting(identity.worker());
    await expect(identity.worker().transactional((em) => verifyAudit({ em, given: [] }))).resolves.toMatch(/^OK/);
  });

  it('is never the last administrator of an organization, nor the last supervisor', async () => {
    const refused = async (email: string) => (await anonymise(elisa, person(email))).data.anonymisePerson.errors;
    expect(await refused(gisele)).toEqual([{ code: 'LAST_ADMINISTRATOR', field: ['input', 'personId'] }]);
    expect(await refused(elisa)).toEqual([{ code: 'LAST_SUPERVISOR', field: ['input', 'personId'] }]);
    expect((await signIn(gisele)).errors).toEqual([]);
  });
});
