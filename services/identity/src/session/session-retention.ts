import type { EntityManager } from '@mikro-orm/postgresql';
import { RefreshToken } from './refresh-token.ts';
import { Session } from './session.ts';

/** How long a session that is over can still be looked up. */
const KEPT = 30 * 86_400_000; // 30 days in ms

/** Takes away expired refresh tokens and sessions that are long over. */
export async function forgetSessions(em: EntityManager, now: Date): Promise<void> {
  await em.nativeDelete(RefreshToken, { expiresAt: { $lt: now } });
  const before = new Date(now.getTime() - KEPT);
  await em.nativeDelete(Session, { $or: [{ endedAt: { $lt: before } }, { expiresAt: { $lt: before } }] });
}
