export const ATTACHMENT_STATUSES = ['UPLOADING', 'QUARANTINED', 'AVAILABLE', 'REFUSED', 'DELETED'] as const;
export type AttachmentStatus = (typeof ATTACHMENT_STATUSES)[number];

/** The life of a file. Nothing leads from UPLOADING to AVAILABLE but the quarantine. */
const transitions: Record<AttachmentStatus, readonly AttachmentStatus[]> = {
  UPLOADING: ['QUARANTINED', 'DELETED'],
  QUARANTINED: ['AVAILABLE', 'REFUSED', 'DELETED'],
  AVAILABLE: ['DELETED'],
  REFUSED: ['DELETED'],
  DELETED: ['AVAILABLE'], // a claim that was on its way when the day ended
};

export const mayBecome = (from: AttachmentStatus, to: AttachmentStatus): boolean => transitions[from].includes(to);

/** Who sees a linked file: everybody who sees the ticket, or the vendor's staff among them. */
export const VISIBILITIES = ['PUBLIC', 'INTERNAL'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

export const DELETION_REASONS = ['BY_PERSON', 'UNCLAIMED'] as const;
export type DeletionReason = (typeof DELETION_REASONS)[number];

const HOUR = 3_600_000; // ms

/** How long an upload waits to be claimed by a ticket; its receipt is good for as long. */
export const CLAIM_WITHIN = 24 * HOUR;

/**
 * How long the bytes of an unclaimed file outlive that: the claim of a ticket opened in the last minute may still be on its
 * way while NATS is down, and an acknowledged ticket loses no file.
 */
export const LATE_CLAIM = 24 * HOUR;
