import type { Viewer } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Person } from '../account/person.ts';
import type { AccessTokens } from './access-token.ts';
import { RefreshToken } from './refresh-token.ts';
import type { Session } from './session.ts';
import { nobodyYet, standingOf, viewerFrom } from './viewer-of.ts';

/** What a client gets when it is let in. */
export interface Admission {
  accessToken: string;
  refreshToken: string;
  expiresAt: Date;
  mustChangePassword: boolean;
  viewer: Viewer;
}

/** What a person may do in a session of theirs; null when they are nobody's contact and no staff any more. */
export async function viewerIn(em: EntityManager, person: Person, sessionId: string, mustChange: boolean): Promise<Viewer | null> {
  const viewer = viewerFrom(await standingOf(em, person), sessionId);
  if (!person.active || viewer.roles.length === 0) return null;
  return mustChange ? nobodyYet(person, sessionId) : viewer;
}

export interface Admitting {
  session: Session;
  viewer: Viewer;
  mustChangePassword: boolean;
  now: Date;
}

/** Gives the two tokens of a session; the refresh token is stored, hashed, with the unit of work. */
export async function admit(
  em: EntityManager,
  accessTokens: AccessTokens,
  { session, viewer, mustChangePassword, now }: Admitting,
): Promise<Admission> {
  const { token, secret } = RefreshToken.issue(now, session);
  em.persist([session, token]);
  const access = await accessTokens.issue(viewer, now);
  return { accessToken: access.token, refreshToken: secret, expiresAt: access.expiresAt, mustChangePassword, viewer };
}
