import { isStaff, policy } from '@atende/service';

/** The human being behind contacts and analysts: oneself and staff. Others meet contacts, by organization. */
export const seesPerson = policy('seesPerson', (viewer, person: { id: string }) => viewer.personId === person.id || isStaff(viewer));
