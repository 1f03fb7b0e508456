import type { Clock } from '@atende/service';
import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Attachment } from './attachment.ts';
import { forgetEndedSessions } from './ended-session.ts';
import type { FilesRoom } from './files-room.ts';
import { lockContent } from './judging.ts';

const BATCH = 100;
const QUARANTINE_LEFTOVER = 3_600_000; // 1 hour

/** Takes away what no ticket claimed within its day. Returns how many. */
export const expireUnclaimed = (worker: EntityManager, now: Date): Promise<number> =>
  worker.transactional(async (em) => {
    const unclaimed = { ticketId: null, status: { $ne: 'DELETED' as const }, expiresAt: { $lte: now } };
    const files = await em.find(Attachment, unclaimed, {
      limit: BATCH,
      orderBy: { expiresAt: 'asc' },
      lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE,
    });
    for (const file of files) file.remove(em, 'UNCLAIMED', { actor: null, now });
    return files.length;
  });

/** Erases a taken-away file: its bytes, unless an equal file still needs them, and its row. Returns whether there was one. */
export const eraseNext = (worker: EntityManager, room: FilesRoom, now: Date): Promise<boolean> =>
  worker.transactional(async (em) => {
    const due = { status: 'DELETED' as const, ticketId: null, eraseAt: { $lte: now } };
    const [file] = await em.find(Attachment, due, { limit: 1, orderBy: { eraseAt: 'asc' }, lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE });
    if (!file) return false;
    await room.forgetUpload(file.id);
    if (file.sha256) {
      await lockContent(em, file.sha256);
      const stillNeeded = await em.count(Attachment, { sha256: file.sha256, id: { $ne: file.id }, status: { $ne: 'REFUSED' } });
      if (stillNeeded === 0) await room.forgetContent(file.sha256);
    }
    em.remove(file);
    return true;
  });

/** The housekeeping job. Each step may be cut off anywhere and repeated. */
export async function keepHouse({ em, clock, room }: { em: EntityManager; clock: Clock; room: FilesRoom }): Promise<void> {
  const now = clock.now();
  while ((await expireUnclaimed(em.fork(), now)) === BATCH);
  while (await eraseNext(em.fork(), room, now));
  await forgetEndedSessions(em.fork(), now);
  await room.sweepQuarantine(new Date(now.getTime() - QUARANTINE_LEFTOVER));
}
