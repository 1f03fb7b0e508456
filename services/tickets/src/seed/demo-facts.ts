import { demoId } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { ContactFact, GroupFact, OrganizationFact } from '../facts.ts';
import { ana, bruno, demoGroups, demoOrganizations, gisele, hugo } from './demo-people.ts';

/** What identity's events will say of the demo's people; version 0 gives way to the first of them. */
export function seedDemoFacts(em: EntityManager): void {
  for (const { code, entitlements, ...facts } of demoOrganizations) {
    em.persist(
      em.create(OrganizationFact, {
        id: demoId('org', code),
        version: 0,
        active: true,
        clientCode: code,
        country: 'BR',
        entitlements: [...entitlements],
        ...facts,
      }),
    );
  }
  for (const { id, organizationId, mayOpen } of [ana, bruno, gisele, hugo].flatMap((viewer) => viewer.contacts)) {
    em.persist(em.create(ContactFact, { id, version: 0, organizationId, active: true, mayOpen }));
  }
  for (const code of demoGroups) em.persist(em.create(GroupFact, { id: demoId('grp', code), version: 0, active: true, code }));
}
