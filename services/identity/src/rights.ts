import { hasRole, sqlHasRole, sqlSetting, type Viewer } from '@atende/service';

// The words in which this service's row-level-security policies are written, beside those of @atende/service.

/** The row's organization is one the viewer belongs to. */
export const sqlBelongsTo = (column: string): string => `${column} = any(${sqlSetting('organizations')})`;

/** The row's organization is one whose contacts the viewer administers. */
export const sqlAdministers = (column: string): string => `${column} = any(${sqlSetting('administered')})`;

/** The row is about a person who is a contact of an organization that the viewer administers. */
export const sqlIsAdministered = (personId: string): string =>
  `exists (select 1 from contact where contact.person_id = ${personId} and ${sqlAdministers('contact.organization_id')})`;

/** Keeps clients, groups and analysts at the vendor. */
export const isSupervisor = (viewer: Viewer): boolean => hasRole(viewer, 'SUPERVISOR');

/** A supervisor of the vendor asks. */
export const sqlIsSupervisor = `(${sqlHasRole('SUPERVISOR')})`;

/** A member of the ombudsman group asks. */
export const sqlIsOmbudsman = `(${sqlHasRole('OMBUDSMAN')})`;

/** The row's organization is one whose contacts the viewer may make and change: its administrators, and supervisors everywhere. */
export const sqlManagesContacts = (column: string): string => `(${sqlAdministers(column)} or ${sqlIsSupervisor})`;

/** Somebody who is signed in asks. */
export const sqlIsSignedIn = "(select current_setting('app.kind', true) in ('PERSON', 'CLASS'))";
