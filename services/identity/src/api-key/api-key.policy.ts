import { hasRole, policy } from '@atende/service';

/** Whoever may do anything may let a program do it: not who must choose a password first, and no key makes a key. */
export const makesKeys = policy('makesKeys', (viewer) => viewer.kind === 'PERSON' && viewer.roles.length > 0);

/**
 * A person's keys are their own, and a supervisor's to end. No administrator's: whoever has somebody of another organization, or
 * of the vendor, for a contact too would read and revoke theirs. What a key may at an organization ends with its contact.
 */
export const keepsKeysOf = policy(
  'keepsKeysOf',
  (viewer, { personId }: { personId: string }) => viewer.personId === personId || hasRole(viewer, 'SUPERVISOR'),
);
