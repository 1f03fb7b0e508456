import type { EntityManager } from '@mikro-orm/postgresql';
import { afterCursor, type Connection, connection, inOrder, type PageArguments, pageSize } from '../page.ts';
import { containing } from '../text.ts';
import { Organization } from './organization.ts';

export interface OrganizationSearch {
  text?: string | null;
  plan?: Organization['plan'] | null;
  bso?: boolean | null;
  active?: boolean | null;
}

/** A page of the organizations that the unit of work may see, by name. */
export async function organizationPage(
  em: EntityManager,
  filter: OrganizationSearch,
  page: PageArguments,
): Promise<Connection<Organization>> {
  const size = pageSize(page);
  const rows = await em.find(Organization, { $and: [matching(filter), afterCursor(page)] }, inOrder(size));
  return connection(rows, size, page);
}

function matching({ text, plan, bso, active }: OrganizationSearch): object {
  const words = typeof text === 'string' ? containing(text) : undefined;
  return {
    ...(words !== undefined && (words === null ? { id: '' } : { searchName: { $like: words } })),
    ...(plan && { plan }),
    ...(typeof bso === 'boolean' && { bso }),
    ...(typeof active === 'boolean' && { active }),
  };
}
