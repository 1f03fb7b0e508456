import type { EventOf, SessionEnded } from '@atende/events';
import { sqlIsWorker } from '@atende/service';
import { defineEntity, type EntityManager } from '@mikro-orm/postgresql';
import { DOWNLOAD_LIFETIME } from './download-token.ts';

/** Sessions that ended within the life of a download link: their links are dead at once. */
const EndedSessionSchema = defineEntity({
  name: 'EndedSession',
  tableName: 'ended_session',
  rowLevelSecurity: 'force',
  policies: [{ name: 'worker', using: sqlIsWorker }],
  properties: (p) => ({ id: p.text().primary(), endedAt: p.datetime(3).index() }),
});
export class EndedSession extends EndedSessionSchema.class {}
EndedSessionSchema.setClass(EndedSession);

export async function keepEndedSession(em: EntityManager, { aggregate }: EventOf<typeof SessionEnded>, now: Date): Promise<void> {
  await em.upsert(EndedSession, { id: aggregate, endedAt: now });
}

export async function forgetEndedSessions(em: EntityManager, now: Date): Promise<void> {
  await em.nativeDelete(EndedSession, { endedAt: { $lt: new Date(now.getTime() - 2 * DOWNLOAD_LIFETIME) } });
}
