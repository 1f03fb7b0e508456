import type { EntityManager } from '@mikro-orm/postgresql';

/** What a new ticket gets from the database, in one statement. */
export interface Birth {
  /** Short, human, unique: numbers may have gaps, never twins. */
  number: string;
  /** The first of the wanted groups that is known; null: none is, and only supervisors see the ticket until somebody routes it. */
  group: TakingGroup | null;
  /** Where the events stood before the ticket was there. */
  reached: string;
}

/** A support group that takes tickets. */
export interface TakingGroup {
  id: string;
  code: string;
}

const GROUP = `select id, code from group_fact where code = any(?::text[]) and active order by array_position(?::text[], code) limit 1`;
const BIRTH = `select nextval('ticket_number')::text as number, (select to_json(taking) from (${GROUP}) as taking) as "group",
  (select relay.epoch || '.' || relay.last_position from relay) as reached`;

/** `groups`: codes of support groups, the wanted one first. */
export async function birthOf(em: EntityManager, groups: readonly string[]): Promise<Birth> {
  const [birth] = await em.execute<Birth[]>(BIRTH, [asArray(groups), asArray(groups)]);
  if (!birth) throw new Error('a select without a table answers one row');
  return birth;
}

/** The first of the wanted groups that takes tickets. */
export async function groupOf(em: EntityManager, groups: readonly string[]): Promise<TakingGroup | null> {
  const [group] = await em.execute<TakingGroup[]>(GROUP, [asArray(groups), asArray(groups)]);
  return group ?? null;
}

const asArray = (codes: readonly string[]): string => `{${codes.join(',')}}`;

/** The life of every ticket begins like this. */
export const firstDay = (now: Date) => ({
  ...{ version: 0, createdAt: now, lastInteractionAt: now },
  ...{ status: 'NEW' as const, stage: 'N1' as const, stay: 0, dueTo: null, dueAt: null },
  ...{ assigneeId: null, classification: 'COMPLETE' as const, resolution: null, mergedIntoId: null },
});
