import { isStaff, policy, seesTicket, type Viewer } from '@atende/service';
import type { Attachment } from './attachment.ts';

/** Contacts and staff send files; an auditor or a class of watchers does not. */
export const mayUpload = policy(
  'mayUpload',
  (viewer: Viewer) => viewer.kind === 'PERSON' && (viewer.contacts.length > 0 || isStaff(viewer)),
);

export const isUploader = (viewer: Viewer, file: Attachment): boolean => file.uploaderId === viewer.personId;

/** An unlinked file is its uploader's alone; a linked one belongs to whoever sees the ticket, one of a note to staff among them. */
export const seesAttachment = policy('seesAttachment', (viewer: Viewer, file: Attachment) => {
  if (file.ticketId === null) return isUploader(viewer, file);
  if (!file.access || !seesTicket(viewer, file.access)) return false;
  return file.visibility === 'PUBLIC' || isStaff(viewer);
});

/** The receipt is the right to put the file into a ticket. */
export const uploaderOnly = policy('uploaderOnly', isUploader);
