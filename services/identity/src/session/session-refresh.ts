import { ErrorCode, Refused } from '@atende/service';
import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Credential } from '../account/credential.ts';
import { Person } from '../account/person.ts';
import { digest } from '../account/secret.ts';
import { type Act, actIn, type Cause } from '../act.ts';
import type { IdentityDeps } from '../identity-context.ts';
import { RefreshToken } from './refresh-token.ts';
import { type EndReason, Session } from './session.ts';
import { type Admission, admit, viewerIn } from './session-start.ts';

/**
 * Trades a refresh token for new tokens, with the rights of today. Runs as the worker: the token alone says who asks.
 * Each token is good once; one that comes again ends its family, since one of the two who have it stole it.
 */
export async function refreshSession(deps: IdentityDeps, cause: Cause, secret: string): Promise<Admission> {
  // The end of a session must stay when the answer is a refusal: so the refusal comes after the commit.
  const admission = await deps.forWorker().transactional((em) => trade(em, deps, cause, secret));
  if (!admission) throw new Refused({ code: ErrorCode.SESSION_ENDED, field: ['refreshToken'] });
  return admission;
}

async function trade(em: EntityManager, deps: IdentityDeps, cause: Cause, secret: string): Promise<Admission | null> {
  const { now } = cause;
  const token = await em.findOne(RefreshToken, { hash: digest(secret) }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  const session = token && (await em.findOne(Session, { family: token.family, endedAt: null }, { lockMode: LockMode.PESSIMISTIC_WRITE }));
  if (!token || !session) return null;
  if (token.usedAt) return ended(session, actIn(em, cause), 'TOKEN_REUSED');
  if (token.expiresAt <= now || session.expiresAt <= now) return ended(session, actIn(em, cause), 'EXPIRED');
  token.usedAt = now;
  const person = await em.findOneOrFail(Person, { id: session.personId });
  // Who signs in through a provider may have none.
  const mustChangePassword = (await em.findOne(Credential, { personId: person.id }))?.mustChange ?? false;
  const viewer = await viewerIn(em, person, session.id, mustChangePassword);
  if (!viewer) return ended(session, actIn(em, cause), 'DEACTIVATED');
  return admit(em, deps.accessTokens, { session, viewer, mustChangePassword, now });
}

function ended(session: Session, act: Act, reason: EndReason): null {
  session.end(act, reason);
  return null;
}
