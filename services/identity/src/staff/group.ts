import { GroupSaved } from '@atende/events';
import { newId, sqlIsWorker, sqlSetting, type Texts } from '@atende/service';
import { defineEntity, type InferEntity } from '@mikro-orm/postgresql';
import type { Act } from '../act.ts';
import { sqlIsSignedIn, sqlIsSupervisor } from '../rights.ts';

export const groupKinds = ['SUPPORT', 'BSO', 'SERVICE_CENTRE', 'OMBUDSMAN'] as const;
export type GroupKind = (typeof groupKinds)[number];

/** The ombudsman group is its members' own affair; the others are the supervisors'. */
const sqlKeeps = `case when kind = 'OMBUDSMAN' then id = any(${sqlSetting('groups')}) else ${sqlIsSupervisor} end`;

export const GroupSchema = defineEntity({
  name: 'Group',
  tableName: 'support_group',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'seen', command: 'select', using: sqlIsSignedIn },
    { name: 'founded', command: 'insert', check: sqlKeeps },
    { name: 'changed', command: 'update', using: sqlKeeps },
    { name: 'worker', using: sqlIsWorker },
  ],
  properties: (p) => ({
    id: p.text().primary(),
    version: p.integer(),
    /** e.g. n1-software */
    code: p.text().unique(),
    names: p.json<Texts>(),
    kind: p.text().$type<GroupKind>(),
    active: p.boolean(),
  }),
});

export interface GroupDraft {
  id?: string;
  code: string;
  names: Texts;
  kind: GroupKind;
}

/** A queue of the vendor's support and the analysts who work on it. Who is in it stands at the analysts. */
export class Group extends GroupSchema.class {
  static found(act: Act, { id = newId('grp'), code, names, kind }: GroupDraft): Group {
    const group = Object.assign(new Group(), { id, version: 0, code, names, kind, active: true });
    group.saved(act);
    return group;
  }

  /** Changes what is given; a change of its members is one of the group, too. True when it takes tickets now and did not, or the other way. */
  change(act: Act, changes: { names?: Texts; active?: boolean }, areMembersOther: boolean): boolean {
    const isOtherNow = changes.active !== undefined && changes.active !== this.active;
    const isNews = isOtherNow || (changes.names !== undefined && JSON.stringify(changes.names) !== JSON.stringify(this.names));
    if (!isNews && !areMembersOther) return false;
    Object.assign(this, changes);
    this.saved(act);
    return isOtherNow;
  }

  // Not #private: rows come from the database without their constructor.
  private saved(act: Act): void {
    this.version += 1;
    const { code, kind, active } = this;
    act.record(GroupSaved, { aggregate: this.id, version: this.version, data: { code, kind, active } });
  }
}
GroupSchema.setClass(Group);
export type GroupRow = InferEntity<typeof GroupSchema>;
