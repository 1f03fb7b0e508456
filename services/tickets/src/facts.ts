import { sqlIsStaff, sqlIsWorker, sqlSetting } from '@atende/service';
import { defineEntity } from '@mikro-orm/postgresql';

// What tickets must know of identity's things to decide, kept from identity's events: ids, codes and flags, no names.

const known = (using: string) => [
  { name: 'known', command: 'select' as const, using },
  { name: 'worker', using: sqlIsWorker },
];
const ownOrganization = (column: string): string => `${sqlIsStaff} or ${column} = any(${sqlSetting('organizations')})`;

const OrganizationFactSchema = defineEntity({
  name: 'OrganizationFact',
  tableName: 'organization_fact',
  rowLevelSecurity: 'force',
  policies: known(ownOrganization('id')),
  properties: (p) => ({
    id: p.text().primary(),
    version: p.integer(),
    active: p.boolean(),
    clientCode: p.text(),
    plan: p.text().$type<'STANDARD' | 'PRIME'>(),
    bso: p.boolean(),
    /** ISO 3166, two letters. */
    country: p.text(),
    entitlements: p.array<string>().columnType('text[]'),
  }),
});
export class OrganizationFact extends OrganizationFactSchema.class {}
OrganizationFactSchema.setClass(OrganizationFact);

const ContactFactSchema = defineEntity({
  name: 'ContactFact',
  tableName: 'contact_fact',
  rowLevelSecurity: 'force',
  policies: known(ownOrganization('organization_id')),
  properties: (p) => ({
    id: p.text().primary(),
    version: p.integer(),
    organizationId: p.text(),
    active: p.boolean(),
    mayOpen: p.boolean(),
  }),
});
export class ContactFact extends ContactFactSchema.class {}
ContactFactSchema.setClass(ContactFact);

const GroupFactSchema = defineEntity({
  name: 'GroupFact',
  tableName: 'group_fact',
  rowLevelSecurity: 'force',
  policies: known(`cardinality(${sqlSetting('roles')}) > 0`),
  properties: (p) => ({
    id: p.text().primary(),
    version: p.integer(),
    active: p.boolean(),
    code: p.text().unique(),
  }),
});
export class GroupFact extends GroupFactSchema.class {}
GroupFactSchema.setClass(GroupFact);
