import { anonymous, type Viewer } from '@atende/service/process';

const contact = (name: string, organizationId: string): Viewer['contacts'][number] => ({
  id: `con_${name}`,
  organizationId,
  scope: 'ORGANIZATION',
  mayOpen: true,
  administrator: false,
  serviceManager: false,
});

const person = (name: string, organizationId: string): Viewer => ({
  ...anonymous,
  kind: 'PERSON',
  personId: `per_${name}`,
  sessionId: `ses_${name}`,
  roles: ['CONTACT'],
  contacts: [contact(name, organizationId)],
});

/** Two contacts who see all of their organization, and one of another. */
export const ANA = person('ana', 'org_acme');
export const BRUNO = person('bruno', 'org_acme');
export const GISELE = person('gisele', 'org_globex');

/** The same person, seeing only what is their own. */
export const owning = (viewer: Viewer): Viewer => ({ ...viewer, contacts: viewer.contacts.map((one) => ({ ...one, scope: 'OWN' })) });
