import { ContactSaved } from '@atende/events';
import { ErrorCode, newId, Refused, searchable, sqlIsStaff, sqlIsWorker } from '@atende/service';
import { defineEntity, type InferEntity } from '@mikro-orm/postgresql';
import { Person } from '../account/person.ts';
import type { Act } from '../act.ts';
import { Organization } from '../organization/organization.ts';
import { sqlBelongsTo, sqlManagesContacts } from '../rights.ts';

export const scopes = ['OWN', 'ORGANIZATION'] as const;
export type Scope = (typeof scopes)[number];

/** What a contact may do at its organization. */
export interface Rights {
  scope: Scope;
  mayOpen: boolean;
  administrator: boolean;
  serviceManager: boolean;
  active: boolean;
}

export const ContactSchema = defineEntity({
  name: 'Contact',
  tableName: 'contact',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'seen', command: 'select', using: `${sqlIsStaff} or ${sqlBelongsTo('organization_id')}` },
    { name: 'invited', command: 'insert', check: sqlManagesContacts('organization_id') },
    { name: 'changed', command: 'update', using: sqlManagesContacts('organization_id') },
    { name: 'worker', using: sqlIsWorker },
  ],
  uniques: [{ name: 'contact_once_per_organization', properties: ['organizationId', 'personId'] }],
  indexes: [
    { name: 'contact_by_person', properties: ['personId'] },
    { name: 'contact_by_name', properties: ['organizationId', 'searchName', 'id'] },
    { name: 'contact_by_name_everywhere', properties: ['searchName', 'id'] },
    { name: 'contact_words', expression: 'create index "contact_words" on "contact" using gin ("search_name" gin_trgm_ops)' },
  ],
  properties: (p) => ({
    id: p.text().primary(),
    version: p.integer(),
    personId: () => p.manyToOne(Person).mapToPk().fieldName('person_id'),
    organizationId: () => p.manyToOne(Organization).mapToPk().fieldName('organization_id'),
    /** As this organization knows the person: another one may write another name and phone. */
    name: p.text(),
    searchName: p.text(),
    phone: p.text().strictNullable(),
    scope: p.text().$type<Scope>(),
    mayOpen: p.boolean(),
    administrator: p.boolean(),
    serviceManager: p.boolean(),
    active: p.boolean(),
    createdAt: p.datetime(3),
  }),
});

export interface ContactDraft extends Partial<Omit<Rights, 'active'>> {
  id?: string;
  personId: string;
  organizationId: string;
  name: string;
  phone?: string | null;
}

export interface ContactChanges extends Partial<Rights> {
  name?: string;
  phone?: string | null;
}

/** A person at one organization; rights are per contact. */
export class Contact extends ContactSchema.class {
  static invite(act: Act, draft: ContactDraft): Contact {
    const { id = newId('con'), personId, organizationId, name, phone = null } = draft;
    const { scope = 'OWN', mayOpen = true, administrator = false, serviceManager = false } = draft;
    const contact = Object.assign(new Contact(), {
      ...{ id, version: 0, personId, organizationId, name, searchName: searchable(name), phone },
      ...{ scope, mayOpen, administrator, serviceManager, active: true, createdAt: act.now },
    });
    contact.saved(act);
    return contact;
  }

  get rights(): Rights {
    const { scope, mayOpen, administrator, serviceManager, active } = this;
    return { scope, mayOpen, administrator, serviceManager, active };
  }

  /** Whether these changes take an active administrator away. */
  isLeaving(changes: ContactChanges): boolean {
    const after = { ...this.rights, ...changes };
    return this.administrator && this.active && !(after.administrator && after.active);
  }

  isNews(changes: ContactChanges): boolean {
    return Object.entries(changes).some(([key, value]) => this[key as keyof ContactChanges] !== value);
  }

  /**
   * Changes what is given; never who was anonymised. True when that changed what the person may do, so that their sessions must be made anew.
   * `otherAdministrators`: how many active ones the organization has beside this contact.
   */
  change(act: Act, changes: ContactChanges, otherAdministrators: number): boolean {
    if (this.name === '') throw new Refused({ code: ErrorCode.NOT_FOUND, field: ['input', 'contactId'] });
    if (this.isLeaving(changes) && otherAdministrators === 0)
      throw new Refused({ code: ErrorCode.LAST_ADMINISTRATOR, field: ['input', 'contactId'] });
    if (!this.isNews(changes)) return false;
    const before = this.rights;
    Object.assign(this, changes, changes.name === undefined ? {} : { searchName: searchable(changes.name) });
    this.saved(act);
    return Object.entries(before).some(([key, value]) => this[key as keyof Rights] !== value);
  }

  /** What is known of it as a person is gone; its tickets name it by its id. */
  forget(act: Act): void {
    Object.assign(this, { name: '', searchName: '', phone: null, active: false, administrator: false, serviceManager: false });
    this.saved(act);
  }

  // Not #private: rows come from the database without their constructor.
  private saved(act: Act): void {
    this.version += 1;
    const { personId, organizationId } = this;
    act.record(ContactSaved, { aggregate: this.id, version: this.version, data: { personId, organizationId, ...this.rights } });
  }
}
ContactSchema.setClass(Contact);
export type ContactRow = InferEntity<typeof ContactSchema>;
