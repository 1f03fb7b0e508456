import { isStaff, policy } from '@atende/service';
import type { TicketDraft } from './ticket-draft.ts';

/** Whoever fills in forms: contacts, and staff for them. Never a class of watchers. */
export const keepsDrafts = policy('keepsDrafts', (viewer) => viewer.kind === 'PERSON' && (viewer.contacts.length > 0 || isStaff(viewer)));

export const draftSeen = policy(
  'draftSeen',
  (viewer, draft: TicketDraft) => viewer.kind === 'PERSON' && viewer.personId === draft.personId,
);
