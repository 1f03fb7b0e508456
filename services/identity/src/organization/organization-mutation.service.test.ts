import { demoId } from '@atende/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Mail } from '../account/mail.ts';
import { Session } from '../session/session.ts';
import { contactsOf } from '../testing/contacts.ts';
import { ana, bruno, carla, elisa, gisele, hugo, otavio, rita, startIdentity, type TestIdentity } from '../testing/identity.ts';
import { buildClient, CREATE, organizationsOf } from '../testing/organizations.ts';
import { doorOf, viewerIn } from '../testing/sign-in.ts';
import { refusalOf } from '../testing/staff.ts';
import { Organization } from './organization.ts';

let identity: TestIdentity;
beforeAll(async () => {
  identity = await startIdentity();
}, 60_000);
afterAll(() => identity[Symbol.asyncDispose]());

const { create, update } = organizationsOf(() => identity);
const { invite } = contactsOf(() => identity);
const { signIn, activate, refresh } = doorOf(() => identity);
const acme = demoId('org', 'ACME01');
const globex = demoId('org', 'GLBX01');

describe('registering a client', () => {
  it('makes it whole and invites its first administrator, who signs in and adds the next', async () => {
    const accountExecutive = { name: 'Helena', email: 'Helena@vendor.example', phone: null };
    const environments = [{ kind: 'PRODUCTION', name: 'Produção', address: null }];
    const administrator = { email: 'ivo@initech.example', name: 'Ivo Prado', language: 'en' };
    const { data } = await create(elisa, {
      code: 'INIT01',
      plan: 'PRIME',
      contracts: ['HOSTING'],
      accountExecutive,
      environments,
      administrator,
    });
    expect(data.createOrganization).toMatchObject({
      errors: [],
      organization: {
        ...{ version: 1, code: 'INIT01', plan: 'PRIME', bso: false, active: true, contracts: ['HOSTING'], environments },
        entitlements: expect.arrayContaining(['software.rm', 'value-added.cloud', 'PHONE']),
        accountExecutive: { name: 'Helena', email: 'helena@vendor.example' },
        administrators: [{ name: 'Ivo Prado', email: 'ivo@initech.example', scope: 'ORGANIZATION' }],
      },
    });
    const [mail] = await identity.worker().find(Mail, { to: 'ivo@initech.example' });
    expect(mail).toMatchObject({ kind: 'ACTIVATION', language: 'en' });
    expect(await activate(/#token=([\w-]+)/.exec(mail?.body ?? '')?.[1], 'Vidro-Azul-27-Serra')).toEqual([]);
    const { viewer } = await signIn('ivo@initech.example', 'Vidro-Azul-27-Serra');
    expect(viewer.permissions).toEqual(expect.arrayContaining(['MANAGE_CONTACTS', 'OPEN_TICKETS']));
    expect((await invite('ivo@initech.example', { email: 'next@initech.example' })).errors).toEqual([]);
  });

  it('happens once per key, and a code is one client’s', async () => {
    const input = buildClient({ code: 'ONCE01' });
    const answers = await Promise.all(Array.from({ length: 4 }, () => identity.as(elisa, CREATE, { input })));
    expect(new Set(answers.map(({ data }) => data.createOrganization.organization.id)).size).toBe(1);
    expect(refusalOf(await create(elisa, { code: 'ONCE01' }))).toBe('input.code CODE_TAKEN');
    expect(refusalOf(await identity.as(elisa, CREATE, { input: { ...input, plan: 'PRIME' } }))).toBe('CONFLICT');
  });

  it('says every fault at once and leaves nothing behind', async () => {
    const before = await identity.worker().count(Organization);
    const administrator = { email: 'x', name: '' };
    expect(refusalOf(await create(elisa, { code: 'x', country: 'ZZ', administrator })).split(', ')).toEqual([
      ...['input.code BAD_USER_INPUT', 'input.country BAD_USER_INPUT'],
      ...['input.administrator.email NOT_AN_EMAIL', 'input.administrator.name REQUIRED'],
    ]);
    const { data } = await create(elisa, { entitlements: ['software.rm', 'value-added.cloud'] });
    expect(data.createOrganization.errors).toEqual([
      { code: 'NOT_ENTITLED', field: ['input', 'entitlements'], message: 'Falta o contrato para “value-added.cloud”.' },
    ]);
    expect(await identity.worker().count(Organization)).toBe(before);
  });

  it('of a person another client knows tells them, by the login and password they have', async () => {
    await create(elisa, { administrator: { email: hugo, name: 'Hugo' } });
    expect(await identity.worker().find(Mail, { to: hugo })).toMatchObject([{ kind: 'ACCESS_GRANTED' }]);
    expect((await signIn(hugo)).viewer.contacts).toHaveLength(2);
  });
});

describe('changing a client', () => {
  it('moves its version, what was not given stays, and tickets hears of its terms', async () => {
    const { version, legalName } = await identity.worker().findOneOrFail(Organization, { id: globex });
    const { data } = await update(elisa, { organizationId: globex, plan: 'PRIME', accountExecutive: null, expectedVersion: version });
    expect(data.updateOrganization).toMatchObject({
      errors: [],
      organization: {
        version: version + 1,
        legalName,
        plan: 'PRIME',
        bso: true,
        accountExecutive: null,
        entitlements: expect.arrayContaining(['PHONE']),
      },
    });
    const [event] = await identity.worker().execute('select data from event where aggregate = ? and version = ?', [globex, version + 1]);
    expect(event).toMatchObject({ data: { code: 'GLBX01', plan: 'PRIME', active: true, entitlements: expect.arrayContaining(['PHONE']) } });
    expect(refusalOf(await update(elisa, { organizationId: globex, bso: false, expectedVersion: version }))).toBe('CONFLICT');
    expect((await update(elisa, { organizationId: globex, plan: 'PRIME' })).data.updateOrganization.organization.version).toBe(version + 1);
  });

  it('by two at once lets one of them win', async () => {
    const { version } = await identity.worker().findOneOrFail(Organization, { id: globex });
    const answers = await Promise.all(
      ['A', 'B', 'C'].map((name) => update(elisa, { organizationId: globex, legalName: `Globex ${name}`, expectedVersion: version })),
    );
    expect(answers.map(refusalOf).sort()).toEqual(['', 'CONFLICT', 'CONFLICT']);
  });

  it('that is none any more ends what its contacts do for it, and leaves them their other organizations', async () => {
    await invite(ana, { email: gisele });
    const [own, both] = [await signIn(bruno), await signIn(gisele)];
    expect((await update(elisa, { organizationId: acme, active: false })).data.updateOrganization.organization.active).toBe(false);
    for (const { accessToken } of [own, both])
      expect(await identity.worker().findOneOrFail(Session, { id: viewerIn(accessToken).sessionId ?? '' })).toMatchObject({
        endReason: 'DEACTIVATED',
      });
    expect((await refresh(own.refreshToken)).errors).toMatchObject([{ code: 'SESSION_ENDED' }]);
    expect((await signIn(bruno)).errors).toMatchObject([{ code: 'INVALID_CREDENTIALS' }]);
    expect(viewerIn((await refresh(both.refreshToken)).accessToken).contacts).toMatchObject([{ organizationId: globex }]);
    await update(elisa, { organizationId: acme, active: true });
    expect((await signIn(bruno)).errors).toEqual([]);
  });

  it('is for supervisors', async () => {
    for (const who of [ana, bruno, carla, otavio, rita]) {
      expect(refusalOf(await create(who))).toBe('FORBIDDEN');
      expect(refusalOf(await update(who, { organizationId: acme, plan: 'PRIME' }))).toBe('FORBIDDEN');
    }
    for (const organizationId of [demoId('org', 'NONE'), 'nonsense', 'org_\u0000'])
      expect(refusalOf(await update(elisa, { organizationId, bso: true }))).toBe('NOT_FOUND');
  });
});
