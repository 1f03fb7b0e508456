import type { ContactChannel, Plan } from './form-condition.ts';

/** An attachment as its receipt tells it. */
export interface AttachmentFact {
  id: string;
  /** where it stands in `attachmentIds` */
  place: number;
  /** small letters without the dot; null: it has none */
  extension: string | null;
  bytes: number;
}

/** Who opens, for whom, and what comes beside the answers. All of it was verified before: the evaluator trusts it. */
export interface FormContext {
  channel: ContactChannel;
  /** the one who types is the vendor's */
  staff: boolean;
  organization: {
    id: string;
    clientCode: string;
    /** ISO 3166, two letters */
    country: string;
    plan: Plan;
    bso: boolean;
    /** codes of request types, and `PHONE` */
    entitlements: readonly string[];
  } | null;
  /** the requester; names are identity's */
  contact: { id: string } | null;
  onBehalfOf: { organizationId: string; contactId: string } | null;
  watchers: readonly string[];
  attachments: readonly AttachmentFact[];
}
