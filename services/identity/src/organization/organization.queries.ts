import type { Connection, PageArguments } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { named, namedPage } from '../page.ts';
import { Organization } from './organization.ts';

export interface OrganizationSearch {
  text?: string | null;
  plan?: Organization['plan'] | null;
  bso?: boolean | null;
  active?: boolean | null;
}

/** A page of the organizations that the unit of work may see, by name. */
export function organizationPage(em: EntityManager, filter: OrganizationSearch, page: PageArguments): Promise<Connection<Organization>> {
  return namedPage(page, (after, order) => em.find(Organization, { $and: [matching(filter), after] }, order));
}

function matching({ text, plan, bso, active }: OrganizationSearch): object {
  return {
    ...(typeof text === 'string' && named(text)),
    ...(plan && { plan }),
    ...(typeof bso === 'boolean' && { bso }),
    ...(typeof active === 'boolean' && { active }),
  };
}
