import type { ReferenceLoader } from './context.ts';
import { isId } from './ids.ts';
import { policy } from './policy.ts';
import { hasRole } from './viewer.ts';

/**
 * Who may have everything that is held on a person: the person, and a supervisor, who answers those that cannot sign in any
 * more. Signed in, not by a key: a program that leaks should not take a life with it.
 */
export const mayHavePersonalData = policy(
  'mayHavePersonalData',
  (viewer, { personId }: { personId: string }) =>
    viewer.kind === 'PERSON' && viewer.apiKey === null && (viewer.personId === personId || hasRole(viewer, 'SUPERVISOR')),
);

/** The loader of `PersonalData` for `references`: a service adds its section with it and a field resolver, which gets the person's id. */
export const personalData: ReferenceLoader = async (_context, ids) =>
  ids.filter((id) => isId('per', id)).map((id) => ({ id, personId: id }));
