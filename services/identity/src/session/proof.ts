import type { EntityManager } from '@mikro-orm/postgresql';
import { Credential } from '../account/credential.ts';
import { verifyPassword } from '../account/password.ts';
import { Person } from '../account/person.ts';
import type { IdentityContext } from '../identity-context.ts';
import { beginAttempt, succeedAttempt } from './sign-in-delay.ts';

// Who is signed in proves once more who they are. It reaches hashes, which no request may read: it runs as the worker.

/** Counts as an attempt of this person at this address, taken back when it went well: a stolen token must not guess freely. */
export async function attempt<T>(
  { deps, now, viewer, address }: IdentityContext,
  verb: (em: EntityManager, person: Person) => Promise<T>,
): Promise<T> {
  const person = await deps.forWorker().findOneOrFail(Person, { id: viewer.personId ?? '' });
  const counted = await beginAttempt(deps.forWorker(), { login: person.email, address, now });
  return deps.forWorker().transactional(async (em) => {
    const result = await verb(em, person);
    await succeedAttempt(em, counted, now);
    return result;
  });
}

/** Whether it is the person's password. Who has none takes as long to be told so. */
export async function isPassword(em: EntityManager, decoy: string, personId: string, password: string): Promise<boolean> {
  const credential = await em.findOne(Credential, { personId });
  return (await verifyPassword(credential?.hash ?? decoy, password)) && credential !== null;
}
