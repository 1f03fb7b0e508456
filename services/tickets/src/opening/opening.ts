import { ErrorCode, notFound, Refused } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { beginsAs, criticalityInput, decideCriticality } from '../criticality/criticality.ts';
import { endDraft } from '../draft/draft-ending.ts';
import { readWatchers } from '../form/form-input.ts';
import { evaluateOpening } from '../form/form-opening.ts';
import type { TicketPriority } from '../lifecycle/ticket-status.ts';
import { Ticket } from '../ticket/ticket.ts';
import { actOf, type Moment } from '../ticket/ticket-acting.ts';
import type { TicketsContext } from '../tickets-context.ts';
import { type Filled, filingOf, groupsFor, routeOf, traceOf, waitsInTriage } from './filing.ts';
import type { Opener, OpeningInput } from './opening-context.ts';
import { birthOf, firstDay } from './ticket-birth.ts';

export interface FilledForm {
  formId: string;
  answers: { field: string; value: unknown }[];
}

export interface OpenTicket extends OpeningInput, FilledForm {
  clientKey: string;
  requestedPriority?: TicketPriority | null;
  draftId?: string | null;
}

/** What a request brings to an opening. The demo's stories bring the same. */
export type OpeningRequest = Opener & Moment & Pick<TicketsContext, 'language'>;

/** Opens a ticket in the caller's transaction: form rules, criticality, routing; every fault at once. */
export async function openTicket(request: OpeningRequest, em: EntityManager, input: OpenTicket, id: string): Promise<Ticket> {
  const filled = await prepare(request, em, input);
  const { analystId } = request.viewer;
  return bear(request, em, filled, {
    ...{ id, openedById: analystId ?? filled.requesterId, requestedPriority: input.requestedPriority ?? null },
    analystIds: analystId ? [analystId] : [],
  });
}

interface Newborn {
  id: string;
  openedById: string;
  analystIds: string[];
  requestedPriority: TicketPriority | null;
  /** Code of the group where it waits to be classified; the fallback group when absent. */
  triageGroup?: string;
  /** What is kept otherwise than the answers say. */
  kept?: Pick<Ticket, 'subject' | 'description' | 'productId'>;
}

/** The row and its first event. */
export async function bear(
  request: Pick<OpeningRequest, 'deps'> & Moment,
  em: EntityManager,
  filled: Filled,
  { triageGroup, kept: own, ...newborn }: Newborn,
): Promise<Ticket> {
  const { context, organization, requesterId } = filled;
  const decision = await decisionFor(request.deps, filled);
  const { told, kept, optionIds } = filingOf(filled, decision);
  const routed = waitsInTriage(filled) ? null : routeOf(filled);
  const { group, number, reached } = await birthOf(em, groupsFor(routed ? routed.group : triageGroup));
  const ticket = em.create(Ticket, {
    ...{ ...firstDay(request.now), ...told, ...kept, ...own, ...beginsAs(decision.value, newborn.requestedPriority), ...newborn },
    ...{ number, reached, groupId: group?.id ?? null, routing: routed && traceOf(routed, group) },
    ...{ requesterId, organizationId: organization.id, channel: context.channel, followUpOfId: null },
    watchers: readWatchers(context.watchers).emails,
  });
  em.persist(ticket);
  ticket.open(actOf(request, em, ticket.openedById), { optionIds, attachmentIds: context.attachments.map((file) => file.id) });
  return ticket;
}

/** What the table says of the answers, as it is now. */
export const decisionFor = async ({ library }: OpeningRequest['deps'], { evaluation: { canonical }, organization: { plan } }: Filled) =>
  decideCriticality(await library.decisionTable(), criticalityInput(canonical, plan));

/** Everything that can be wrong, found before anything is written. */
export async function prepare(
  request: OpeningRequest,
  em: EntityManager,
  input: OpeningInput & FilledForm & { draftId?: string | null },
): Promise<Filled> {
  const version = await request.deps.library.version(input.formId);
  if (!version) throw new Refused({ code: ErrorCode.NOT_FOUND, field: ['input', 'formId'] });
  const { faults, ...evaluated } = await evaluateOpening(request, em, version, input);
  faults.push(...(await endDraft(em, { viewer: request.viewer, draftId: input.draftId, requestType: version.requestType })));
  if (faults.length > 0) throw new Refused(...faults.map(({ field = [], ...fault }) => ({ ...fault, field: ['input', ...field] })));
  const { organization, contact } = evaluated.context;
  if (!organization || !contact) throw notFound();
  return { ...evaluated, organization, requesterId: contact.id };
}
