import { ErrorCode, type Fault, notFound, Refused } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { criticalityInput, decideCriticality, initialPriority, initialSeverity } from './criticality.ts';
import { GroupFact } from './facts.ts';
import { type FormEvaluation, evaluateForm } from './form-evaluation.ts';
import { formErrors } from './form-messages.ts';
import { readWatchers } from './form-input.ts';
import type { Form } from './form.ts';
import type { FormVersion } from './form-version.ts';
import { type OpeningInput, openingOf } from './opening-context.ts';
import { route } from './routing.ts';
import { seedRouting } from './seed/routing.ts';
import { actOf } from './ticket-acting.ts';
import { nextNumber } from './ticket-number.ts';
import { Ticket } from './ticket.ts';
import type { Channel, TicketPriority } from './ticket-status.ts';
import type { TicketsContext } from './tickets-context.ts';

export interface OpenTicket extends OpeningInput {
  clientKey: string;
  formId: string;
  answers: { field: string; value: unknown }[];
  requestedPriority?: TicketPriority | null;
}

/** What was found out about an opening before anything is written. */
interface Prepared {
  version: FormVersion;
  form: Form;
  evaluation: FormEvaluation;
  organization: { id: string; plan: 'STANDARD' | 'PRIME'; bso: boolean };
  requesterId: string;
  channel: Channel;
  attachmentIds: string[];
}

/** Opens a ticket in the caller's transaction: form rules, criticality, routing; every fault at once. */
export async function openTicket(context: TicketsContext, em: EntityManager, input: OpenTicket, id: string): Promise<Ticket> {
  const prepared = await prepare(context, em, input);
  const { canonical } = prepared.evaluation;
  const decision = decideCriticality(await context.deps.library.decisionTable(), criticalityInput(canonical, prepared.organization.plan));
  const severity = initialSeverity(decision);
  const routed = route(seedRouting, { requestType: prepared.form.requestType, directToBso: canonical.directToBso, category: canonical.category, ...prepared.organization });
  const group = await em.findOne(GroupFact, { code: routed.group });
  const openedById = context.viewer.analystId ?? prepared.requesterId;
  const now = context.now;
  const ticket = em.create(Ticket, {
    id,
    number: await nextNumber(em),
    version: 0,
    organizationId: prepared.organization.id,
    requesterId: prepared.requesterId,
    openedById,
    restricted: routed.group === 'ombudsman',
    analystIds: context.viewer.analystId ? [context.viewer.analystId] : [],
    watchers: readWatchers(input.watchers ?? []).emails,
    requestType: prepared.form.requestType,
    formId: prepared.version.id,
    channel: prepared.channel,
    subject: canonical.subject ?? '',
    description: canonical.description,
    answers: [...prepared.evaluation.chosen.entries()].map(([field, { value, display, field: { label } }]) => ({ field, label, value, display })),
    productId: canonical.product?.id ?? null,
    moduleId: canonical.module?.id ?? null,
    environmentId: canonical.environment?.id ?? null,
    requestedPriority: input.requestedPriority ?? null,
    followUpOfId: null,
    createdAt: now,
    status: 'NEW',
    stage: 'N1',
    groupId: group?.id ?? null,
    assigneeId: null,
    severity,
    priority: initialPriority(severity, input.requestedPriority ?? null),
    criticality: decision.value,
    criticalityRule: decision.rule,
    criticalityReason: decision.reason,
    immediateAttention: decision.immediateAttention,
    classification: 'COMPLETE',
    resolution: null,
    dueTo: null,
    dueAt: null,
    stay: 0,
    lastInteractionAt: now,
    mergedIntoId: null,
  });
  em.persist(ticket);
  const optionIds = [...prepared.evaluation.chosen.values()].flatMap(({ entries }) => entries.map((entry) => entry.id));
  ticket.open(actOf(context, em, openedById), { optionIds, attachmentIds: prepared.attachmentIds });
  return ticket;
}

/** Everything that can be wrong, found before anything is written. */
async function prepare(context: TicketsContext, em: EntityManager, input: OpenTicket): Promise<Prepared> {
  const { library, verifyReceipt } = context.deps;
  const version = await library.version(input.formId);
  if (!version) throw new Refused({ code: ErrorCode.NOT_FOUND, field: ['input', 'formId'] });
  if (!version.isOpen(context.now)) throw new Refused({ code: ErrorCode.FORM_OUTDATED, field: ['input', 'formId'] });
  const opening = await openingOf({ em, viewer: context.viewer, input, verifyReceipt });
  const form = library.formOf(version);
  const evaluation = await evaluateForm(form, input.answers, opening.context, await library.catalogue());
  const faults = [...opening.faults, ...(evaluation.faults.length > 0 ? formFaults(evaluation, context) : [])];
  const { organization, contact, channel, attachments } = opening.context;
  if (faults.length > 0) throw new Refused(...faults);
  if (!organization || !contact) throw notFound();
  return { version, form, evaluation, organization, requesterId: contact.id, channel, attachmentIds: attachments.map((file) => file.id) };
}

/** The form's own faults, in the words of the form, as paths into the mutation's input. */
export const formFaults = ({ faults }: FormEvaluation, { language }: TicketsContext): Fault[] =>
  formErrors(faults, language).map(({ code, field, message }) => ({ code: ErrorCode[code], field: ['input', ...field], message }));
