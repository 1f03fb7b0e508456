import { conflict, ErrorCode, type Fault, isId, notFound, Refused, RequestError } from '@atende/service';
import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Credential } from '../account/credential.ts';
import { Mail } from '../account/mail.ts';
import { OneTimeToken } from '../account/one-time-token.ts';
import { PasswordReset } from '../account/password-reset.ts';
import { Person } from '../account/person.ts';
import { type Act, actIn } from '../act.ts';
import { ApiKey } from '../api-key/api-key.ts';
import { administratorsOf } from '../contact/contact.queries.ts';
import { Contact } from '../contact/contact.ts';
import { causeOf, type IdentityContext } from '../identity-context.ts';
import { ContactImport } from '../import/contact-import.ts';
import { ProviderLink } from '../provider/provider-link.ts';
import { SecondFactor } from '../second-factor/second-factor.ts';
import { RefreshToken } from '../session/refresh-token.ts';
import { Session } from '../session/session.ts';
import { endSessions } from '../session/session-end.ts';
import { Analyst } from '../staff/analyst.ts';
import { otherSupervisors } from '../staff/staff.queries.ts';
import type { AnonymisePersonInput } from './anonymisation.graphql.ts';

/**
 * Wipes who a person is and leaves the ids, so that tickets, histories and the audit log stay whole and name nobody. Runs as
 * the worker: it reaches hashes, tokens and mails, which are no request's. Done again it changes nothing.
 */
export function anonymise(ctx: IdentityContext, { personId, reason, expectedVersion }: AnonymisePersonInput): Promise<Person> {
  return ctx.deps.forWorker().transactional(async (em) => {
    const person = isId('per', personId) ? await em.findOne(Person, { id: personId }, { lockMode: LockMode.PESSIMISTIC_WRITE }) : null;
    if (!person) throw notFound();
    if (person.isForgotten) return person;
    // They read of supervisors too: whoever makes them takes them away (remove-auditor).
    if (person.auditor) throw new RequestError(ErrorCode.FORBIDDEN, 'You may not do this.');
    if (typeof expectedVersion === 'number' && expectedVersion !== person.version) throw conflict('This person was changed meanwhile.');
    const contacts = await em.find(Contact, { personId });
    const analyst = await em.findOne(Analyst, { personId });
    const faults = [...(await lastAdministrator(em, contacts)), ...(await lastSupervisor(em, analyst))];
    if (faults.length > 0) throw new Refused(...faults);
    const act = actIn(em, causeOf(ctx));
    for (const named of [...contacts, ...(analyst ? [analyst] : [])]) named.forget(act);
    await forgetTheWaysIn(em, act, person);
    await forgetWhatNamesThem(em, person);
    person.forget(act, { contactIds: contacts.map(({ id }) => id), analystId: analyst?.id ?? null, reason });
    return person;
  });
}

const field = ['input', 'personId'];

async function lastAdministrator(em: EntityManager, contacts: readonly Contact[]): Promise<Fault[]> {
  for (const contact of contacts) {
    if (!contact.isLeaving({ active: false })) continue;
    if ((await administratorsOf(em, contact.organizationId as string, { id: { $ne: contact.id } })) === 0)
      return [{ code: ErrorCode.LAST_ADMINISTRATOR, field }];
  }
  return [];
}

async function lastSupervisor(em: EntityManager, analyst: Analyst | null): Promise<Fault[]> {
  const isLeaving = analyst?.supervisor && analyst.active;
  return isLeaving && (await otherSupervisors(em, analyst)) === 0 ? [{ code: ErrorCode.LAST_SUPERVISOR, field }] : [];
}

/** Sessions end and stay until they are forgotten like any other (session-retention.ts): gateways must hear of it, and they hold times only. */
async function forgetTheWaysIn(em: EntityManager, act: Act, { id: personId }: Person): Promise<void> {
  const families = (await em.find(Session, { personId }, { fields: ['family'] })).map(({ family }) => family);
  await endSessions(em, act, personId, 'DEACTIVATED');
  for (const key of await em.find(ApiKey, { personId })) {
    key.revoke(act);
    em.remove(key);
  }
  await em.nativeDelete(RefreshToken, { family: { $in: families } });
  await em.nativeDelete(Credential, { personId });
  await em.nativeDelete(OneTimeToken, { personId });
  await em.nativeDelete(SecondFactor, { personId });
  await em.nativeDelete(ProviderLink, { personId });
}

async function forgetWhatNamesThem(em: EntityManager, { id: personId, email }: Person): Promise<void> {
  await em.nativeDelete(Mail, { $or: [{ personId }, { to: email }] });
  await em.nativeDelete(PasswordReset, { login: email });
  await em.nativeDelete(ContactImport, { personId });
  // Whoever is nobody looks after no organization either.
  await em.execute(`update organization set account_executive = null where lower(account_executive ->> 'email') = ?`, [email]);
}
