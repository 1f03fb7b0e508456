import { type Connection, isId, type PageArguments } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { named, namedPage } from '../page.ts';
import { Analyst } from './analyst.ts';

export interface AnalystSearch {
  groupId?: string | null;
  text?: string | null;
  active?: boolean | null;
}

/** A page of analysts, by name. */
export function analystPage(em: EntityManager, filter: AnalystSearch, page: PageArguments): Promise<Connection<Analyst>> {
  return namedPage(page, (after, order) => em.find(Analyst, { $and: [matching(filter), after] }, order));
}

function matching({ groupId, text, active }: AnalystSearch): object {
  return {
    ...(typeof groupId === 'string' && (isId('grp', groupId) ? { groupIds: { $contains: [groupId] } } : { id: '' })),
    ...(typeof text === 'string' && named(text)),
    ...(typeof active === 'boolean' && { active }),
  };
}

/** Who works in a group now, by name. */
export const membersOf = (em: EntityManager, groupId: string): Promise<Analyst[]> =>
  em.find(Analyst, { groupIds: { $contains: [groupId] }, active: true }, { orderBy: { searchName: 'asc', id: 'asc' } });

/** How many active supervisors there are beside one analyst. Waits for whoever changes them at this moment. */
export async function otherSupervisors(em: EntityManager, { id }: Pick<Analyst, 'id'>): Promise<number> {
  await em.execute("select pg_advisory_xact_lock(hashtextextended('supervisors', 0))");
  return em.count(Analyst, { supervisor: true, active: true, id: { $ne: id } });
}
