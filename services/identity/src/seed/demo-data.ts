import type { ContactDraft } from '../contact/contact.ts';
import type { OrganizationDraft } from '../organization/organization.ts';
import type { AnalystDraft } from '../staff/analyst.ts';

const executive = { name: 'Helena Duarte', email: 'helena.duarte@vendor.example', phone: '+55 11 0000-0001' };

export const demoOrganizations: OrganizationDraft[] = [
  {
    code: 'ACME01',
    legalName: 'ACME Indústria Ltda.',
    country: 'BR',
    plan: 'PRIME',
    contracts: ['HOSTING'],
    accountExecutive: executive,
    environments: [
      { kind: 'PRODUCTION', name: 'Produção', address: 'https://erp.acme.example' },
      { kind: 'HOMOLOGATION', name: 'Homologação', address: 'https://homologa.acme.example' },
      { kind: 'TEST', name: 'Teste', address: 'https://teste.acme.example' },
    ],
  },
  {
    code: 'GLBX01',
    legalName: 'Globex Comércio S.A.',
    country: 'BR',
    plan: 'STANDARD',
    bso: true,
    accountExecutive: executive,
    environments: [{ kind: 'PRODUCTION', name: 'Produção', address: null }],
  },
];

interface DemoContact extends Pick<ContactDraft, 'name' | 'phone' | 'scope' | 'administrator' | 'serviceManager'> {
  email: string;
  organization: string;
}

export const demoContacts: DemoContact[] = [
  {
    email: 'ana@acme.example',
    name: 'Ana Souza',
    organization: 'ACME01',
    phone: '+55 11 0000-0101',
    scope: 'ORGANIZATION',
    administrator: true,
    serviceManager: true,
  },
  { email: 'bruno@acme.example', name: 'Bruno Lima', organization: 'ACME01', phone: '+55 11 0000-0102', scope: 'OWN' },
  {
    email: 'gisele@globex.example',
    name: 'Gisele Prado',
    organization: 'GLBX01',
    phone: '+55 21 0000-0201',
    scope: 'ORGANIZATION',
    administrator: true,
  },
  { email: 'hugo@globex.example', name: 'Hugo Farias', organization: 'GLBX01', phone: '+55 21 0000-0202', scope: 'ORGANIZATION' },
];

/** Paths of the catalogue, which is tickets': their ids follow from them. */
export const demoModules = { labore: 'erp/rm/labore' } as const;

interface DemoAnalyst extends Pick<AnalystDraft, 'name' | 'level' | 'supervisor'> {
  email: string;
  groups: string[];
  modules?: (keyof typeof demoModules)[];
}

export const demoAnalysts: DemoAnalyst[] = [
  { email: 'carla@support.example', name: 'Carla Nogueira', level: 'N1', groups: ['n1-software', 'bso-ams', 'cloud'], modules: ['labore'] },
  { email: 'diego@support.example', name: 'Diego Martins', level: 'N2', groups: ['n2-software', 'bso-ams'], modules: ['labore'] },
  { email: 'elisa@support.example', name: 'Elisa Campos', level: 'N2', groups: ['n1-software'], supervisor: true },
  { email: 'otavio@support.example', name: 'Otávio Reis', level: 'N2', groups: ['ombudsman'] },
];

export const demoAuditor = { email: 'rita@support.example', name: 'Rita Teles' };
