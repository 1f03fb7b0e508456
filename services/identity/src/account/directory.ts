import type { EntityManager } from '@mikro-orm/postgresql';
import { Credential } from './credential.ts';
import { Person, type PersonDraft } from './person.ts';

/** What an inviter may use of a person: nothing of it is shown to them. */
export interface Listed {
  person: Person;
  /** Has chosen a password. */
  activated: boolean;
}

/**
 * The persons of some logins, by login, made where there is none. Runs as the worker, in a transaction of its own: a
 * login is unique in the installation, and an organization's administrator must not see whether another organization
 * knows it. A person without any contact can do nothing, so one left over by an invitation that failed is harmless.
 */
export async function personsOf(em: EntityManager, now: Date, drafts: PersonDraft[]): Promise<Map<string, Listed>> {
  const persons = drafts.map((draft) => {
    const { id, email, name, language, timeZone } = Person.register(now, draft);
    return { id, email, name, language, timeZone };
  });
  // In one order, so that two that overlap do not wait for each other.
  await em.execute(
    `insert into person (id, email, name, language, time_zone, auditor, active, created_at)
     select id, email, name, language, "timeZone", false, true, ?
     from jsonb_to_recordset(?::jsonb) as it (id text, email text, name text, language text, "timeZone" text) order by email
     on conflict (email) do nothing`,
    [now, JSON.stringify(persons)],
  );
  const listed = await em.find(Person, { email: { $in: drafts.map(({ email }) => email) } });
  const credentials = await em.find(Credential, { personId: listed.map(({ id }) => id) }, { fields: ['personId'] });
  const activated = new Set(credentials.map(({ personId }) => personId as string));
  return new Map(listed.map((person) => [person.email, { person, activated: activated.has(person.id) }]));
}

export async function personOf(em: EntityManager, now: Date, draft: PersonDraft): Promise<Listed> {
  return (await personsOf(em, now, [draft])).get(draft.email) as Listed;
}
