import { demoId, type Viewer } from '@atende/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Mail } from '../account/mail.ts';
import { Person } from '../account/person.ts';
import { buildInvitation, contactsOf, INVITE } from '../testing/contacts.ts';
import { ana, bruno, carla, elisa, gisele, hugo, startIdentity, type TestIdentity } from '../testing/identity.ts';
import { doorOf } from '../testing/sign-in.ts';
import { Contact } from './contact.ts';

let identity: TestIdentity;
beforeAll(async () => {
  identity = await startIdentity();
}, 60_000);
afterAll(() => identity[Symbol.asyncDispose]());

const { invite, update, deactivate } = contactsOf(() => identity);
const { signIn, activate } = doorOf(() => identity);
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
    expect(await activate(token, 'Vidro-Azul-27-Serra')).toEqual([]);
    expect(await activate(token, 'Vidro-Azul-28-Serra')).toMatchObject([{ code: 'TOKEN_INVALID' }]);
    expect(await signIn('davi@acme.example', 'Vidro-Azul-27-Serra')).toMatchObject({
      errors: [],
      viewer: { contacts: [{ organization: { code: 'ACME01' } }] },
    });
  });

  it('is bound to the organization: who is its contact no more activates nothing', async () => {
    const { contact } = await invite(ana, { email: 'gone@acme.example' });
    const [mail] = await mailTo('gone@acme.example');
    const token = /#token=([\w-]+)/.exec(mail?.body ?? '')?.[1];
    await deactivate(ana, contact.id);
    expect(await activate(token, 'Vidro-Azul-27-Serra')).toEqual([{ code: 'TOKEN_INVALID', field: ['input', 'token'] }]);
    await update(ana, { contactId: contact.id, active: true });
    expect(await activate(token, 'Vidro-Azul-27-Serra')).toEqual([]);
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
    expect(await mailTo(hugo)).toMatchObject([{ kind: 'ACCESS_GRANTED', body: expect.not.stringContaining('#token=') }]);
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
