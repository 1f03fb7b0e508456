import { hasRole, isStaff, type Viewer } from '@atende/service';

/** Tickets that only their requester and the ombudsman group see, whatever routing says (domain 1.7). */
export const isRestricted = (requestType: string): boolean => requestType === 'relationship.ombudsman';

/**
 * What is the ombudsman's is filed by the requester or the ombudsman: nobody else of the staff may know that it is there. And it
 * stays so: filed as anything else, all that was confided in it would be shown to a queue and to the client's administrators.
 */
export const mayBeFiledBy = (viewer: Viewer, requestType: string, ticket: { restricted: boolean } | null): boolean =>
  isRestricted(requestType) ? !isStaff(viewer) || hasRole(viewer, 'OMBUDSMAN') : ticket?.restricted !== true;
