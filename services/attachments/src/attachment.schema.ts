import { sqlIsSelf, sqlIsStaff, sqlIsWorker } from '@atende/service';
import { defineEntity } from '@mikro-orm/postgresql';
import type { AttachmentStatus, DeletionReason, Visibility } from './attachment-status.ts';
import type { RefusalReason } from './content/refusal.ts';

const isOwn = sqlIsSelf('"uploader_id"');

export const AttachmentSchema = defineEntity({
  name: 'Attachment',
  tableName: 'attachment',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'own', command: 'select', using: `${isOwn} and "ticket_id" is null` },
    // Who sees the ticket sees its files; ticket_access has a policy of its own, so an unknown ticket is no access.
    {
      name: 'linked',
      command: 'select',
      using: `exists (select 1 from "ticket_access" as "a" where "a"."ticket_id" = "attachment"."ticket_id") and ("visibility" = 'PUBLIC' or ${sqlIsStaff})`,
    },
    { name: 'begun', command: 'insert', check: `${isOwn} and "ticket_id" is null and "status" = 'UPLOADING'` },
    {
      name: 'deleted',
      command: 'update',
      using: `${isOwn} and "ticket_id" is null`,
      check: `${isOwn} and "ticket_id" is null and "status" = 'DELETED'`,
    },
    { name: 'worker', using: sqlIsWorker },
  ],
  indexes: [
    { name: 'attachment_by_ticket', properties: ['ticketId', 'id'] },
    { name: 'attachment_by_uploader', properties: ['uploaderId', 'id'] },
    { name: 'attachment_by_content', properties: ['sha256'] },
    {
      name: 'attachment_unjudged',
      expression: `create index "attachment_unjudged" on "attachment" ("completed_at") where "status" = 'QUARANTINED'`,
    },
    { name: 'attachment_uploading', expression: `create index "attachment_uploading" on "attachment" ("id") where "status" = 'UPLOADING'` },
    {
      name: 'attachment_unclaimed',
      expression: `create index "attachment_unclaimed" on "attachment" ("expires_at") where "ticket_id" is null and "status" <> 'DELETED'`,
    },
    {
      name: 'attachment_to_erase',
      expression: `create index "attachment_to_erase" on "attachment" ("erase_at") where "erase_at" is not null`,
    },
  ],
  properties: (p) => ({
    id: p.text().primary(),
    /** Counts its events. */
    version: p.integer(),
    // whose
    uploaderId: p.text(),
    organizationIds: p.array<string>().columnType('text[]'),
    // what it was announced as, and for what
    fileName: p.text(),
    extension: p.text().strictNullable(),
    declaredType: p.text(),
    size: p.bigint('number'),
    formId: p.text().strictNullable(),
    forTicketId: p.text().strictNullable(),
    draftId: p.text().strictNullable(),
    archivesOnly: p.boolean(),
    createdAt: p.datetime(3),
    expiresAt: p.datetime(3),
    // what it turned out to be
    status: p.text().$type<AttachmentStatus>(),
    refusal: p.text().$type<RefusalReason>().strictNullable(),
    mediaType: p.text().strictNullable(),
    archive: p.boolean(),
    sha256: p.text().strictNullable(),
    completedAt: p.datetime(3).strictNullable(),
    judgedAt: p.datetime(3).strictNullable(),
    // where it belongs
    ticketId: p.text().strictNullable(),
    commentId: p.text().strictNullable(),
    visibility: p.text().$type<Visibility>().strictNullable(),
    linkedAt: p.datetime(3).strictNullable(),
    // how it ended
    deletion: p.text().$type<DeletionReason>().strictNullable(),
    deletedAt: p.datetime(3).strictNullable(),
    /** When its bytes go. */
    eraseAt: p.datetime(3).strictNullable(),
    // who is judging it: a lease, so that a killed judge's work is taken up again
    judgeId: p.text().strictNullable(),
    judgeUntil: p.datetime(3).strictNullable(),
    judgeTries: p.integer(),
  }),
});
