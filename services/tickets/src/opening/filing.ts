import type { CriticalityDecision } from '../criticality/criticality.ts';
import type { Form } from '../form/form.ts';
import type { FormContext } from '../form/form-context.ts';
import type { Chosen, FormEvaluation } from '../form/form-evaluation.ts';
import { partyOf } from '../form/form-input.ts';
import type { OpenableForm } from '../form/form-version.ts';
import { seedRouting } from '../seed/routing.ts';
import type { KeptAnswer } from '../ticket/ticket.schema.ts';
import type { Filing, RoutingTrace } from '../ticket/ticket-filing.ts';
import { isRestricted } from './ombudsman.ts';
import { fallbackOf, type Routed, route } from './routing.ts';

/** A form filled in for a client, in which nothing is wrong. */
export interface Filled {
  version: OpenableForm;
  form: Form;
  context: FormContext;
  evaluation: FormEvaluation;
  organization: NonNullable<FormContext['organization']>;
  requesterId: string;
  /** Required answers are still open: N1 will complete it (domain 2.7). */
  toClassify: boolean;
}

/** What was answered and decided, as a ticket keeps it: labels and words as they are today. */
export function filingOf({ version, form, context, evaluation, toClassify }: Filled, decision: CriticalityDecision): Filing {
  const { canonical, chosen } = evaluation;
  const { subject, description, product, module, environment } = canonical;
  const {
    value: criticality,
    edition: criticalityEdition,
    rule: criticalityRule,
    reason: criticalityReason,
    immediateAttention,
  } = decision;
  return {
    told: {
      ...{ formId: version.id, requestType: form.requestType },
      ...{ productId: product?.id ?? null, moduleId: module?.id ?? null, environmentId: environment?.id ?? null },
      ...{ criticality, criticalityEdition, criticalityRule, immediateAttention },
      classification: toClassify ? 'TO_CLASSIFY' : 'COMPLETE',
    },
    kept: {
      ...{ subject: subject ?? '', description, criticalityReason },
      restricted: isRestricted(form.requestType),
      answers: [...chosen.values()].map((one) => keptOf(one, context)),
    },
    optionIds: [...chosen.values()].flatMap(({ entries }) => entries.map((entry) => entry.id)),
  };
}

function keptOf({ field, label, value, display }: Chosen, context: FormContext): KeptAnswer {
  const party = partyOf(field, context);
  return { field: field.key, label, value, display, ...(party && { partyId: party.id }) };
}

/** Where the rules lead. */
export const routeOf = ({ form: { requestType }, evaluation: { canonical }, organization }: Filled): Routed =>
  route(seedRouting, { requestType, directToBso: canonical.directToBso, category: canonical.category, ...organization });

/** What is to be classified waits in its triage group, but for what only the ombudsman may see. */
export const waitsInTriage = ({ form: { requestType }, toClassify }: Filled): boolean => toClassify && !isRestricted(requestType);

/** Codes of the groups that may take it, the wanted one first; the fallback group takes what no other does. */
export const groupsFor = (wanted: string | undefined): string[] => [...(wanted ? [wanted] : []), fallbackOf(seedRouting)];

/** What the ticket keeps of its routing. `group`: who took it. */
export const traceOf = ({ tried, rule, fallback, group }: Routed, taken: { id: string; code: string } | null): RoutingTrace => ({
  ...{ tried, winner: rule },
  groupId: taken?.id ?? null,
  fallback: fallback || taken?.code !== group,
});
