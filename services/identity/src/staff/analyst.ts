import { AnalystSaved } from '@atende/events';
import { ErrorCode, newId, Refused, searchable, sqlIsWorker } from '@atende/service';
import { defineEntity, type InferEntity } from '@mikro-orm/postgresql';
import { Person } from '../account/person.ts';
import type { Act } from '../act.ts';
import { sqlIsOmbudsman, sqlIsSignedIn, sqlIsSupervisor } from '../rights.ts';

export const analystLevels = ['N1', 'N2'] as const;
export type AnalystLevel = (typeof analystLevels)[number];

export const AnalystSchema = defineEntity({
  name: 'Analyst',
  tableName: 'analyst',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'seen', command: 'select', using: sqlIsSignedIn },
    { name: 'employed', command: 'insert', check: sqlIsSupervisor },
    // Whose group is whose is told apart by a trigger: ombudsman-closure.ts.
    {
      name: 'changed',
      command: 'update',
      using: `${sqlIsSupervisor} or ${sqlIsOmbudsman} or id = (select nullif(current_setting('app.analyst', true), ''))`,
    },
    { name: 'worker', using: sqlIsWorker },
  ],
  indexes: [
    { name: 'analyst_by_name', properties: ['searchName', 'id'] },
    { name: 'analyst_by_group', expression: 'create index "analyst_by_group" on "analyst" using gin ("group_ids")' },
  ],
  properties: (p) => ({
    id: p.text().primary(),
    version: p.integer(),
    personId: () => p.oneToOne(Person).mapToPk().fieldName('person_id'),
    /** As clients read it; the person's own name may say more. */
    name: p.text(),
    searchName: p.text(),
    level: p.text().$type<AnalystLevel>(),
    groupIds: p.array<string>().columnType('text[]'),
    /** Modules of expertise: entries of the catalogue, which is tickets'. */
    moduleIds: p.array<string>().columnType('text[]'),
    supervisor: p.boolean(),
    available: p.boolean(),
    active: p.boolean(),
    createdAt: p.datetime(3),
  }),
});

export interface AnalystDraft {
  id?: string;
  personId: string;
  name: string;
  level: AnalystLevel;
  groupIds?: string[];
  moduleIds?: string[];
  supervisor?: boolean;
}

export type AnalystChanges = Partial<Pick<Analyst, 'name' | 'level' | 'moduleIds' | 'supervisor' | 'available' | 'active'>>;

/** Vendor staff: answers tickets as a member of groups; a supervisor also manages. */
export class Analyst extends AnalystSchema.class {
  static employ(act: Act, draft: AnalystDraft): Analyst {
    const { id = newId('ana'), personId, name, level, groupIds = [], moduleIds = [], supervisor = false } = draft;
    const analyst = Object.assign(new Analyst(), {
      ...{ id, version: 0, personId, name, searchName: searchable(name), level, groupIds, moduleIds },
      ...{ supervisor, available: true, active: true, createdAt: act.now },
    });
    analyst.saved(act);
    return analyst;
  }

  /**
   * Changes what is given; never who was anonymised. True when that changed what the person may do. Who is inactive stays in the groups, which
   * only their members change. `otherSupervisors`: how many active ones there are beside this analyst.
   */
  change(act: Act, changes: AnalystChanges, otherSupervisors: number): boolean {
    if (this.name === '') throw new Refused({ code: ErrorCode.NOT_FOUND, field: ['input', 'analystId'] });
    const { supervisor, active } = { ...this, ...changes };
    if (this.supervisor && this.active && !(supervisor && active) && otherSupervisors === 0)
      throw new Refused({ code: ErrorCode.LAST_SUPERVISOR, field: ['input', 'analystId'] });
    const isNews = Object.entries(changes).some(([key, value]) => String(this[key as keyof AnalystChanges]) !== String(value));
    if (!isNews) return false;
    const isOtherNow = this.supervisor !== supervisor || this.active !== active;
    Object.assign(this, changes, changes.name === undefined ? {} : { searchName: searchable(changes.name) });
    this.saved(act);
    return isOtherNow;
  }

  join(act: Act, groupId: string): void {
    this.groupIds = [...this.groupIds, groupId];
    this.saved(act);
  }

  leave(act: Act, groupId: string): void {
    this.groupIds = this.groupIds.filter((id) => id !== groupId);
    this.saved(act);
  }

  /** What is known of them as a person is gone. As whoever is inactive they stay in their groups. */
  forget(act: Act): void {
    Object.assign(this, { name: '', searchName: '', moduleIds: [], supervisor: false, available: false, active: false });
    this.saved(act);
  }

  // Not #private: rows come from the database without their constructor.
  private saved(act: Act): void {
    this.version += 1;
    const { personId, level, groupIds, moduleIds, supervisor, available, active } = this;
    act.record(AnalystSaved, {
      aggregate: this.id,
      version: this.version,
      data: { personId, level, groupIds: [...groupIds], moduleIds: [...moduleIds], supervisor, available, active },
    });
  }
}
AnalystSchema.setClass(Analyst);
export type AnalystRow = InferEntity<typeof AnalystSchema>;
