import { Refused, type Viewer } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { ruleFor, type UploadPlace, waitingOf } from './attachment.queries.ts';
import { announce } from './attachment.ts';
import { extensionOf } from './file-name.ts';
import { type AnnouncedFile, uploadFaults } from './upload-rule.ts';

export interface UploadRequest {
  id: string;
  input: AnnouncedFile & Partial<UploadPlace>;
  viewer: Viewer;
  now: Date;
}

/** Announces an upload under the rule of its form and ticket, bound to the person and the organizations they speak for. */
export async function beginUpload(em: EntityManager, { id, input, viewer, now }: UploadRequest): Promise<void> {
  const { fileName, size, contentType, formId = null, ticketId = null, draftId = null } = input;
  const place = { formId, ticketId, draftId };
  const uploaderId = viewer.personId ?? '';
  const { rule, formId: ruledBy } = await ruleFor(em, place);
  const faults = uploadFaults({ fileName, size, contentType }, rule, await waitingOf(em, uploaderId, place));
  if (faults.length > 0) throw new Refused(...faults);
  announce(
    em,
    {
      id,
      uploaderId,
      organizationIds: [...new Set(viewer.contacts.map((contact) => contact.organizationId))],
      fileName: fileName.normalize('NFC').trim(),
      extension: extensionOf(fileName),
      declaredType: contentType || 'application/octet-stream',
      size,
      formId: ruledBy,
      forTicketId: ticketId,
      draftId,
      archivesOnly: rule.archivesOnly,
    },
    now,
  );
  await em.flush();
}
