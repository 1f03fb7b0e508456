import type { Attachment } from './attachment.ts';
import { type FilesKey, seconds } from './files-key.ts';

export const RECEIPT_AUDIENCE = 'atende-receipt';

/**
 * What proves to other services, without asking anybody, that a file has passed: whose it is, what it was checked against,
 * what it is. Never its name. It is made of the row alone, so every reading gives the same bytes and it may be part of an
 * idempotent input. Null while there is nothing to prove, or once a ticket has the file.
 */
export async function receiptOf(file: Attachment, key: FilesKey, now: Date): Promise<string | null> {
  if (file.status !== 'AVAILABLE' || file.ticketId !== null || file.judgedAt === null || file.expiresAt <= now) return null;
  return key.sign(RECEIPT_AUDIENCE, {
    iat: seconds(file.judgedAt),
    exp: seconds(file.expiresAt),
    attachmentId: file.id,
    personId: file.uploaderId,
    organizations: file.organizationIds,
    formId: file.formId,
    ticketId: file.forTicketId,
    extension: file.extension,
    mediaType: file.mediaType,
    archive: file.archive,
    size: file.size,
    sha256: file.sha256,
  });
}
