import { newId, sqlIsWorker } from '@atende/service';
import { defineEntity, type EntityManager } from '@mikro-orm/postgresql';
import { actIn, bySystem } from '../act.ts';
import { standingOf, viewerFrom } from '../session/viewer-of.ts';
import { Credential } from './credential.ts';
import { requestMail } from './mail.ts';
import { issueToken, OneTimeToken } from './one-time-token.ts';
import { Person } from './person.ts';

/**
 * Somebody asked for another password. The request only writes this row, the same for known and unknown logins; whether
 * there is anybody to write to is found out afterwards, so that neither the answer nor its time tells.
 */
const PasswordResetSchema = defineEntity({
  name: 'PasswordReset',
  tableName: 'password_reset',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'asked', command: 'insert', check: 'true' },
    { name: 'worker', using: sqlIsWorker },
  ],
  properties: (p) => ({
    id: p.text().primary(),
    login: p.text(),
    askedAt: p.datetime(3),
  }),
});
export class PasswordReset extends PasswordResetSchema.class {}
PasswordResetSchema.setClass(PasswordReset);

export const askReset = (em: EntityManager, login: string, now: Date): Promise<void> =>
  em.persist(Object.assign(new PasswordReset(), { id: newId('rst'), login, askedAt: now })).flush();

/** Answers what was asked for, once per login however often it was asked. Two replicas share the work. */
export async function answerResets(em: EntityManager, now: Date, portalUrl: string): Promise<void> {
  await em.transactional(async (answering) => {
    const taken = await answering.execute<{ login: string }[]>(
      'delete from password_reset where id in (select id from password_reset order by id limit 100 for update skip locked) returning login',
    );
    for (const login of new Set(taken.map((row) => row.login))) await answerReset(answering, login, { now, portalUrl });
  });
}

/** Nobody gets more than one mail in this time, however often somebody asks in their name. */
const AT_MOST_EVERY = 120_000; // 2 minutes in ms

/** Who never chose a password gets an activation again instead. Who is nobody any more gets nothing. */
async function answerReset(em: EntityManager, login: string, { now, portalUrl }: { now: Date; portalUrl: string }): Promise<void> {
  const person = await em.findOne(Person, { email: login, active: true });
  if (!person || viewerFrom(await standingOf(em, person), '').roles.length === 0) return;
  const lately = {
    personId: person.id,
    purpose: { $in: ['ACTIVATION' as const, 'PASSWORD_RESET' as const] },
    createdAt: { $gt: new Date(now.getTime() - AT_MOST_EVERY) },
    usedAt: null,
  };
  if ((await em.count(OneTimeToken, lately)) > 0) return;
  const kind = (await em.count(Credential, { personId: person.id })) > 0 ? 'PASSWORD_RESET' : 'ACTIVATION';
  const opens = issueToken(em, { purpose: kind, personId: person.id, now });
  requestMail(em, actIn(em, bySystem(now)), { kind, to: person, opens, portalUrl });
}
