import { isStaff, policy, type Viewer } from '@atende/service';

/** Is a contact of the organization. */
export const belongsTo = (viewer: Viewer, organizationId: string): boolean =>
  viewer.contacts.some((contact) => contact.organizationId === organizationId);

/** Says who its contacts are and what they may do. Staff does not: contacts are the organization's own affair. */
export const administers = (viewer: Viewer, organizationId: string): boolean =>
  viewer.contacts.some((contact) => contact.organizationId === organizationId && contact.administrator);

export const seesOrganization = policy(
  'seesOrganization',
  (viewer, organization: { id: string }) => isStaff(viewer) || belongsTo(viewer, organization.id),
);
