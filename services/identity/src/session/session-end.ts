import type { EntityManager } from '@mikro-orm/postgresql';
import type { Act } from '../act.ts';
import { type EndReason, Session } from './session.ts';

const alive = (em: EntityManager, personId: string | string[]): Promise<Session[]> => em.find(Session, { personId, endedAt: null });

/** Ends every session of a person. */
export async function endSessions(em: EntityManager, act: Act, personId: string, reason: EndReason): Promise<void> {
  for (const session of await alive(em, personId)) session.end(act, reason);
}

/** Makes every session of a person, or of several, anew, so that the old rights end now and the new ones come with the next refresh. */
export async function replaceSessions(em: EntityManager, act: Act, personId: string | string[], reason: EndReason): Promise<void> {
  const successors = (await alive(em, personId)).map((session) => session.replace(act, reason));
  await em.flush(); // a family has one live session: the old ones end before the new ones begin
  em.persist(successors);
}

/** How far `_endedSessions` looks back beyond its cursor: longer than any transaction that ends a session may take. */
const OVERLAP = 60_000; // 1 minute in ms
/** Without a cursor: longer than an access token lives, so that nothing older matters. */
const HORIZON = 660_000; // 11 minutes in ms

/** The sessions that ended after a cursor, some of them told twice. A cursor that is none counts as absent. */
export async function endedSessions(em: EntityManager, after: string | null, now: Date): Promise<{ cursor: string; sessionIds: string[] }> {
  const told = after !== null && /^\d{13}$/.test(after) ? Number(after) - OVERLAP : 0;
  const since = new Date(Math.max(told, now.getTime() - HORIZON));
  const ended = await em.find(Session, { endedAt: { $gte: since } }, { fields: ['id'], orderBy: { endedAt: 'asc' } });
  return { cursor: String(now.getTime()), sessionIds: ended.map((session) => session.id) };
}
