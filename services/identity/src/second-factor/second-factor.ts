import { FactorChanged } from '@atende/events';
import { newId, sqlIsWorker } from '@atende/service';
import { defineEntity, type InferEntity } from '@mikro-orm/postgresql';
import { Person } from '../account/person.ts';
import type { Act } from '../act.ts';

/** What an authenticator app counts by. A table of its own, so that no request can read a secret, sealed as it is. */
export const SecondFactorSchema = defineEntity({
  name: 'SecondFactor',
  tableName: 'second_factor',
  rowLevelSecurity: 'force',
  policies: [{ name: 'worker', using: sqlIsWorker }],
  properties: (p) => ({
    id: p.text().primary(),
    personId: () => p.oneToOne(Person).mapToPk().fieldName('person_id'),
    version: p.integer(),
    /** Sealed for its person (account/sealing.ts). */
    secret: p.text(),
    begunAt: p.datetime(3),
    /** Null until a first code proved that the app has it: before that it is wanted of nobody. */
    confirmedAt: p.datetime(3).strictNullable(),
    /** The step of the last code taken: a code is good once, and so are those before it. */
    lastStep: p.integer().strictNullable(),
  }),
});

/** One-time codes of an authenticator app, beside the password (RFC 6238). */
export class SecondFactor extends SecondFactorSchema.class {
  static begin(now: Date, personId: string, sealed: string): SecondFactor {
    return Object.assign(new SecondFactor(), {
      ...{ id: newId('fct'), personId, version: 0, secret: sealed, begunAt: now, confirmedAt: null, lastStep: null },
    });
  }

  confirm(act: Act, step: number): void {
    this.confirmedAt = act.now;
    this.lastStep = step;
    this.changed(act, true);
  }

  turnOff(act: Act): void {
    this.changed(act, false);
  }

  // Not #private: rows come from the database without their constructor.
  private changed(act: Act, on: boolean): void {
    this.version += 1;
    act.record(FactorChanged, { aggregate: this.id, version: this.version, data: { personId: this.personId, factor: 'TOTP', on } });
  }
}
SecondFactorSchema.setClass(SecondFactor);
export type SecondFactorRow = InferEntity<typeof SecondFactorSchema>;
