import { AttachmentDeleted, AttachmentLinked, AttachmentStored } from '@atende/events';
import { conflict, recordEvent, type TicketFacts } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { AttachmentSchema } from './attachment.schema.ts';
import { type AttachmentStatus, CLAIM_WITHIN, type DeletionReason, LATE_CLAIM, mayBecome, type Visibility } from './attachment-status.ts';
import type { RefusalReason, Verdict } from './content/refusal.ts';

/** Who acts, when, and through which request; actor null: the system. */
export interface Act {
  actor: string | null;
  now: Date;
  requestId?: string | null;
  traceparent?: string | null;
}

export class Attachment extends AttachmentSchema.class {
  /** Who may see its ticket, as the loader of the row found it; null: nobody is known to. */
  declare access?: TicketFacts | null;

  /** Every byte is here: nobody gets it before its verdict. */
  complete(now: Date): void {
    if (!mayBecome(this.status, 'QUARANTINED')) return;
    this.status = 'QUARANTINED';
    this.completedAt = now;
  }

  /** The verdict on its content. */
  judge(em: EntityManager, verdict: Verdict, act: Act): void {
    become(this, verdict.passed ? 'AVAILABLE' : 'REFUSED');
    this.refusal = verdict.passed ? null : verdict.reason;
    this.mediaType = verdict.mediaType;
    this.archive = verdict.passed && verdict.archive;
    this.judgedAt = act.now;
    this.judgeId = null;
    this.judgeUntil = null;
    if (this.sha256 === null) return; // its bytes could not be read: there is nothing to tell
    const [organizationId = null, ...others] = this.organizationIds;
    recordEvent(em, AttachmentStored, {
      ...next(this, act),
      audience: 'SYSTEM',
      data: {
        organizationId: others.length === 0 ? organizationId : null,
        uploaderId: this.uploaderId,
        formId: this.formId,
        status: verdict.passed ? 'AVAILABLE' : 'REFUSED',
        size: this.size,
        mediaType: verdict.mediaType,
        contentDigest: this.sha256,
      },
    });
  }

  /** A message claims it: the first one keeps it. Returns whether this one did. */
  link(em: EntityManager, to: { ticketId: string; commentId: string | null; visibility: Visibility }, act: Act): boolean {
    if (this.ticketId !== null || !isClaimable(this)) return false;
    if (this.status === 'DELETED') {
      become(this, 'AVAILABLE');
      this.deletion = null;
      this.deletedAt = null;
      this.eraseAt = null;
    }
    this.ticketId = to.ticketId;
    this.commentId = to.commentId;
    this.visibility = to.visibility;
    this.linkedAt = act.now;
    recordEvent(em, AttachmentLinked, { ...next(this, act), audience: to.visibility, data: to });
    return true;
  }

  /** Takes it away before a ticket has it. Taking it away twice is once. */
  remove(em: EntityManager, reason: DeletionReason, act: Act): void {
    if (this.ticketId !== null) throw conflict('A file of a ticket stays with it.');
    if (this.status === 'DELETED') return;
    const maybeClaimed = reason === 'UNCLAIMED' && this.status === 'AVAILABLE';
    become(this, 'DELETED');
    this.deletion = reason;
    this.deletedAt = act.now;
    this.eraseAt = maybeClaimed ? new Date(act.now.getTime() + LATE_CLAIM) : act.now;
    recordEvent(em, AttachmentDeleted, { ...next(this, act), audience: 'SYSTEM', data: { ticketId: null, reason } });
  }
}
AttachmentSchema.setClass(Attachment);

/** What an announced upload is made of. */
export interface Announced {
  id: string;
  uploaderId: string;
  organizationIds: string[];
  fileName: string;
  extension: string | null;
  declaredType: string;
  size: number;
  formId: string | null;
  forTicketId: string | null;
  draftId: string | null;
  archivesOnly: boolean;
}

/** An upload that may begin. Its rules were checked before; nothing is published until its content is judged. */
export function announce(em: EntityManager, facts: Announced, now: Date): Attachment {
  const nothing = { refusal: null as RefusalReason | null, mediaType: null, sha256: null, completedAt: null, judgedAt: null };
  const nowhere = { ticketId: null, commentId: null, visibility: null, linkedAt: null, deletion: null, deletedAt: null, eraseAt: null };
  const unjudged = { judgeId: null, judgeUntil: null, judgeTries: 0 };
  const expiresAt = new Date(now.getTime() + CLAIM_WITHIN);
  const times = { createdAt: now, expiresAt };
  return em.create(Attachment, {
    ...facts,
    ...times,
    version: 0,
    status: 'UPLOADING',
    archive: false,
    ...nothing,
    ...nowhere,
    ...unjudged,
  });
}

function isClaimable({ status, deletion, judgedAt, refusal }: Attachment): boolean {
  const passed = judgedAt !== null && refusal === null;
  return passed && (status === 'AVAILABLE' || (status === 'DELETED' && deletion === 'UNCLAIMED'));
}

function become(attachment: Attachment, status: AttachmentStatus): void {
  if (!mayBecome(attachment.status, status)) throw conflict(`A file that is ${attachment.status} does not become ${status}.`);
  attachment.status = status;
}

function next(attachment: Attachment, { actor, now, requestId = null, traceparent = null }: Act) {
  attachment.version += 1;
  return { aggregate: attachment.id, version: attachment.version, actor, at: now, requestId, traceparent };
}
