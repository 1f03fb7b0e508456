import { demoId } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Credential } from '../account/credential.ts';
import { hashPassword } from '../account/password.ts';
import { Person } from '../account/person.ts';
import { type Act, actIn, bySystem } from '../act.ts';
import { Contact } from '../contact/contact.ts';
import { Organization } from '../organization/organization.ts';
import { Analyst } from '../staff/analyst.ts';
import { demoAnalysts, demoAuditor, demoContacts, demoModules, demoOrganizations } from './demo-data.ts';

export const DEMO_PASSWORD = 'atende-demo-2026';

/** The people of the demo (api.md), with ids that other services know without asking. */
export async function seedDemo(em: EntityManager, now: Date): Promise<void> {
  if ((await em.count(Organization)) > 0) return;
  const hash = await hashPassword(DEMO_PASSWORD);
  const act = actIn(em, bySystem(now));
  for (const { code, ...organization } of demoOrganizations)
    em.persist(Organization.register(act, { ...organization, code, id: demoId('org', code) }));
  for (const { email, name, organization, ...rights } of demoContacts) {
    const personId = person(em, act, { email, name }, hash);
    em.persist(Contact.invite(act, { id: demoId('con', email), personId, organizationId: demoId('org', organization), name, ...rights }));
  }
  for (const { email, name, groups, modules = [], ...analyst } of demoAnalysts) {
    const personId = person(em, act, { email, name }, hash);
    const moduleIds = modules.map((module) => demoId('opt', demoModules[module]));
    em.persist(
      Analyst.employ(act, {
        id: demoId('ana', email),
        personId,
        name,
        groupIds: groups.map((code) => demoId('grp', code)),
        moduleIds,
        ...analyst,
      }),
    );
  }
  person(em, act, { ...demoAuditor, auditor: true }, hash);
}

function person(em: EntityManager, { now }: Act, draft: { email: string; name: string; auditor?: boolean }, hash: string): string {
  const id = demoId('per', draft.email);
  em.persist(Person.register(now, { ...draft, id }));
  em.persist(Credential.of(id, hash, now));
  return id;
}
