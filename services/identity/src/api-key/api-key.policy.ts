import { hasRole, policy } from '@atende/service';
import { administers } from '../organization/organization.policy.ts';

/** Whoever may do anything may let a program do it: not who must choose a password first, and no key makes a key. */
export const makesKeys = policy('makesKeys', (viewer) => viewer.kind === 'PERSON' && viewer.roles.length > 0);

/** The keys of a contact's person: its own, those who administer the organization, supervisors. */
export const seesKeysOf = policy(
  'seesKeysOf',
  (viewer, { personId, organizationId }: { personId: string; organizationId: string }) =>
    viewer.personId === personId || hasRole(viewer, 'SUPERVISOR') || administers(viewer, organizationId),
);
