import { demoId, type Texts } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { actIn, bySystem } from '../act.ts';
import { HelpContact, type HelpPurpose } from '../help/help-contact.ts';
import { Group, type GroupDraft } from '../staff/group.ts';

const text = (pt: string, en = pt, es = pt): Texts => ({ 'pt-BR': pt, en, es });

// Ours and editable: the groups that the routing of a new installation names (services/tickets, seed/routing.ts).
const groups: GroupDraft[] = [
  { code: 'n1-software', kind: 'SUPPORT', names: text('Software – N1') },
  { code: 'n2-software', kind: 'SUPPORT', names: text('Software – N2') },
  { code: 'bso-ams', kind: 'BSO', names: text('BSO (AMS)') },
  { code: 'cloud', kind: 'SUPPORT', names: text('Cloud e Datacenter', 'Cloud and datacenter', 'Nube y centro de datos') },
  { code: 'infra', kind: 'SUPPORT', names: text('Infraestrutura e RMO', 'Infrastructure and RMO', 'Infraestructura y RMO') },
  { code: 'bpo', kind: 'SUPPORT', names: text('BPO RH', 'BPO HR', 'BPO RR. HH.') },
  { code: 'cst', kind: 'SERVICE_CENTRE', names: text('Central de Serviços', 'Service centre', 'Centro de servicios') },
  { code: 'ombudsman', kind: 'OMBUDSMAN', names: text('Ouvidoria', 'Ombudsman', 'Defensoría del cliente') },
];

const hours = text(
  'Dias úteis, das 8h às 18h (horário de Brasília)',
  'Working days, 8 am to 6 pm (Brasília time)',
  'Días hábiles, de 8 a 18 h (hora de Brasilia)',
);

// Ours and editable: a number that is nobody's, the two purposes of domain 1.8.
const helpContacts: { phone: string; option: string; purpose: HelpPurpose; descriptions: Texts }[] = [
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

/** What a new installation starts with; once it has any groups or help contacts, they are its own. */
export async function seedInstallation(em: EntityManager, now: Date): Promise<void> {
  const act = actIn(em, bySystem(now));
  if ((await em.count(Group)) === 0) {
    for (const group of groups) em.persist(Group.found(act, { ...group, id: demoId('grp', group.code) }));
  }
  if ((await em.count(HelpContact)) > 0) return;
  for (const [position, contact] of helpContacts.entries()) {
    em.persist(Object.assign(new HelpContact(), { id: demoId('hlp', contact.purpose), version: 0, position, hours, ...contact }));
  }
}
