import { demoId } from '@atende/service';
import { checkService } from '@atende/service/testing';
import { describe, expect, it } from '@jest/globals';
import { Contact } from './contact/contact.ts';
import { Organization } from './organization/organization.ts';
import { DEMO_PASSWORD, seedDemo } from './seed/demo.ts';
import { seedInstallation } from './seed/installation.ts';
import { identity } from './service.ts';
import { Analyst } from './staff/analyst.ts';
import { Group } from './staff/group.ts';
import { startIdentity } from './testing/identity.ts';

checkService(identity as never);

// The table of the public face: e-mail, organization, what they are, groups.
const people = [
  ['ana@acme.example', 'ACME01', 'CONTACT ADMINISTRATOR SERVICE_MANAGER', 'ORGANIZATION', ''],
  ['bruno@acme.example', 'ACME01', 'CONTACT', 'OWN', ''],
  ['gisele@globex.example', 'GLBX01', 'CONTACT ADMINISTRATOR', 'ORGANIZATION', ''],
  ['hugo@globex.example', 'GLBX01', 'CONTACT', 'ORGANIZATION', ''],
  ['carla@support.example', '', 'ANALYST', '', 'bso-ams cloud n1-software'],
  ['diego@support.example', '', 'ANALYST', '', 'bso-ams n2-software'],
  ['elisa@support.example', '', 'ANALYST SUPERVISOR', '', 'n1-software'],
  ['otavio@support.example', '', 'ANALYST OMBUDSMAN', '', 'ombudsman'],
  ['rita@support.example', '', 'AUDITOR', '', ''],
] as const;

const SIGN_IN =
  'mutation ($email: String!, $password: String!) { signIn(input: { email: $email, password: $password }) { errors { code } viewer { roles } } }';

describe('the demo', () => {
  it('has exactly the people of the public face’s table, with ids other services know, and lets each in', async () => {
    await using service = await startIdentity();
    for (const [email, organization, roles, scope, groups] of people) {
      const viewer = await service.viewer(email);
      const groupIds = groups
        .split(' ')
        .filter(Boolean)
        .map((code) => demoId('grp', code));
      expect(viewer).toMatchObject({ personId: demoId('per', email), roles: roles.split(' '), groups: groupIds });
      expect(viewer.contacts).toMatchObject(
        organization ? [{ id: demoId('con', email), organizationId: demoId('org', organization), scope }] : [],
      );
      expect(viewer.analystId).toBe(roles.startsWith('ANALYST') ? demoId('ana', email) : null);
      expect((await service.anybody(SIGN_IN, { email, password: DEMO_PASSWORD })).data.signIn).toEqual({
        errors: [],
        viewer: { roles: roles.split(' ') },
      });
    }
    const em = service.worker();
    expect([await em.count(Contact), await em.count(Analyst), await em.count(Organization), await em.count(Group)]).toEqual([4, 4, 2, 8]);
    const types = await em.execute<{ type: string; count: number }[]>('select type, count(*)::int from event group by type order by type');
    expect(types).toEqual([
      { type: 'analyst.saved', count: 4 },
      { type: 'audit.recorded', count: people.length },
      { type: 'contact.saved', count: 4 },
      { type: 'group.saved', count: 8 },
      { type: 'organization.saved', count: 2 },
    ]);
  }, 60_000);

  it('is sown once, however often', async () => {
    await using service = await startIdentity();
    const em = service.worker();
    const before = await em.execute('select count(*)::int from event');
    await em.transactional((seeding) => seedDemo(seeding, new Date('2026-03-02T12:00:00Z')));
    await em.transactional((seeding) => seedInstallation(seeding, new Date('2026-03-02T12:00:00Z')));
    expect(await em.execute('select count(*)::int from event')).toEqual(before);
  }, 60_000);

  it('is not there without being asked for: the groups that routing names are', async () => {
    await using service = await startIdentity({ demo: false });
    const em = service.worker();
    expect([await em.count(Contact), await em.count(Organization), await em.count(Group)]).toEqual([0, 0, 8]);
  }, 60_000);
});
