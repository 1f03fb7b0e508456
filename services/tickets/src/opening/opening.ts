import { ErrorCode, notFound, Refused } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import {
  type CriticalityDecision,
  criticalityInput,
  decideCriticality,
  initialPriority,
  initialSeverity,
} from '../criticality/criticality.ts';
import { endDraft } from '../draft/draft-ending.ts';
import type { FormEvaluation } from '../form/form-evaluation.ts';
import { readWatchers } from '../form/form-input.ts';
import { evaluateOpening } from '../form/form-opening.ts';
import type { TicketPriority } from '../lifecycle/ticket-status.ts';
import { seedRouting } from '../seed/routing.ts';
import { Ticket } from '../ticket/ticket.ts';
import { actOf, type Moment } from '../ticket/ticket-acting.ts';
import type { TicketsContext } from '../tickets-context.ts';
import { isRestricted } from './ombudsman.ts';
import type { Opener, OpeningInput } from './opening-context.ts';
import { fallbackOf, route } from './routing.ts';
import { birthOf, firstDay } from './ticket-birth.ts';

export interface OpenTicket extends OpeningInput {
  clientKey: string;
  formId: string;
  answers: { field: string; value: unknown }[];
  requestedPriority?: TicketPriority | null;
  draftId?: string | null;
}

/** What a request brings to an opening. The demo's stories bring the same. */
export type OpeningRequest = Opener & Moment & Pick<TicketsContext, 'language'>;

/** Opens a ticket in the caller's transaction: form rules, criticality, routing; every fault at once. */
export async function openTicket(request: OpeningRequest, em: EntityManager, input: OpenTicket, id: string): Promise<Ticket> {
  const { version, form, context, evaluation, organization, requesterId } = await prepare(request, em, input);
  const { canonical, chosen } = evaluation;
  const { requestType } = form;
  const decision = decideCriticality(await request.deps.library.decisionTable(), criticalityInput(canonical, organization.plan));
  const routed = route(seedRouting, { requestType, directToBso: canonical.directToBso, category: canonical.category, ...organization });
  const { analystId } = request.viewer;
  const openedById = analystId ?? requesterId;
  const ticket = em.create(Ticket, {
    ...firstDay(request.now),
    ...(await birthOf(em, [routed.group, fallbackOf(seedRouting)])),
    ...decided(decision, input.requestedPriority ?? null),
    ...answered(evaluation),
    ...{ id, openedById, requesterId, requestType, organizationId: organization.id, formId: version.id, channel: context.channel },
    restricted: isRestricted(requestType),
    analystIds: analystId ? [analystId] : [],
    watchers: readWatchers(context.watchers).emails,
    followUpOfId: null,
  });
  em.persist(ticket);
  const optionIds = [...chosen.values()].flatMap(({ entries }) => entries.map((entry) => entry.id));
  ticket.open(actOf(request, em, openedById), { optionIds, attachmentIds: context.attachments.map((file) => file.id) });
  return ticket;
}

/** What the decision table says, and what begins as it. */
function decided(decision: CriticalityDecision, requestedPriority: TicketPriority | null) {
  const severity = initialSeverity(decision);
  const {
    value: criticality,
    edition: criticalityEdition,
    rule: criticalityRule,
    reason: criticalityReason,
    immediateAttention,
  } = decision;
  return {
    requestedPriority,
    severity,
    priority: initialPriority(severity, requestedPriority),
    criticality,
    criticalityEdition,
    criticalityRule,
    criticalityReason,
    immediateAttention,
  };
}

/** What was answered, as it is kept: labels and words as they are today. */
const answered = ({ canonical: { subject, description, product, module, environment }, chosen }: FormEvaluation) => ({
  ...{
    subject: subject ?? '',
    description,
    productId: product?.id ?? null,
    moduleId: module?.id ?? null,
    environmentId: environment?.id ?? null,
  },
  answers: [...chosen].map(([field, { label, value, display }]) => ({ field, label, value, display })),
});

/** Everything that can be wrong, found before anything is written. */
async function prepare(request: OpeningRequest, em: EntityManager, input: OpenTicket) {
  const version = await request.deps.library.version(input.formId);
  if (!version) throw new Refused({ code: ErrorCode.NOT_FOUND, field: ['input', 'formId'] });
  const { faults, ...evaluated } = await evaluateOpening(request, em, version, input);
  faults.push(...(await endDraft(em, { viewer: request.viewer, draftId: input.draftId, requestType: version.requestType })));
  if (faults.length > 0) throw new Refused(...faults.map(({ field = [], ...fault }) => ({ ...fault, field: ['input', ...field] })));
  const { organization, contact } = evaluated.context;
  if (!organization || !contact) throw notFound();
  return { ...evaluated, organization, requesterId: contact.id };
}
