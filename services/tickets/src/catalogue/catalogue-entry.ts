import { OptionRetired } from '@atende/events';
import { ErrorCode, Refused, recordEvent, sqlIsWorker, sqlSetting } from '@atende/service';
import { defineEntity, type EntityManager } from '@mikro-orm/postgresql';
import type { Localized } from '../form/form-text.ts';
import type { Moment } from '../ticket/ticket-acting.ts';
import type { CatalogueEntry, EnvironmentKind } from './catalogue.ts';

/** A line of the catalogue as it is stored; the same for every organization. */
const CatalogueRowSchema = defineEntity({
  name: 'CatalogueRow',
  tableName: 'catalogue_entry',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'read', command: 'select', using: 'true' },
    { name: 'kept', command: 'update', using: `'SUPERVISOR' = any(${sqlSetting('roles')})` },
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
    replacedById: p.text().strictNullable(),
    /** Counts its changes and so its events. */
    version: p.integer().default(0),
    position: p.integer(),
    changedAt: p.datetime(3),
  }),
});
export class CatalogueRow extends CatalogueRowSchema.class {
  /** From now on nobody can choose it, nor what lies below it. Tickets keep the labels they were opened with. */
  retire(em: EntityManager, replacedById: string | null, { actor, now, requestId, traceparent }: Moment & { actor: string | null }): void {
    if (this.retired) throw new Refused({ code: ErrorCode.OPTION_RETIRED, field: ['input', 'id'] });
    this.retired = true;
    this.replacedById = replacedById;
    this.version += 1;
    this.changedAt = now;
    recordEvent(em, OptionRetired, {
      ...{ aggregate: this.id, version: this.version, actor, at: now, requestId, traceparent },
      audience: 'SYSTEM',
      data: { list: this.level, replacedById },
    });
  }
}
CatalogueRowSchema.setClass(CatalogueRow);

/** A row as plain data, watched by no unit of work. */
export const entryOf = (row: CatalogueRow): CatalogueEntry => {
  const { id, parentId, path, level, code, labels, help, aliases, serviceGroup, kind, retired, replacedById, version, position } = row;
  return { id, parentId, path, level, code, labels, help, aliases, serviceGroup, kind, retired, replacedById, version, position };
};
