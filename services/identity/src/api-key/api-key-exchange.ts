import type { Viewer } from '@atende/service';
import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Credential } from '../account/credential.ts';
import { Person } from '../account/person.ts';
import { digest } from '../account/secret.ts';
import { actIn, bySystem } from '../act.ts';
import { Session } from '../session/session.ts';
import { holdSessions } from '../session/session-end.ts';
import { viewerIn } from '../session/session-start.ts';
import { ApiKey } from './api-key.ts';

/** Whom a key stands for now, and when it ends by itself. */
export interface KeyHolder {
  viewer: Viewer;
  expiresAt: Date;
}

/**
 * Whom a key stands for, with the rights of now and a session by which gateways learn that these have changed; null when the
 * key is good for nothing. Runs as the worker: the key alone says who asks. Gateways at once share one session.
 */
export function exchangeKey(worker: EntityManager, secret: string, now: Date): Promise<KeyHolder | null> {
  return worker.transactional(async (em) => {
    const key = await em.findOne(ApiKey, { digest: digest(secret) }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (key) await holdSessions(em, key.personId);
    const person = key?.isGood(now) ? await em.findOne(Person, { id: key.personId, active: true }) : null;
    if (!key || !person) return null;
    const session = await sessionOf(em, key, now);
    // Who must choose a password first can do nothing by a key either.
    const mustChange = (await em.findOne(Credential, { personId: person.id }))?.mustChange ?? false;
    const viewer = mustChange ? null : await viewerIn(em, person, session.id, false);
    if (!viewer) return null;
    key.lastUsedAt = now;
    em.persist(session);
    return { viewer: { ...viewer, apiKey: { id: key.id, scopes: [...key.scopes] } }, expiresAt: key.expiresAt };
  });
}

/** A key is the family of its sessions: of these one lives. */
async function sessionOf(em: EntityManager, { id, personId, expiresAt }: ApiKey, now: Date): Promise<Session> {
  const alive = await em.findOne(Session, { family: id, endedAt: null });
  if (alive && alive.expiresAt > now) return alive;
  alive?.end(actIn(em, bySystem(now)), 'EXPIRED');
  return Object.assign(Session.start(now, personId), { family: id, expiresAt });
}
