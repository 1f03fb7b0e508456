import { demoId, seesTicket, type Viewer, viewerSchema } from '@atende/service';
import { describe, expect, it } from '@jest/globals';
import { fallbackOf, route } from '../opening/routing.ts';
import { buildTicket } from '../testing/build-ticket.ts';
import { ana, bruno, carla, demoGroups, demoOrganizations, diego, elisa, gisele, hugo, otavio } from './demo-people.ts';
import { seedForms } from './forms.ts';
import { seedRouting } from './routing.ts';

const [acme, globex] = demoOrganizations;
const groupsOf = (viewer: Viewer): string[] => demoGroups.filter((code) => viewer.groups.includes(demoId('grp', code)));

// The table of api.md, said again.
describe('the demo’s people', () => {
  it.each(Object.entries({ ana, bruno, carla, diego, elisa, gisele, hugo, otavio }))(
    '%s is as the gateway’s token would say',
    (_, viewer) => {
      expect(viewerSchema.safeParse(viewer).success).toBe(true);
    },
  );

  it('are contacts of two organizations', () => {
    const said = [ana, bruno, gisele, hugo].map(({ contacts: [contact] }) => [
      contact?.organizationId,
      contact?.scope,
      contact?.administrator,
      contact?.serviceManager,
    ]);
    expect(said).toEqual([
      [demoId('org', 'ACME01'), 'ORGANIZATION', true, true],
      [demoId('org', 'ACME01'), 'OWN', false, false],
      [demoId('org', 'GLBX01'), 'ORGANIZATION', true, false],
      [demoId('org', 'GLBX01'), 'ORGANIZATION', false, false],
    ]);
    expect([acme.plan, acme.bso, globex.plan, globex.bso]).toEqual(['PRIME', false, 'STANDARD', true]);
    expect([acme, globex].map(({ entitlements }) => entitlements.includes('value-added.cloud'))).toEqual([true, false]);
  });

  it('and staff in groups', () => {
    expect([carla, diego, elisa, otavio].map(groupsOf)).toEqual([
      ['n1-software', 'bso-ams', 'cloud'],
      ['n2-software', 'bso-ams'],
      ['n1-software'],
      ['ombudsman'],
    ]);
    expect([elisa.roles, otavio.roles].map((roles) => [roles.includes('SUPERVISOR'), roles.includes('OMBUDSMAN')])).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  it('ACME’s software, technical-support and cloud tickets come to a group of Carla’s', () => {
    for (const requestType of seedForms
      .map((form) => form.requestType)
      .filter((type) => /^(software\.|technical-support|value-added\.cloud)/.test(type))) {
      const { group } = route(seedRouting, { requestType, bso: acme.bso, directToBso: false, plan: acme.plan, category: null });
      expect(seesTicket(carla, buildTicket({ groupId: demoId('grp', group) }))).toBe(true);
    }
  });

  it('every group that routing names is there', () => {
    for (const group of [...seedRouting.map((rule) => rule.group), fallbackOf(seedRouting)]) expect(demoGroups).toContain(group);
  });
});
