import { anonymous, demoId, type Role, type Viewer } from '@atende/service';

// The demo's people (api.md) as the gateway's token describes them, and what tickets knows of their organizations.

const person = (email: string, changes: Partial<Viewer>): Viewer => ({
  ...anonymous,
  kind: 'PERSON',
  personId: demoId('per', email),
  sessionId: demoId('ses', email),
  ...changes,
});

const contact = (email: string, client: string, scope: 'OWN' | 'ORGANIZATION', changes: Partial<Viewer['contacts'][number]> = {}): Viewer =>
  person(email, {
    roles: ['CONTACT'],
    contacts: [
      {
        id: demoId('con', email),
        organizationId: demoId('org', client),
        scope,
        mayOpen: true,
        administrator: false,
        serviceManager: false,
        ...changes,
      },
    ],
  });

const analyst = (email: string, roles: Role[], groups: string[]): Viewer =>
  person(email, { analystId: demoId('ana', email), roles, groups: groups.map((group) => demoId('grp', group)) });

export const ana = contact('ana@acme.example', 'ACME01', 'ORGANIZATION', { administrator: true, serviceManager: true });
export const bruno = contact('bruno@acme.example', 'ACME01', 'OWN');
export const gisele = contact('gisele@globex.example', 'GLBX01', 'ORGANIZATION', { administrator: true });
export const hugo = contact('hugo@globex.example', 'GLBX01', 'ORGANIZATION');
export const carla = analyst('carla@support.example', ['ANALYST'], ['n1-software', 'bso-ams', 'cloud']);
export const diego = analyst('diego@support.example', ['ANALYST'], ['n2-software', 'bso-ams']);
export const elisa = analyst('elisa@support.example', ['ANALYST', 'SUPERVISOR'], ['n1-software']);
export const otavio = analyst('otavio@support.example', ['ANALYST', 'OMBUDSMAN'], ['ombudsman']);

const everyPlan = [
  'software.rm',
  'software.protheus',
  'software.datasul',
  'software.logix',
  'software.winthor',
  'software.wms',
  'relationship.cst',
  'relationship.ombudsman',
  'technical-support',
];
export const demoOrganizations = [
  { code: 'ACME01', plan: 'PRIME', bso: false, entitlements: [...everyPlan, 'value-added.cloud', 'value-added.datacenter', 'PHONE'] },
  { code: 'GLBX01', plan: 'STANDARD', bso: true, entitlements: everyPlan },
] as const;
export const demoGroups = ['n1-software', 'n2-software', 'bso-ams', 'cloud', 'infra', 'bpo', 'cst', 'ombudsman'];
