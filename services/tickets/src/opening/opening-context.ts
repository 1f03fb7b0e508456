import { ErrorCode, type Fault, isId, isStaff, notFound, RequestError, seesTicket, type Viewer, type ViewerContact } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { ContactFact, OrganizationFact } from '../facts.ts';
import type { FormContext } from '../form/form-context.ts';
import type { Channel } from '../lifecycle/ticket-status.ts';
import { Ticket } from '../ticket/ticket.ts';
import type { TicketsContext } from '../tickets-context.ts';
import { filesOf } from './receipt.ts';

/** For whom and how somebody opens: the inputs beside the answers. */
export interface OpeningInput {
  /** A ticket that is classified: all else was said when it was opened. */
  ticketId?: string | null;
  organizationId?: string | null;
  onBehalfOf?: { organizationId: string; contactId: string } | null;
  channel?: Channel | null;
  watchers?: string[] | null;
  attachmentIds?: string[] | null;
}

/** Who opens, when, and with what the service is wired. */
export type Opener = Pick<TicketsContext, 'viewer' | 'now' | 'deps'>;

export interface Opening {
  context: FormContext;
  /** The ticket that is classified; null: one is opened. */
  ticket: Ticket | null;
  /** What is wrong with the opener or the files, as paths into the input; the form's own faults come from its evaluation. */
  faults: Fault[];
}

/** Finds out who opens for whom, with every fault at once. The rules that follow run for the client's organization. */
export async function openingOf({ viewer, now, deps }: Opener, em: EntityManager, input: OpeningInput): Promise<Opening> {
  if (input.ticketId) return classificationOf(viewer, em, input.ticketId);
  const faults: Fault[] = [];
  const staff = isStaff(viewer);
  const requester = staff ? await clientContact(em, input, faults) : ownContact(viewer.contacts, input, faults);
  const fact = requester && (await knownOrganization(em, requester.organizationId));
  if (fact && !fact.active) faults.push({ code: ErrorCode.NOT_FOUND, field: [staff ? 'onBehalfOf' : 'organizationId'] });
  const organization = fact && factsOf(fact);
  if (requester && !requester.mayOpen) faults.push({ code: ErrorCode.NOT_ALLOWED_TO_OPEN, field: staff ? ['onBehalfOf'] : [] });
  const channel = channelOf(input.channel, viewer, faults);
  const claimant = { personId: viewer.personId ?? '', organizationId: organization?.id ?? null, ticketId: null };
  const { files, faults: fileFaults } = await filesOf(deps.verifyReceipt, input.attachmentIds ?? [], claimant, now);
  return {
    ticket: null,
    faults: [...faults, ...fileFaults],
    context: {
      ...{ channel, staff, organization },
      contact: requester && { id: requester.id },
      onBehalfOf: input.onBehalfOf ?? null,
      watchers: input.watchers ?? [],
      attachments: files,
    },
  };
}

/** A draft is tried out for any organization: as its contact, or as staff in the name of one. */
export async function trialOf(em: EntityManager, { organizationId, channel, watchers, ...input }: OpeningInput): Promise<Opening> {
  const onBehalfOf = input.onBehalfOf ?? null;
  const id = onBehalfOf?.organizationId ?? organizationId;
  const fact = isId('org', id) ? await em.findOne(OrganizationFact, { id }) : null;
  const who = { staff: onBehalfOf !== null, onBehalfOf, contact: onBehalfOf && { id: onBehalfOf.contactId } };
  const came = { channel: channel ?? 'PORTAL', watchers: watchers ?? [], attachments: [] };
  return { ticket: null, faults: [], context: { ...who, ...came, organization: fact && factsOf(fact) } };
}

/** The form of a ticket is judged as for who opened it, whatever has become of that contact since. Support alone may ask. */
async function classificationOf(viewer: Viewer, em: EntityManager, id: string): Promise<Opening> {
  const ticket = isId('tkt', id) ? await em.findOne(Ticket, { id }) : null;
  if (!ticket || !isStaff(viewer) || !seesTicket(viewer, ticket)) throw notFound();
  const organization = factsOf(await knownOrganization(em, ticket.organizationId));
  return { ticket, faults: [], context: openedContext(ticket, organization) };
}

/** For whom and how a ticket was opened. Its files are not judged again: they came and stay. */
export function openedContext(
  { channel, organizationId, requesterId, openedById, watchers }: Ticket,
  organization: FormContext['organization'],
): FormContext {
  const staff = isId('ana', openedById);
  const onBehalfOf = staff ? { organizationId, contactId: requesterId } : null;
  return { channel, organization, watchers, staff, onBehalfOf, contact: { id: requesterId }, attachments: [] };
}

type Requester = Pick<ViewerContact, 'id' | 'organizationId' | 'mayOpen'>;

/** A person may be a contact of several organizations and opens for one of them. */
function ownContact(contacts: ViewerContact[], { organizationId }: OpeningInput, faults: Fault[]): Requester | null {
  if (organizationId) {
    const own = contacts.find((contact) => contact.organizationId === organizationId);
    if (!own) faults.push({ code: ErrorCode.NOT_FOUND, field: ['organizationId'] });
    return own ?? null;
  }
  return contacts.length === 1 ? (contacts[0] ?? null) : null; // the evaluation asks for the organization
}

/** Staff open only in the name of an active contact that may open. */
async function clientContact(em: EntityManager, { onBehalfOf, organizationId }: OpeningInput, faults: Fault[]): Promise<Requester | null> {
  if (!onBehalfOf) return null; // the evaluation asks for it
  if (organizationId && organizationId !== onBehalfOf.organizationId) faults.push({ code: ErrorCode.NOT_FOUND, field: ['organizationId'] });
  const { contactId: id, organizationId: of } = onBehalfOf;
  const isPossible = isId('con', id) && isId('org', of);
  const contact = isPossible ? await em.findOne(ContactFact, { id, organizationId: of, active: true }) : null;
  if (!contact) faults.push({ code: ErrorCode.NOT_FOUND, field: ['onBehalfOf'] });
  return contact;
}

export async function knownOrganization(em: EntityManager, id: string): Promise<OrganizationFact> {
  const organization = await em.findOne(OrganizationFact, { id });
  // A contact is known before its organization only for as long as identity's events are under way.
  if (!organization)
    throw new RequestError(ErrorCode.DEPENDENCY_UNAVAILABLE, 'The organization is not known here yet. Try again in a moment.');
  return organization;
}

/** What a form may ask of the client's organization. */
export const factsOf = ({
  id,
  clientCode,
  country,
  plan,
  bso,
  entitlements,
}: OrganizationFact): NonNullable<FormContext['organization']> => ({
  ...{ id, clientCode, country, plan, bso, entitlements },
});

/** The channel is derived; only staff may say that somebody called. */
function channelOf(given: Channel | null | undefined, viewer: Viewer, faults: Fault[]): Channel {
  if (given === 'PHONE' && isStaff(viewer)) return given;
  const derived = cameBy(viewer);
  if (given && given !== derived) faults.push({ code: ErrorCode.CHANNEL_NOT_ALLOWED, field: ['channel'] });
  return derived;
}

/** Through what a request came: with an API key or with a session. */
export const cameBy = ({ apiKey }: Viewer): Channel => (apiKey ? 'API' : 'PORTAL');
