import { messages as houseMessages, toUserErrors } from '@atende/service';
import { type CriticalityDecision, type CriticalityTable, criticalityInput, decideCriticality } from '../criticality/criticality.ts';
import { messages } from '../messages.ts';
import type { CriticalityFace } from '../ticket/ticket.graphql.ts';
import type { DrawnField, RequestFormFace } from './form.graphql.ts';
import { dependsOn, type Field, type Form } from './form.ts';
import { MAX_CHOICES } from './form-answer.ts';
import type { FieldStateFace, FormEvaluationFace } from './form-evaluation.graphql.ts';
import type { FieldState } from './form-evaluation.ts';
import { pathOfField } from './form-fault.ts';
import { MAX_WATCHERS, partyOf } from './form-input.ts';
import { hintMessage } from './form-messages.ts';
import type { EvaluatedOpening } from './form-opening.ts';
import type { Language } from './form-text.ts';
import { privacyHints } from './privacy-hint.ts';

type Drawn = Pick<EvaluatedOpening, 'form' | 'context' | 'evaluation'> & { version: Pick<EvaluatedOpening['version'], 'id' | 'version'> };

/** A form as the public schema shows it, in one language, in its state for this opener. */
export function drawForm({ version, form, context, evaluation }: Drawn, language: Language): RequestFormFace {
  const states = new Map([...evaluation.fields, ...evaluation.guidance].map((state) => [state.key, state]));
  const drawn = (field: Field) => {
    const state = states.get(field.key);
    return state && field.visible !== false
      ? [{ ...drawField(state, form, context, language), fixedValue: state.fixed ? state.value : null }]
      : [];
  };
  return {
    id: version.id,
    requestType: form.requestType,
    version: version.version,
    title: form.title[language],
    steps: form.steps.map(({ key, title, submitLabel, fields }) => ({
      key,
      title: title[language],
      submitLabel: submitLabel[language],
      fields: fields.flatMap(drawn),
    })),
    attachmentPolicy: form.attachmentPolicy,
    guidance: evaluation.guidance.map(({ key, field: { help }, label, value }) => ({
      field: key,
      label: label[language],
      help: help?.[language] ?? null,
      answered: value !== null,
    })),
  };
}

/** The state that answers have brought a form to, with everything that a front end draws it from. */
export function drawEvaluation(opening: EvaluatedOpening, table: CriticalityTable, language: Language): FormEvaluationFace {
  const { form, context, evaluation, asks, faults } = opening;
  const steps = new Map(form.steps.flatMap(({ key, fields }) => fields.map((field) => [field.key, key])));
  const drawState = (state: FieldState): FieldStateFace => ({
    ...drawField(state, form, context, language),
    step: steps.get(state.key) ?? null,
    visible: state.visible,
    fixed: state.fixed,
    value: state.value,
    displayValue: state.display?.[language] ?? null,
  });
  const decision = decideCriticality(table, criticalityInput(evaluation.canonical, context.organization?.plan ?? null));
  return {
    opening,
    form: drawForm(opening, language),
    asks,
    fields: evaluation.fields.map(drawState),
    guidance: evaluation.guidance.map(drawState),
    errors: toUserErrors(faults, language, { ...houseMessages, ...messages }),
    criticality: showsCriticality(opening) ? drawCriticality(decision, language) : null,
    completeness: evaluation.completeness,
    privacyHints: privacyHints(evaluation).map(({ field, numbers, masked, ...hint }) => ({
      ...{ field, numbers, masked },
      message: hintMessage({ field, numbers, masked, ...hint }, language),
    })),
  };
}

const drawField = (
  { field, label, required }: FieldState,
  form: Form,
  context: EvaluatedOpening['context'],
  language: Language,
): DrawnField => ({
  key: field.key,
  label: label[language],
  help: field.help?.[language] ?? null,
  kind: field.kind,
  path: pathOfField(field),
  required,
  mustBeOn: field.mustBeOn,
  dependsOn: dependsOn(field),
  hasOptions: field.options !== undefined,
  parent: field.options?.parent ?? null,
  maxLength: field.maxLength ?? null,
  maxItems: maxItemsOf(field, form),
  party: partyOf(field, context),
});

function maxItemsOf({ kind }: Field, { attachmentPolicy }: Form): number | null {
  if (kind === 'MULTI_SELECT') return MAX_CHOICES;
  if (kind === 'EMAIL_LIST') return MAX_WATCHERS;
  return kind === 'FILES' ? attachmentPolicy.maxFiles : null;
}

/** Whether this form shows what the decision table would say. */
const showsCriticality = ({ evaluation }: EvaluatedOpening): boolean =>
  evaluation.fields.some(({ field, visible }) => field.means === 'criticality' && visible);

export const drawCriticality = (
  { value, edition, rule, reason, immediateAttention }: CriticalityDecision,
  language: Language,
): CriticalityFace => ({
  ...{ value, edition, rule, reason: reason[language] },
  immediateAttention: immediateAttention !== null,
  immediateAttentionReason: immediateAttention,
});
