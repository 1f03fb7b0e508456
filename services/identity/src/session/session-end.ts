import type { EntityManager } from '@mikro-orm/postgresql';
import type { Act } from '../act.ts';
import { type EndReason, Session } from './session.ts';

/**
 * A session that somebody begins with the rights or the password of before is seen here, or begins afterwards with those of
 * now: whoever begins one holds the same locks shared. There are 1,024 of them, so that an import of thousands stays bounded.
 */
const locked = (lock: string): string =>
  `select ${lock}(7291, it.slot) from (select distinct hashtext(id) & 1023 as slot from unnest(?::text[]) as id order by slot) as it`;

/** Held until the transaction that begins a session is over; what the session may is read after this. */
export const holdSessions = (em: EntityManager, personId: string): Promise<unknown> =>
  em.execute(locked('pg_advisory_xact_lock_shared'), [`{${personId}}`]);

async function alive(em: EntityManager, personIds: string[]): Promise<Session[]> {
  await em.execute(locked('pg_advisory_xact_lock'), [`{${personIds.join(',')}}`]);
  return em.find(Session, { personId: personIds, endedAt: null });
}

/** Ends every session of a person. */
export async function endSessions(em: EntityManager, act: Act, personId: string, reason: EndReason): Promise<void> {
  for (const session of await alive(em, [personId])) session.end(act, reason);
}

/** Makes every session of a person, or of several, anew, so that the old rights end now and the new ones come with the next refresh. */
export async function replaceSessions(em: EntityManager, act: Act, personId: string | string[], reason: EndReason): Promise<void> {
  const successors = (await alive(em, [personId].flat())).map((session) => session.replace(act, reason));
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
