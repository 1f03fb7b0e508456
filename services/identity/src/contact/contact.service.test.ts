import { demoId } from '@atende/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Session } from '../session/session.ts';
import { contactsOf, DEACTIVATE, UPDATE } from '../testing/contacts.ts';
import { ana, bruno, carla, gisele, hugo, startIdentity, type TestIdentity } from '../testing/identity.ts';
import { doorOf, viewerIn } from '../testing/sign-in.ts';
import { Contact } from './contact.ts';

let identity: TestIdentity;
beforeAll(async () => {
  identity = await startIdentity();
}, 60_000);
afterAll(() => identity[Symbol.asyncDispose]());

const { invite, update, deactivate } = contactsOf(() => identity);
const { signIn, refresh } = doorOf(() => identity);

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
    const before = viewerIn(accessToken).sessionId ?? '';
    const { version } = await identity.worker().findOneOrFail(Contact, { id: demoId('con', bruno) });
    await update(ana, { contactId: demoId('con', bruno), scope: 'ORGANIZATION', expectedVersion: version });
    expect(await identity.worker().findOneOrFail(Session, { id: before })).toMatchObject({ endReason: 'RIGHTS_CHANGED' });
    const refreshed = await refresh(refreshToken);
    const viewer = viewerIn(refreshed.accessToken);
    expect(viewer).toMatchObject({ contacts: [{ scope: 'ORGANIZATION' }] });
    expect(viewer.sessionId).not.toBe(before);
    await update(ana, { contactId: demoId('con', bruno), scope: 'OWN' });
  });

  it('of its name leaves its sessions alone', async () => {
    const { accessToken } = await signIn(bruno);
    await update(ana, { contactId: demoId('con', bruno), name: 'Bruno L.' });
    expect(await identity.worker().findOneOrFail(Session, { id: viewerIn(accessToken).sessionId ?? '' })).toMatchObject({ endedAt: null });
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
    const { data } = await deactivate(ana, demoId('con', bruno));
    expect(data.deactivateContact).toMatchObject({ errors: [], contact: { active: false } });
    expect(await identity.worker().findOneOrFail(Session, { id: viewerIn(accessToken).sessionId ?? '' })).toMatchObject({
      endReason: 'DEACTIVATED',
    });
    expect((await refresh(refreshToken)).errors).toMatchObject([{ code: 'SESSION_ENDED' }]);
    expect((await signIn(bruno)).errors).toMatchObject([{ code: 'INVALID_CREDENTIALS' }]);
    await update(ana, { contactId: demoId('con', bruno), active: true });
    expect((await signIn(bruno)).errors).toEqual([]);
  });

  it('leaves a person their other organizations', async () => {
    const { contact } = await invite(ana, { email: gisele });
    const { refreshToken } = await signIn(gisele);
    await deactivate(ana, contact.id);
    const refreshed = await refresh(refreshToken);
    expect(viewerIn(refreshed.accessToken).contacts).toMatchObject([{ organizationId: demoId('org', 'GLBX01') }]);
  });

  it('LAST_ADMINISTRATOR: never takes the last administrator, not even two who take each other at once', async () => {
    const { data } = await deactivate(gisele, demoId('con', gisele));
    expect(data.deactivateContact).toMatchObject({
      contact: null,
      errors: [{ code: 'LAST_ADMINISTRATOR', field: ['input', 'contactId'] }],
    });
    await update(gisele, { contactId: demoId('con', hugo), administrator: true });
    const [one, other] = [await identity.viewer(gisele), await identity.viewer(hugo)]; // both tokens from before
    const both = await Promise.all([
      identity.ask(one, DEACTIVATE, { input: { contactId: demoId('con', hugo) } }),
      identity.ask(other, UPDATE, { input: { contactId: demoId('con', gisele), administrator: false } }),
    ]);
    const refused = both.flatMap((answer) => [
      ...(answer.data?.deactivateContact?.errors ?? []),
      ...(answer.data?.updateContact?.errors ?? []),
    ]);
    expect(refused).toMatchObject([{ code: 'LAST_ADMINISTRATOR' }]);
    expect(await identity.worker().count(Contact, { organizationId: demoId('org', 'GLBX01'), administrator: true, active: true })).toBe(1);
  });
});
