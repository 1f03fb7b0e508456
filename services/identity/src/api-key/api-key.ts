import { ApikeyCreated, ApikeyRevoked } from '@atende/events';
import { type KeyScope, sqlIsSelf, sqlIsWorker } from '@atende/service';
import { defineEntity, type InferEntity } from '@mikro-orm/postgresql';
import { Person } from '../account/person.ts';
import type { Act } from '../act.ts';
import { sqlIsSupervisor } from '../rights.ts';

export const ApiKeySchema = defineEntity({
  name: 'ApiKey',
  tableName: 'api_key',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'own', using: sqlIsSelf('person_id') },
    { name: 'supervised', command: 'select', using: sqlIsSupervisor },
    { name: 'worker', using: sqlIsWorker },
  ],
  indexes: [{ name: 'api_key_by_person', properties: ['personId'] }],
  properties: (p) => ({
    id: p.text().primary(),
    personId: () => p.manyToOne(Person).mapToPk().fieldName('person_id'),
    name: p.text(),
    scopes: p.array<KeyScope>().columnType('text[]'),
    /** SHA-256 of the key, which is its owner's alone. */
    digest: p.text().unique(),
    lastFour: p.text(),
    createdAt: p.datetime(3),
    expiresAt: p.datetime(3),
    /** To the ten minutes for which gateways remember it. */
    lastUsedAt: p.datetime(3).strictNullable(),
    revokedAt: p.datetime(3).strictNullable(),
  }),
});

export interface ApiKeyDraft {
  id: string;
  personId: string;
  name: string;
  scopes: KeyScope[];
  expiresAt: Date;
}

/** Lets a program ask in a person's name, within scopes. What the person may do is found out each time it is exchanged. */
export class ApiKey extends ApiKeySchema.class {
  static create(
    act: Act,
    { id, personId, name, scopes, expiresAt }: ApiKeyDraft,
    { digest, lastFour }: Pick<ApiKey, 'digest' | 'lastFour'>,
  ): ApiKey {
    act.record(ApikeyCreated, { aggregate: id, version: 1, data: { personId, scopes, expiresAt: expiresAt.toISOString() } });
    return Object.assign(new ApiKey(), {
      ...{ id, personId, name, scopes, expiresAt, digest, lastFour },
      ...{ createdAt: act.now, lastUsedAt: null, revokedAt: null },
    });
  }

  isGood(now: Date): boolean {
    return this.revokedAt === null && this.expiresAt > now;
  }

  /** Once: revoking it again says nothing new. */
  revoke(act: Act): void {
    if (this.revokedAt) return;
    this.revokedAt = act.now;
    act.record(ApikeyRevoked, { aggregate: this.id, version: 2, data: { personId: this.personId } });
  }
}
ApiKeySchema.setClass(ApiKey);
export type ApiKeyRow = InferEntity<typeof ApiKeySchema>;
