import { type EventData, PersonAnonymised, PersonSaved } from '@atende/events';
import { type Language, newId, sqlIsSelf, sqlIsStaff, sqlIsWorker } from '@atende/service';
import { defineEntity, type InferEntity } from '@mikro-orm/postgresql';
import type { Act } from '../act.ts';
import { sqlAdministers, sqlBelongsTo } from '../rights.ts';

/**
 * Whose e-mail may be read: one's own, the vendor's staff reads all; an administrator those of its contacts, and
 * everybody in an organization those of its administrators.
 */
const sqlReachable = (id: string): string =>
  `exists (select 1 from contact where contact.person_id = ${id} and (${sqlAdministers('contact.organization_id')}
    or (contact.administrator and contact.active and ${sqlBelongsTo('contact.organization_id')})))`;

export const PersonSchema = defineEntity({
  name: 'Person',
  tableName: 'person',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'seen', command: 'select', using: `${sqlIsSelf('id')} or ${sqlIsStaff} or ${sqlReachable('person.id')}` },
    // Of the columns that are the person's own: the service's rights say which.
    { name: 'changed', command: 'update', using: sqlIsSelf('id') },
    { name: 'worker', using: sqlIsWorker },
  ],
  checks: [{ name: 'person_login_in_small_letters', expression: 'email = lower(email)' }],
  properties: (p) => ({
    id: p.text().primary(),
    version: p.integer().default(0),
    /** The login: unique in the installation, in small letters. */
    email: p.text().unique(),
    name: p.text(),
    /** The person's own; organizations keep theirs at the contact. */
    phone: p.text().strictNullable(),
    language: p.text().$type<Language>(),
    /** IANA name, e.g. America/Sao_Paulo. */
    timeZone: p.text(),
    /** Reads the audit log, and nothing else by that. */
    auditor: p.boolean(),
    active: p.boolean(),
    createdAt: p.datetime(3),
  }),
});

export interface PersonDraft {
  id?: string;
  email: string;
  name: string;
  language?: Language;
  timeZone?: string;
  auditor?: boolean;
}

export type PersonChanges = Partial<Pick<Person, 'name' | 'phone' | 'language' | 'timeZone' | 'auditor'>>;

/** A human being who signs in; what they may do hangs on their contacts and on their analyst row. */
export class Person extends PersonSchema.class {
  static register(
    now: Date,
    { id = newId('per'), email, name, language = 'pt-BR', timeZone = 'America/Sao_Paulo', auditor = false }: PersonDraft,
  ): Person {
    return Object.assign(new Person(), {
      id,
      version: 0,
      email,
      name,
      phone: null,
      language,
      timeZone,
      auditor,
      active: true,
      createdAt: now,
    });
  }

  /** Changes what is given, and says so when it is news. */
  change(act: Act, changes: PersonChanges): void {
    if (!Object.entries(changes).some(([key, value]) => this[key as keyof PersonChanges] !== value)) return;
    Object.assign(this, changes);
    this.version += 1;
    const { language, auditor, active } = this;
    act.record(PersonSaved, { aggregate: this.id, version: this.version, data: { language, auditor, active } });
  }

  /** Nobody from here on: the id stays, and what it said does not. */
  forget(act: Act, data: EventData<typeof PersonAnonymised>): void {
    Object.assign(this, { email: `${this.id}@anonymised.invalid`, name: '', phone: null, timeZone: 'UTC', auditor: false, active: false });
    this.version += 1;
    act.record(PersonAnonymised, { aggregate: this.id, version: this.version, data });
  }

  get isForgotten(): boolean {
    return this.name === '';
  }
}
PersonSchema.setClass(Person);
export type PersonRow = InferEntity<typeof PersonSchema>;
