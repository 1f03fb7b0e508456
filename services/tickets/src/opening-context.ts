import { ErrorCode, type Fault, isStaff, type ViewerContact } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { ContactFact, OrganizationFact } from './facts.ts';
import type { AttachmentFact, FormContext } from './form-context.ts';
import type { Channel } from './ticket-status.ts';
import type { TicketsContext } from './tickets-context.ts';

/** For whom and how somebody opens: the inputs beside the answers. */
export interface OpeningInput {
  organizationId?: string | null;
  onBehalfOf?: { organizationId: string; contactId: string } | null;
  channel?: Channel | null;
  watchers?: string[] | null;
  attachmentIds?: string[] | null;
}

export interface Opening {
  context: FormContext;
  /** What is wrong with the opener or the files; the form's own faults come from its evaluation. */
  faults: Fault[];
}

/** Finds out who opens for whom, with every fault at once. The rules that follow run for the client's organization. */
export async function openingOf({ em, viewer, input, verifyReceipt }: { em: EntityManager; viewer: TicketsContext['viewer']; input: OpeningInput; verifyReceipt: TicketsContext['deps']['verifyReceipt'] }): Promise<Opening> {
  const faults: Fault[] = [];
  const staff = isStaff(viewer);
  const requester = staff ? await clientContact(em, input, faults) : ownContact(viewer.contacts, input, faults);
  const organization = requester && (await em.findOne(OrganizationFact, { id: requester.organizationId }));
  if (requester && !requester.mayOpen) faults.push({ code: ErrorCode.NOT_ALLOWED_TO_OPEN, field: staff ? ['input', 'onBehalfOf'] : ['input'] });
  const channel = channelOf(input.channel, staff, faults);
  const attachments: AttachmentFact[] = [];
  for (const [index, receipt] of (input.attachmentIds ?? []).entries()) {
    const file = await verifyReceipt(receipt, viewer.personId ?? '');
    if (file) attachments.push(file);
    else faults.push({ code: ErrorCode.RECEIPT_INVALID, field: ['input', 'attachmentIds', String(index)] });
  }
  return {
    faults,
    context: {
      channel,
      staff,
      organization: organization && { ...organization, legalName: null },
      contact: requester && { id: requester.id, name: null },
      onBehalfOf: input.onBehalfOf ?? null,
      watchers: input.watchers ?? [],
      attachments,
    },
  };
}

type Requester = Pick<ViewerContact, 'id' | 'organizationId' | 'mayOpen'>;

/** A person may be a contact of several organizations and opens for one of them. */
function ownContact(contacts: ViewerContact[], { organizationId }: OpeningInput, faults: Fault[]): Requester | null {
  if (organizationId) {
    const own = contacts.find((contact) => contact.organizationId === organizationId);
    if (!own) faults.push({ code: ErrorCode.NOT_FOUND, field: ['input', 'organizationId'] });
    return own ?? null;
  }
  return contacts.length === 1 ? (contacts[0] ?? null) : null; // the evaluation asks for the organization
}

/** Staff open only in the name of an active contact that may open. */
async function clientContact(em: EntityManager, { onBehalfOf }: OpeningInput, faults: Fault[]): Promise<Requester | null> {
  if (!onBehalfOf) return null; // the evaluation asks for it
  const contact = await em.findOne(ContactFact, { id: onBehalfOf.contactId, organizationId: onBehalfOf.organizationId, active: true });
  if (!contact) faults.push({ code: ErrorCode.NOT_FOUND, field: ['input', 'onBehalfOf'] });
  return contact;
}

/** The channel is derived; only staff may say that somebody called. */
function channelOf(given: Channel | null | undefined, staff: boolean, faults: Fault[]): Channel {
  if (given && given !== 'PORTAL' && !(staff && given === 'PHONE')) faults.push({ code: ErrorCode.CHANNEL_NOT_ALLOWED, field: ['input', 'channel'] });
  return staff && given === 'PHONE' ? 'PHONE' : 'PORTAL';
}
