import type { Role, Viewer } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Person } from '../account/person.ts';
import { Contact } from '../contact/contact.ts';
import { Organization } from '../organization/organization.ts';
import { Analyst } from '../staff/analyst.ts';
import { Group } from '../staff/group.ts';

/** What decides a person's roles. Only what is active is given here. */
export interface Standing {
  person: Pick<Person, 'id' | 'language' | 'auditor'>;
  contacts: Pick<Contact, 'id' | 'organizationId' | 'scope' | 'mayOpen' | 'administrator' | 'serviceManager'>[];
  analyst: Pick<Analyst, 'id' | 'supervisor'> | null;
  groups: Pick<Group, 'id' | 'kind'>[];
}

/** What a person is, for tokens: pure, so that a role is never decided twice. */
export function viewerFrom({ person, contacts, analyst, groups }: Standing, sessionId: string): Viewer {
  const roles: [Role, boolean][] = [
    ['CONTACT', contacts.length > 0],
    ['ADMINISTRATOR', contacts.some((contact) => contact.administrator)],
    ['SERVICE_MANAGER', contacts.some((contact) => contact.serviceManager)],
    ['ANALYST', analyst !== null],
    ['SUPERVISOR', analyst?.supervisor ?? false],
    ['OMBUDSMAN', groups.some((group) => group.kind === 'OMBUDSMAN')],
    ['AUDITOR', person.auditor],
  ];
  return {
    ...nobodyYet(person, sessionId),
    analystId: analyst?.id ?? null,
    roles: roles.filter(([, has]) => has).map(([role]) => role),
    contacts: contacts.map(({ id, organizationId, scope, mayOpen, administrator, serviceManager }) => ({
      ...{ id, organizationId, scope, mayOpen, administrator, serviceManager },
    })),
    groups: groups.map((group) => group.id),
  };
}

/** Signed in, and nothing else: what a session gives until a password that somebody else chose is changed. */
export const nobodyYet = (person: Pick<Person, 'id' | 'language'>, sessionId: string): Viewer => ({
  kind: 'PERSON',
  personId: person.id,
  sessionId,
  analystId: null,
  roles: [],
  contacts: [],
  groups: [],
  language: person.language,
  apiKey: null,
});

/** Reads a person's standing as the worker: nobody's rights are known yet. An auditor is nothing else, whatever else they were. */
export async function standingOf(em: EntityManager, person: Person): Promise<Standing> {
  if (person.auditor) return { person, contacts: [], analyst: null, groups: [] };
  const organizations = (await em.find(Contact, { personId: person.id, active: true }, { orderBy: { id: 'asc' } })) as Contact[];
  const active = new Set(
    (await em.find(Organization, { id: { $in: organizations.map((contact) => contact.organizationId) }, active: true })).map(
      ({ id }) => id,
    ),
  );
  const analyst = await em.findOne(Analyst, { personId: person.id, active: true });
  const groups = analyst ? await em.find(Group, { id: { $in: [...analyst.groupIds] }, active: true }, { orderBy: { code: 'asc' } }) : [];
  return { person, analyst, groups, contacts: organizations.filter((contact) => active.has(contact.organizationId)) };
}
