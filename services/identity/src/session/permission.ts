import { hasRole, isStaff, type Viewer } from '@atende/service';
import { isSupervisor } from '../rights.ts';

/** What a front end may offer. Each is the same predicate that decides, so that a button never lies. */
export const permissions = {
  OPEN_TICKETS: (viewer: Viewer): boolean => viewer.contacts.some((contact) => contact.mayOpen),
  OPEN_ON_BEHALF: isStaff,
  SEE_TICKETS_OF_ORGANIZATION: (viewer: Viewer): boolean => viewer.contacts.some((contact) => contact.scope === 'ORGANIZATION'),
  MANAGE_CONTACTS: (viewer: Viewer): boolean => viewer.contacts.some((contact) => contact.administrator),
  AGREE_TO_PRIORITY: (viewer: Viewer): boolean => viewer.contacts.some((contact) => contact.serviceManager),
  ANSWER_TICKETS: isStaff,
  SET_AVAILABILITY: (viewer: Viewer): boolean => viewer.analystId !== null,
  SUPERVISE: isSupervisor,
  IMPORT_CONTACTS: (viewer: Viewer): boolean => isSupervisor(viewer) || viewer.contacts.some((contact) => contact.administrator),
  MANAGE_ORGANIZATIONS: isSupervisor,
  MANAGE_STAFF: isSupervisor,
  KEEP_OMBUDSMAN_GROUP: (viewer: Viewer): boolean => hasRole(viewer, 'OMBUDSMAN'),
  SEE_OMBUDSMAN_TICKETS: (viewer: Viewer): boolean => hasRole(viewer, 'OMBUDSMAN'),
  READ_AUDIT_LOG: (viewer: Viewer): boolean => hasRole(viewer, 'AUDITOR'),
};
export type Permission = keyof typeof permissions;

export const permissionsOf = (viewer: Viewer): Permission[] =>
  (Object.keys(permissions) as Permission[]).filter((permission) => permissions[permission](viewer));
