import { type EventData, SessionEnded } from '@atende/events';
import { newId, sqlIsGateway, sqlIsSelf, sqlIsWorker } from '@atende/service';
import { defineEntity, type InferEntity } from '@mikro-orm/postgresql';
import { Person } from '../account/person.ts';
import type { Act } from '../act.ts';
import { sqlIsAdministered, sqlIsOmbudsman, sqlIsSupervisor } from '../rights.ts';

/** The longest a family of refresh tokens lives, however often it is used. */
const SESSION_LIFETIME = 30 * 86_400_000; // 30 days in ms

export type EndReason = EventData<typeof SessionEnded>['reason'];

export const SessionSchema = defineEntity({
  name: 'Session',
  tableName: 'session',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'own', using: sqlIsSelf('person_id') },
    { name: 'administered', using: sqlIsAdministered('session.person_id') },
    { name: 'supervised', using: `${sqlIsSupervisor} or ${sqlIsOmbudsman}` },
    { name: 'fed', command: 'select', using: sqlIsGateway },
    { name: 'worker', using: sqlIsWorker },
  ],
  indexes: [
    {
      name: 'session_one_alive_per_family',
      expression: 'create unique index "session_one_alive_per_family" on "session" ("family") where "ended_at" is null',
    },
    { name: 'session_by_person', properties: ['personId'] },
    { name: 'session_by_end', properties: ['endedAt'] },
  ],
  properties: (p) => ({
    id: p.text().primary(),
    personId: () => p.manyToOne(Person).mapToPk().fieldName('person_id'),
    /** Refresh tokens belong to the family, which outlives a session whose rights changed. */
    family: p.text(),
    createdAt: p.datetime(3),
    expiresAt: p.datetime(3),
    endedAt: p.datetime(3).strictNullable(),
    endReason: p.text().$type<EndReason>().strictNullable(),
  }),
});

/** What an access token names. Once it has ended, gateways refuse every token that names it. */
export class Session extends SessionSchema.class {
  static start(now: Date, personId: string): Session {
    const id = newId('ses');
    const expiresAt = new Date(now.getTime() + SESSION_LIFETIME);
    return Object.assign(new Session(), { id, personId, family: id, createdAt: now, expiresAt, endedAt: null, endReason: null });
  }

  end(act: Act, reason: EndReason): void {
    this.endedAt = act.now;
    this.endReason = reason;
    act.record(SessionEnded, { aggregate: this.id, version: 1, data: { personId: this.personId, reason } });
  }

  /**
   * Ends this session and gives its successor: access tokens with the old rights are refused from here on, and the
   * person's next refresh brings the new rights without a new sign-in.
   */
  replace(act: Act, reason: EndReason): Session {
    this.end(act, reason);
    const { personId, family, expiresAt } = this;
    return Object.assign(new Session(), {
      id: newId('ses'),
      personId,
      family,
      createdAt: act.now,
      expiresAt,
      endedAt: null,
      endReason: null,
    });
  }
}
SessionSchema.setClass(Session);
export type SessionRow = InferEntity<typeof SessionSchema>;
