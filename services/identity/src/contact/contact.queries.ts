import { type Connection, isId, type PageArguments } from '@atende/service';
import { type EntityManager, raw } from '@mikro-orm/postgresql';
import { named, namedPage } from '../page.ts';
import { asLogin } from '../text.ts';
import { Contact } from './contact.ts';

export interface ContactSearch {
  organizationId?: string | null;
  text?: string | null;
  active?: boolean | null;
  administrator?: boolean | null;
}

/** A page of the contacts that the unit of work may see, by name. */
export function contactPage(em: EntityManager, filter: ContactSearch, page: PageArguments): Promise<Connection<Contact>> {
  return namedPage(page, (after, order) => em.find(Contact, { $and: [matching(filter), after] }, order));
}

function matching({ organizationId, text, active, administrator }: ContactSearch): object {
  return {
    ...(typeof organizationId === 'string' && { organizationId: isId('org', organizationId) ? organizationId : '' }),
    ...(typeof active === 'boolean' && { active }),
    ...(typeof administrator === 'boolean' && { administrator }),
    ...(typeof text === 'string' && searched(text)),
  };
}

/** Logins are looked for among the persons that row-level security shows: who may not read an e-mail cannot find by it. */
function searched(text: string): object {
  const login = asLogin(text).replace(/[\0%_\\]/g, '');
  if (login === '') return { id: '' };
  return {
    $or: [named(text), { [raw((alias) => `${alias}.person_id in (select id from person where email like ?)`, [`%${login}%`])]: [] }],
  };
}

/** How many active administrators an organization has beside one contact. Waits for whoever changes them at this moment. */
export const otherAdministrators = (em: EntityManager, { id, organizationId }: Pick<Contact, 'id' | 'organizationId'>): Promise<number> =>
  administratorsOf(em, organizationId as string, { id: { $ne: id } });

/** How many active administrators an organization has. Waits for whoever changes them at this moment. */
export async function administratorsOf(em: EntityManager, organizationId: string, but: { id?: object } = {}): Promise<number> {
  await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`administrators of ${organizationId}`]);
  return em.count(Contact, { organizationId, administrator: true, active: true, ...but });
}
