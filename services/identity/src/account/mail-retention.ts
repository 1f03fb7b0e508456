import type { EntityManager } from '@mikro-orm/postgresql';
import { Mail } from './mail.ts';
import { OneTimeToken } from './one-time-token.ts';

/** How long mail without an expiry stays in the local mailbox. */
const KEPT = 30 * 86_400_000; // 30 days in ms

/** Takes away mail whose link is worth nothing any more, and one-time tokens long after their end. */
export async function forgetOldMail(em: EntityManager, now: Date): Promise<void> {
  const before = new Date(now.getTime() - KEPT);
  await em.nativeDelete(Mail, { $or: [{ expiresAt: { $lt: now } }, { createdAt: { $lt: before } }] });
  await em.nativeDelete(OneTimeToken, { expiresAt: { $lt: before } });
  // Anybody may begin one of these, and used or not they mean nothing once they are over.
  await em.nativeDelete(OneTimeToken, { purpose: 'PROVIDER_SIGN_IN', expiresAt: { $lt: now } });
}
