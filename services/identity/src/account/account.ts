import { ErrorCode, type Fault, Refused } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type Act, actIn, type Cause } from '../act.ts';
import { Contact } from '../contact/contact.ts';
import type { IdentityDeps } from '../identity-context.ts';
import { Session } from '../session/session.ts';
import { endSessions } from '../session/session-end.ts';
import { type Admission, admit, viewerIn } from '../session/session-start.ts';
import { beginAttempt, succeedAttempt } from '../session/sign-in-delay.ts';
import { Credential } from './credential.ts';
import { requestMail } from './mail.ts';
import { findToken, type OneTimeToken, type Purpose, useToken, voidTokens, waysToPassword } from './one-time-token.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { isPlainlyWeak, PASSWORD_LENGTH } from './password-strength.ts';
import { Person } from './person.ts';

// Everything here reaches password hashes and one-time tokens, which no request may read: it runs as the worker.

const tooWeak: Fault = { code: ErrorCode.PASSWORD_TOO_WEAK, field: ['input', 'newPassword'], params: { min: PASSWORD_LENGTH.min } };
const tokenInvalid: Fault = { code: ErrorCode.TOKEN_INVALID, field: ['input', 'token'] };

export interface Redemption {
  purpose: Purpose;
  token: string;
  newPassword: string;
}

/** Sets a person's password by a one-time token: the first one (activation) or another one (reset). The token is used up. */
export async function redeem(deps: IdentityDeps, cause: Cause, { purpose, token: secret, newPassword }: Redemption): Promise<void> {
  const { now } = cause;
  const reading = deps.forWorker();
  const token = await findToken(reading, { secret, purpose, now });
  const person = token && (await meantBy(reading, token));
  // Who has no token learns of a weak password only what is seen at a glance: judging is dear.
  const isTooWeak = person
    ? await deps.passwords.isWeak(newPassword, { login: person.email, name: person.name })
    : isPlainlyWeak(newPassword, { login: '', name: '' });
  if (!token || !person || isTooWeak) throw new Refused(...(person ? [] : [tokenInvalid]), ...(isTooWeak ? [tooWeak] : []));
  const hash = await hashPassword(newPassword);
  await deps.forWorker().transactional(async (em) => {
    if (!(await useToken(em, token, now))) throw new Refused(tokenInvalid);
    const act = actIn(em, { ...cause, personId: person.id });
    await setPassword(em, act, person.id, hash);
    if (purpose === 'PASSWORD_RESET') requestMail(em, act, { kind: 'PASSWORD_CHANGED', to: person, portalUrl: deps.portalUrl });
  });
}

/** Whom a token lets in. One that an organization issued counts only while the person is its contact. */
async function meantBy(em: EntityManager, { personId, organizationId }: OneTimeToken): Promise<Person | null> {
  if (personId === null) return null;
  if (organizationId && (await em.count(Contact, { personId, organizationId, active: true })) === 0) return null;
  return em.findOne(Person, { id: personId, active: true });
}

export interface PasswordChange {
  personId: string;
  address: string | null;
  currentPassword: string;
  newPassword: string;
}

/** Changes the password of who is signed in. Every session ends, this one too; the answer brings a new one. */
export async function changePassword(deps: IdentityDeps, cause: Cause, change: PasswordChange): Promise<Admission> {
  const { now } = cause;
  const { personId, currentPassword, newPassword } = change;
  const reading = deps.forWorker();
  const person = await reading.findOneOrFail(Person, { id: personId });
  const credential = await reading.findOneOrFail(Credential, { personId });
  const counted = await beginAttempt(deps.forWorker(), { login: person.email, address: change.address, now });
  const isRight = await verifyPassword(credential.hash, currentPassword);
  const owner = { login: person.email, name: person.name };
  const isTooWeak = newPassword === currentPassword || (await deps.passwords.isWeak(newPassword, owner));
  const isWrong: Fault = { code: ErrorCode.INVALID_CREDENTIALS, field: ['input', 'currentPassword'] };
  if (!isRight || isTooWeak) throw new Refused(...(isRight ? [] : [isWrong]), ...(isTooWeak ? [tooWeak] : []));
  const hash = await hashPassword(newPassword);
  return deps.forWorker().transactional(async (em) => {
    await succeedAttempt(em, counted, now);
    const act = actIn(em, cause);
    await setPassword(em, act, personId, hash);
    requestMail(em, act, { kind: 'PASSWORD_CHANGED', to: person, portalUrl: deps.portalUrl });
    const session = Session.start(now, personId);
    const viewer = await viewerIn(em, person, session.id, false);
    if (!viewer) throw new Refused({ code: ErrorCode.SESSION_ENDED });
    return admit(em, deps.accessTokens, { session, viewer, mustChangePassword: false, now });
  });
}

async function setPassword(em: EntityManager, act: Act, personId: string, hash: string): Promise<void> {
  await em.upsert(Credential, Credential.of(personId, hash, act.now));
  await voidTokens(em, personId, waysToPassword, act.now);
  await endSessions(em, act, personId, 'PASSWORD_CHANGED');
}
