import { sqlIsWorker } from '@atende/service';
import { defineEntity } from '@mikro-orm/postgresql';
import type { EnvironmentKind } from './catalogue.ts';
import type { Localized } from './form-text.ts';

/** A line of the catalogue as it is stored; the same for every organization. */
const CatalogueRowSchema = defineEntity({
  name: 'CatalogueRow',
  tableName: 'catalogue_entry',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'read', command: 'select', using: 'true' },
    { name: 'worker', using: sqlIsWorker },
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
    position: p.integer(),
    changedAt: p.datetime(3),
  }),
});
export class CatalogueRow extends CatalogueRowSchema.class {}
CatalogueRowSchema.setClass(CatalogueRow);
