/** Tickets that only their requester and the ombudsman group see, whatever routing says (domain 1.7). */
export const isRestricted = (requestType: string): boolean => requestType === 'relationship.ombudsman';
