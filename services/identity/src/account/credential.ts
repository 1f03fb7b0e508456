import { sqlIsWorker } from '@atende/service';
import { defineEntity, type InferEntity } from '@mikro-orm/postgresql';
import { Person } from './person.ts';

/** How a person proves who they are. A table of its own, so that no request, whatever it asks, can read a hash. */
export const CredentialSchema = defineEntity({
  name: 'Credential',
  tableName: 'credential',
  rowLevelSecurity: 'force',
  policies: [{ name: 'worker', using: sqlIsWorker }],
  properties: (p) => ({
    personId: () => p.manyToOne(Person).mapToPk().fieldName('person_id').primary(),
    /** argon2id in PHC form, with its own cost and salt. */
    hash: p.text(),
    /** Somebody else chose it: until it is changed, it opens nothing but its own change. */
    mustChange: p.boolean(),
    changedAt: p.datetime(3),
  }),
});
export class Credential extends CredentialSchema.class {
  static of(personId: string, hash: string, now: Date, mustChange = false): Credential {
    return Object.assign(new Credential(), { personId, hash, mustChange, changedAt: now });
  }
}
CredentialSchema.setClass(Credential);
export type CredentialRow = InferEntity<typeof CredentialSchema>;
