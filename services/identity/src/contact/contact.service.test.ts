import { demoId, type Viewer } from '@atende/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { Mail } from '../account/mail.ts';
import { Person } from '../account/person.ts';
import { DEMO_PASSWORD } from '../seed/demo.ts';
import { Session } from '../session/session.ts';
import { ana, bruno, carla, elisa, gisele, hugo, startIdentity, type TestIdentity } from '../testing/identity.ts';
import { Contact } from './contact.ts';

const FIELDS =
  'contact { id version name email phone scope mayOpen administrator serviceManager active organization { code } } errors { code field message }';
const INVITE = `mutation ($input: InviteContactInput!) { inviteContact(input: $input) { ${FIELDS} } }`;
const UPDATE = `mutation ($input: UpdateContactInput!) { updateContact(input: $input) { ${FIELDS} } }`;
const DEACTIVATE = `mutation ($input: DeactivateContactInput!) { deactivateContact(input: $input) { ${FIELDS} } }`;
const LIST = `query ($filter: ContactFilter, $first: Int, $after: String) { contacts(filter: $filter, first: $first, after: $after) {
  edges { cursor node { name email phone mayOpen administrator } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
const SIGN_IN = `mutation ($email: String!, $password: String!) { signIn(input: { email: $email, password: $password }) { accessToken refreshToken errors { code } viewer { contacts { organization { code } } } } }`;
const REFRESH = 'mutation ($token: String!) { refreshSession(refreshToken: $token) { accessToken errors { code } } }';
const ACTIVATE =
  'mutation ($token: String!, $password: String!) { activateAccount(input: { token: $token, newPassword: $password }) { errors { code } } }';

let identity: TestIdentity;
beforeAll(async () => {
  identity = await startIdentity();
}, 60_000);
afterAll(() => identity[Symbol.asyncDispose]());

let keys = 0;
const buildInvitation = (changes: Record<string, unknown> = {}) => ({
  clientKey: `key-${++keys}`,
  email: `new${keys}@acme.example`,
  name: 'Nova Pessoa',
  ...changes,
});
const invite = async (as: string, changes: Record<string, unknown> = {}) =>
  (await identity.as(as, INVITE, { input: buildInvitation(changes) })).data.inviteContact;
const update = (as: string, input: Record<string, unknown>) => identity.as(as, UPDATE, { input });
const signIn = async (email: string, password = DEMO_PASSWORD) => (await identity.anybody(SIGN_IN, { email, password })).data.signIn;
const names = async (as: string, variables: Record<string, unknown>) =>
  (await identity.as(as, LIST, { first: 100, ...variables })).data.contacts.edges.map((edge: { node: { name: string } }) => edge.node.name);
const mailTo = (to: string) => identity.worker().find(Mail, { to });

describe('inviting a contact', () => {
  it('makes the contact, and a mail with the way to a first password', async () => {
    const { contact, errors } = await invite(ana, {
      email: ' Davi@ACME.example',
      name: ' Davi Rocha ',
      phone: '+55 11 5555-0000',
      scope: 'ORGANIZATION',
      language: 'en',
    });
    expect(errors).toEqual([]);
    expect(contact).toMatchObject({
      version: 1,
      name: 'Davi Rocha',
      email: 'davi@acme.example',
      phone: '+55 11 5555-0000',
      scope: 'ORGANIZATION',
      mayOpen: true,
      administrator: false,
    });
    const [mail] = await mailTo('davi@acme.example');
    expect(mail).toMatchObject({
      kind: 'ACTIVATION',
      subject: 'Your access to the support portal',
      organizationId: demoId('org', 'ACME01'),
    });
    const token = /#token=([\w-]+)/.exec(mail?.body ?? '')?.[1];
    expect((await signIn('davi@acme.example', 'Vidro-Azul-27-Serra')).errors).toMatchObject([{ code: 'INVALID_CREDENTIALS' }]);
    expect((await identity.anybody(ACTIVATE, { token, password: 'Vidro-Azul-27-Serra' })).data.activateAccount.errors).toEqual([]);
    expect((await identity.anybody(ACTIVATE, { token, password: 'Vidro-Azul-28-Serra' })).data.activateAccount.errors).toMatchObject([
      { code: 'TOKEN_INVALID' },
    ]);
    expect(await signIn('davi@acme.example', 'Vidro-Azul-27-Serra')).toMatchObject({
      errors: [],
      viewer: { contacts: [{ organization: { code: 'ACME01' } }] },
    });
  });

  it('records the events in the same transaction, with no name and no address', async () => {
    const { contact } = await invite(ana, { email: 'events@acme.example' });
    const events = await identity
      .worker()
      .execute<{ type: string; actor: string; data: object }[]>(
        `select type, actor, data from event where aggregate = ? or data->>'personId' = (select id from person where email = 'events@acme.example') order by type`,
        [contact.id],
      );
    expect(events).toMatchObject([
      { type: 'contact.saved', actor: demoId('per', ana), data: { organizationId: demoId('org', 'ACME01'), active: true } },
      { type: 'mail.requested', actor: demoId('per', ana), data: { kind: 'ACTIVATION' } },
    ]);
    expect(JSON.stringify(events)).not.toMatch(/Nova|acme\.example/);
  });

  it('again with the same key gives the same contact and no second mail; with another input it is a conflict', async () => {
    const input = buildInvitation({ email: 'once@acme.example' });
    const answers = await Promise.all(Array.from({ length: 12 }, () => identity.as(ana, INVITE, { input })));
    const ids = new Set(answers.map((answer) => answer.data.inviteContact.contact.id));
    expect(ids.size).toBe(1);
    expect(await mailTo('once@acme.example')).toHaveLength(1);
    expect((await identity.as(ana, INVITE, { input: { ...input, name: 'Outra' } })).errors).toMatchObject([
      { extensions: { code: 'CONFLICT' } },
    ]);
  });

  it('says every fault at once, in the caller’s language, and leaves nobody behind', async () => {
    const { contact, errors } = await invite(ana, { email: 'x', name: '', phone: 'no', language: 'fr', timeZone: 'Nowhere' });
    expect(contact).toBeNull();
    expect(errors.map((fault: { code: string; field: string[] }) => `${fault.field.join('.')} ${fault.code}`)).toEqual([
      'input.email NOT_AN_EMAIL',
      'input.name REQUIRED',
      'input.phone BAD_USER_INPUT',
      'input.language BAD_USER_INPUT',
      'input.timeZone BAD_USER_INPUT',
    ]);
    expect(errors[0].message).toBe('“x” não é um e-mail.');
  });

  it('EMAIL_TAKEN: who is a contact already is not invited again', async () => {
    expect(await invite(ana, { email: 'BRUNO@acme.example' })).toMatchObject({
      contact: null,
      errors: [{ code: 'EMAIL_TAKEN', field: ['input', 'email'] }],
    });
  });

  it('of a person another organization knows answers the same, shows and changes nothing of theirs', async () => {
    const { contact, errors } = await invite(ana, { email: hugo, name: 'Hugo na ACME', phone: '+55 11 5555-0001', language: 'es' });
    expect(errors).toEqual([]);
    expect(contact).toMatchObject({ name: 'Hugo na ACME', phone: '+55 11 5555-0001', email: hugo, organization: { code: 'ACME01' } });
    expect(await identity.worker().findOneOrFail(Person, { email: hugo })).toMatchObject({ name: 'Hugo Farias', language: 'pt-BR' });
    expect(await identity.worker().findOneOrFail(Contact, { id: demoId('con', hugo) })).toMatchObject({
      name: 'Hugo Farias',
      phone: '+55 21 0000-0202',
    });
    expect(await mailTo(hugo)).toEqual([]);
    const { viewer } = await signIn(hugo);
    expect(viewer.contacts.map((own: { organization: { code: string } }) => own.organization.code).sort()).toEqual(['ACME01', 'GLBX01']);
  });

  it('is not for contacts, staff or anybody', async () => {
    for (const email of [bruno, hugo, carla, elisa])
      expect((await identity.as(email, INVITE, { input: buildInvitation() })).errors).toMatchObject([
        { extensions: { code: 'FORBIDDEN' } },
      ]);
    expect((await identity.anybody(INVITE, { input: buildInvitation() })).errors).toMatchObject([
      { extensions: { code: 'UNAUTHENTICATED' } },
    ]);
  });

  it('into a foreign organization gets the same bytes as into one that does not exist', async () => {
    const foreign = await identity.as(gisele, INVITE, { input: buildInvitation({ organizationId: demoId('org', 'ACME01') }) });
    const absent = await identity.as(gisele, INVITE, { input: buildInvitation({ organizationId: demoId('org', 'NONE') }) });
    expect(foreign.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    expect(JSON.stringify(foreign)).toBe(JSON.stringify(absent));
  });

  it('asks who administers several organizations for which one', async () => {
    const viewer = await identity.viewer(ana);
    const several: Viewer = {
      ...viewer,
      contacts: [...viewer.contacts, { ...viewer.contacts[0]!, id: demoId('con', gisele), organizationId: demoId('org', 'GLBX01') }],
    };
    const { data } = await identity.ask(several, INVITE, { input: buildInvitation() });
    expect(data.inviteContact.errors).toMatchObject([{ code: 'ORGANIZATION_REQUIRED', field: ['input', 'organizationId'] }]);
  });

  it('takes no field a client must not set', async () => {
    const { errors } = await identity.as(ana, INVITE, { input: buildInvitation({ active: false }) });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});

describe('changing a contact', () => {
  it('moves its version, and what was not given stays', async () => {
    const { contact } = await invite(ana, { phone: '+55 11 5555-0002' });
    const { data } = await update(ana, { contactId: contact.id, name: ' Nome Novo ', scope: 'ORGANIZATION', expectedVersion: 1 });
    expect(data.updateContact).toMatchObject({
      errors: [],
      contact: { version: 2, name: 'Nome Novo', scope: 'ORGANIZATION', phone: '+55 11 5555-0002', mayOpen: true },
    });
    expect((await update(ana, { contactId: contact.id, phone: null })).data.updateContact.contact).toMatchObject({
      phone: null,
      version: 3,
    });
  });

  it('based on an older version is a conflict', async () => {
    const { contact } = await invite(ana);
    await update(ana, { contactId: contact.id, name: 'Primeira' });
    expect((await update(ana, { contactId: contact.id, name: 'Segunda', expectedVersion: 1 })).errors).toMatchObject([
      { extensions: { code: 'CONFLICT' } },
    ]);
  });

  it('by two at once lets one of them win', async () => {
    const { contact } = await invite(ana);
    const answers = await Promise.all(
      ['A', 'B', 'C', 'D'].map((name) => update(ana, { contactId: contact.id, name: `Nome ${name}`, expectedVersion: 1 })),
    );
    expect(answers.filter((answer) => answer.data?.updateContact)).toHaveLength(1);
    for (const lost of answers.filter((answer) => answer.errors)) expect(lost.errors).toMatchObject([{ extensions: { code: 'CONFLICT' } }]);
  });

  it('of its rights makes its sessions anew: old tokens are refused, the next refresh has the new rights', async () => {
    const { accessToken, refreshToken } = await signIn(bruno);
    const before = String(decodeJwt(accessToken)['sid']);
    const { version } = await identity.worker().findOneOrFail(Contact, { id: demoId('con', bruno) });
    await update(ana, { contactId: demoId('con', bruno), scope: 'ORGANIZATION', expectedVersion: version });
    expect(await identity.worker().findOneOrFail(Session, { id: before })).toMatchObject({ endReason: 'RIGHTS_CHANGED' });
    const { data } = await identity.anybody(REFRESH, { token: refreshToken });
    const viewer = decodeJwt(data.refreshSession.accessToken)['viewer'] as Viewer;
    expect(viewer).toMatchObject({ contacts: [{ scope: 'ORGANIZATION' }] });
    expect(viewer.sessionId).not.toBe(before);
    await update(ana, { contactId: demoId('con', bruno), scope: 'OWN' });
  });

  it('of its name leaves its sessions alone', async () => {
    const { accessToken } = await signIn(bruno);
    await update(ana, { contactId: demoId('con', bruno), name: 'Bruno L.' });
    expect(await identity.worker().findOneOrFail(Session, { id: String(decodeJwt(accessToken)['sid']) })).toMatchObject({ endedAt: null });
    await update(ana, { contactId: demoId('con', bruno), name: 'Bruno Lima' });
  });

  it('is for administrators of its organization; others of the organization are told so', async () => {
    expect((await update(bruno, { contactId: demoId('con', ana), name: 'X' })).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ]);
    expect((await update(bruno, { contactId: demoId('con', bruno), administrator: true })).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ]);
    expect((await update(carla, { contactId: demoId('con', bruno), name: 'X' })).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ]);
  });

  it.each(['UPDATE', 'DEACTIVATE'])('of a foreign organization gets the same bytes as one that does not exist (%s)', async (mutation) => {
    const ask = (contactId: string) => identity.as(gisele, mutation === 'UPDATE' ? UPDATE : DEACTIVATE, { input: { contactId } });
    const foreign = await ask(demoId('con', bruno));
    expect(foreign.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    for (const absent of [demoId('con', 'nobody'), 'nonsense', 'con_\u0000', demoId('org', 'ACME01')])
      expect(JSON.stringify(await ask(absent))).toBe(JSON.stringify(foreign));
  });
});

describe('deactivating a contact', () => {
  it('takes its access away at once, and can be undone', async () => {
    const { accessToken, refreshToken } = await signIn(bruno);
    const { data } = await identity.as(ana, DEACTIVATE, { input: { contactId: demoId('con', bruno) } });
    expect(data.deactivateContact).toMatchObject({ errors: [], contact: { active: false } });
    expect(await identity.worker().findOneOrFail(Session, { id: String(decodeJwt(accessToken)['sid']) })).toMatchObject({
      endReason: 'DEACTIVATED',
    });
    expect((await identity.anybody(REFRESH, { token: refreshToken })).data.refreshSession.errors).toMatchObject([
      { code: 'SESSION_ENDED' },
    ]);
    expect((await signIn(bruno)).errors).toMatchObject([{ code: 'INVALID_CREDENTIALS' }]);
    await update(ana, { contactId: demoId('con', bruno), active: true });
    expect((await signIn(bruno)).errors).toEqual([]);
  });

  it('leaves a person their other organizations', async () => {
    const { contact } = await invite(ana, { email: gisele });
    const { refreshToken } = await signIn(gisele);
    await identity.as(ana, DEACTIVATE, { input: { contactId: contact.id } });
    const { data } = await identity.anybody(REFRESH, { token: refreshToken });
    expect((decodeJwt(data.refreshSession.accessToken)['viewer'] as Viewer).contacts).toMatchObject([
      { organizationId: demoId('org', 'GLBX01') },
    ]);
  });

  it('LAST_ADMINISTRATOR: never takes the last administrator, not even two who take each other at once', async () => {
    const { data } = await identity.as(gisele, DEACTIVATE, { input: { contactId: demoId('con', gisele) } });
    expect(data.deactivateContact).toMatchObject({
      contact: null,
      errors: [{ code: 'LAST_ADMINISTRATOR', field: ['input', 'contactId'] }],
    });
    await update(gisele, { contactId: demoId('con', hugo), administrator: true });
    const both = await Promise.all([
      identity.as(gisele, DEACTIVATE, { input: { contactId: demoId('con', hugo) } }),
      identity.as(hugo, UPDATE, { input: { contactId: demoId('con', gisele), administrator: false } }),
    ]);
    const refused = both.flatMap((answer) => [
      ...(answer.data?.deactivateContact?.errors ?? []),
      ...(answer.data?.updateContact?.errors ?? []),
    ]);
    expect(refused).toMatchObject([{ code: 'LAST_ADMINISTRATOR' }]);
    expect(await identity.worker().count(Contact, { organizationId: demoId('org', 'GLBX01'), administrator: true, active: true })).toBe(1);
  });
});

describe('the list of contacts', () => {
  it('holds the organization’s own, by name, for its contacts; and all for staff', async () => {
    expect(await names(bruno, {})).toEqual(expect.arrayContaining(['Ana Souza', 'Bruno Lima']));
    expect(await names(bruno, {})).not.toContain('Gisele Prado');
    expect(await names(carla, {})).toEqual(expect.arrayContaining(['Ana Souza', 'Gisele Prado']));
    expect(await names('rita@support.example', {})).toEqual([]);
  });

  it('shows an ordinary contact the names of colleagues, and how to reach the administrators', async () => {
    const { data } = await identity.as(bruno, LIST, { first: 100, filter: { text: 'souza' } });
    expect(data.contacts.edges.map((edge: { node: object }) => edge.node)).toEqual([
      { name: 'Ana Souza', email: ana, phone: '+55 11 0000-0101', mayOpen: null, administrator: true },
    ]);
    const { contact } = await invite(ana, { name: 'Zé Colega' });
    expect(contact.email).not.toBeNull();
    const seen = await identity.as(bruno, LIST, { first: 100, filter: { text: 'ze colega' } });
    expect(seen.data.contacts.edges[0].node).toEqual({ name: 'Zé Colega', email: null, phone: null, mayOpen: null, administrator: false });
  });

  it('finds by a part of an e-mail only who may read that e-mail', async () => {
    await invite(ana, { email: 'findme@acme.example', name: 'Escondida' });
    expect(await names(ana, { filter: { text: 'findme@' } })).toEqual(['Escondida']);
    expect(await names(carla, { filter: { text: 'findme' } })).toEqual(['Escondida']);
    expect(await names(bruno, { filter: { text: 'findme' } })).toEqual([]);
    for (const text of ['%', '_', '\u0000', '']) expect(await names(ana, { filter: { text } })).toEqual([]);
  });

  it('goes page by page without a gap or a double, though rows are added', async () => {
    const whole = await names(ana, {});
    const walked: string[] = [];
    let after: string | null = null;
    do {
      const { data } = await identity.as(ana, LIST, { first: 2, after });
      walked.push(...data.contacts.edges.map((edge: { node: { name: string } }) => edge.node.name));
      after = data.contacts.pageInfo.hasNextPage ? data.contacts.pageInfo.endCursor : null;
      if (walked.length === 2) await invite(ana, { name: 'Aaa antes de todos' });
    } while (after);
    expect(walked).toEqual(whole);
  });

  it('gives nothing foreign for a foreign cursor or organization', async () => {
    const foreign = (await identity.as(carla, LIST, { first: 1 })).data.contacts.pageInfo.endCursor;
    const own = await names(gisele, {});
    expect((await names(gisele, { after: foreign })).every((name: string) => own.includes(name))).toBe(true);
    expect(own).not.toContain('Ana Souza');
    expect(await names(gisele, { filter: { organizationId: demoId('org', 'ACME01') } })).toEqual([]);
    expect(await names(gisele, { filter: { organizationId: '\u0000' } })).toEqual([]);
  });

  it.each([[undefined], [0], [101], [1_000_000_000]])('FIRST_REQUIRED: first may not be %s', async (first) => {
    expect((await identity.as(ana, LIST, { first })).errors).toMatchObject([{ extensions: { code: 'FIRST_REQUIRED' } }]);
  });

  it('refuses a cursor that is none', async () => {
    expect((await identity.as(ana, LIST, { first: 1, after: 'nonsense' })).errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });

  it('can be narrowed to administrators and to former contacts', async () => {
    expect(await names(ana, { filter: { administrator: true } })).toEqual(['Ana Souza']);
    const { contact } = await invite(ana, { name: 'Foi Embora' });
    await identity.as(ana, DEACTIVATE, { input: { contactId: contact.id } });
    expect(await names(ana, { filter: { active: false } })).toContain('Foi Embora');
  });
});
