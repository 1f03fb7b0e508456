import type { EntityManager } from '@mikro-orm/postgresql';
import { HelpContact } from './help-contact.ts';

export const helpContacts = (em: EntityManager): Promise<HelpContact[]> => em.find(HelpContact, {}, { orderBy: { position: 'asc' } });
