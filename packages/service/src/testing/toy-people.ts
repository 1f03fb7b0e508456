import { buildViewer } from '../testing-viewer.ts';
import { anonymous, type Viewer } from '../viewer.ts';
import { toyIds } from './toy-service.ts';

const contact = (organizationId: string, administrator = false): Viewer['contacts'][number] => ({
  id: `con_${organizationId}`,
  organizationId,
  scope: 'OWN',
  mayOpen: true,
  administrator,
  serviceManager: false,
});

/** Owns boxes of the first organization. */
export const ana = buildViewer({ personId: 'per_ana', contacts: [contact(toyIds.org)] });
/** Administers it. */
export const bruno = buildViewer({ personId: 'per_bruno', contacts: [contact(toyIds.org, true)] });
/** Belongs to another. */
export const gisele = buildViewer({ personId: 'per_gisele', contacts: [contact(toyIds.other)] });
/** Sees broken toys too. */
export const elisa = buildViewer({ personId: 'per_elisa', roles: ['SUPERVISOR'], contacts: [contact(toyIds.org)] });
export const nobody = anonymous;
