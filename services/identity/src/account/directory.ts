import { newId } from '@atende/service';
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
 * The person of a login, made if there is none. Runs as the worker, in a transaction of its own: a login is unique in
 * the installation, and an organization's administrator must not see whether another organization knows it. A person
 * without any contact can do nothing, so one left over by an invitation that failed afterwards is harmless.
 */
export async function personOf(em: EntityManager, now: Date, draft: PersonDraft): Promise<Listed> {
  const { id, name, language, timeZone } = Person.register(now, { ...draft, id: newId('per') });
  await em.execute(
    `insert into person (id, email, name, language, time_zone, auditor, active, created_at) values (?, ?, ?, ?, ?, false, true, ?)
     on conflict (email) do nothing`,
    [id, draft.email, name, language, timeZone, now],
  );
  const person = await em.findOneOrFail(Person, { email: draft.email });
  return { person, activated: (await em.count(Credential, { personId: person.id })) > 0 };
}
