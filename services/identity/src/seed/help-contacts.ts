import { demoId, type Texts } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { HelpContact, type HelpPurpose } from '../help/help-contact.ts';

const text = (pt: string, en: string, es: string): Texts => ({ 'pt-BR': pt, en, es });
const hours = text(
  'Dias úteis, das 8h às 18h (horário de Brasília)',
  'Working days, 8 am to 6 pm (Brasília time)',
  'Días hábiles, de 8 a 18 h (hora de Brasilia)',
);

// Ours and editable: numbers that are nobody's, the purposes of domain 1.8.
const contacts: { phone: string; option: string; purpose: HelpPurpose; descriptions: Texts }[] = [
  {
    phone: '+55 11 0000-0000',
    option: '1',
    purpose: 'PORTAL_USE',
    descriptions: text('Uso do portal', 'Use of the portal', 'Uso del portal'),
  },
  {
    phone: '+55 11 0000-0000',
    option: '2',
    purpose: 'ACCESS_AND_REGISTRATION',
    descriptions: text('Acesso e cadastro', 'Access and registration', 'Acceso y registro'),
  },
];

/** What every new installation shows before sign-in; once it has any, they are its own. */
export async function seedHelpContacts(em: EntityManager): Promise<void> {
  if ((await em.count(HelpContact)) > 0) return;
  for (const [position, contact] of contacts.entries()) {
    em.persist(Object.assign(new HelpContact(), { id: demoId('hlp', contact.purpose), position, hours, ...contact }));
  }
}
