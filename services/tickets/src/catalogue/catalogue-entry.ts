import { sqlHasRole, sqlIsWorker } from '@atende/service';
import { defineEntity } from '@mikro-orm/postgresql';
import type { Localized } from '../form/form-text.ts';
import type { EnvironmentKind } from './catalogue.ts';

const bySupervisor = sqlHasRole('SUPERVISOR');

/** A line of the catalogue as it is stored; the same for every organization. */
const CatalogueRowSchema = defineEntity({
  name: 'CatalogueRow',
  tableName: 'catalogue_entry',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'read', command: 'select', using: 'true' },
    { name: 'made', command: 'insert', check: bySupervisor },
    { name: 'kept', command: 'update', using: bySupervisor },
    { name: 'worker', using: sqlIsWorker },
  ],
  indexes: [
    {
      name: 'catalogue_entry_by_edit',
      expression: 'create index "catalogue_entry_by_edit" on "catalogue_entry" ("revision", "path" collate "C")',
    },
  ],
  properties: (p) => ({
    id: p.text().primary(),
    parentId: p.text().strictNullable().index(),
    path: p.text().unique(),
    level: p.text(),
    code: p.text(),
    labels: p.json<Localized>(),
    help: p.json<Localized>().strictNullable(),
    aliases: p.array<string>().columnType('text[]'),
    serviceGroup: p.text().strictNullable(),
    kind: p.text().$type<EnvironmentKind>().strictNullable(),
    retired: p.boolean(),
    replacedById: p.text().strictNullable(),
    /** Counts its changes. */
    version: p.integer().default(0),
    position: p.integer(),
    changedAt: p.datetime(3),
    /** The edit that left it as it is; edits are numbered in the order of their commits. */
    revision: p.bigint('number').default(0),
  }),
});
export class CatalogueRow extends CatalogueRowSchema.class {}
CatalogueRowSchema.setClass(CatalogueRow);
