import { isStaff, policy, type Viewer } from '@atende/service';
import { administers, belongsTo } from '../organization/organization.policy.ts';
import type { Contact } from './contact.ts';

type Facts = Pick<Contact, 'id' | 'organizationId' | 'administrator' | 'active'>;

const isOwn = (viewer: Viewer, contact: Facts): boolean => viewer.contacts.some((own) => own.id === contact.id);

/** Its existence and name: the organization's people among themselves, and staff. */
export const seesContact = policy('seesContact', (viewer, contact: Facts) => isStaff(viewer) || belongsTo(viewer, contact.organizationId));

/** How to reach a person: oneself, staff, the administrators; and the administrators are reachable by everybody in the organization. */
export const seesContactDetails = policy(
  'seesContactDetails',
  (viewer, contact: Facts) =>
    isStaff(viewer) ||
    isOwn(viewer, contact) ||
    administers(viewer, contact.organizationId) ||
    (contact.administrator && contact.active && belongsTo(viewer, contact.organizationId)),
);

/** What a contact may do: oneself, staff, the administrators. */
export const seesContactRights = policy(
  'seesContactRights',
  (viewer, contact: Facts) => isStaff(viewer) || isOwn(viewer, contact) || administers(viewer, contact.organizationId),
);
