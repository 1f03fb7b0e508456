import { isStaff, policy } from '@atende/service';

/** Whoever fills in forms: contacts, and staff for them. Never a class of watchers. */
export const keepsFavorites = policy(
  'keepsFavorites',
  (viewer) => viewer.kind === 'PERSON' && (viewer.contacts.length > 0 || isStaff(viewer)),
);
