import { hasRole, isSignedIn, policy } from '@atende/service';
import type { FormStatus } from '../form/form-version.ts';

/** What was published is for whoever may open; what is being written is supervisors' alone. */
export const formVersionSeen = policy(
  'formVersionSeen',
  (viewer, { status }: { status: FormStatus }) => isSignedIn(viewer) && (status !== 'DRAFT' || hasRole(viewer, 'SUPERVISOR')),
);
