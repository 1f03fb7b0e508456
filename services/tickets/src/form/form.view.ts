import type { CriticalityDecision } from '../criticality/criticality.ts';
import type { CriticalityFace } from '../ticket/ticket.graphql.ts';
import type { FieldStateFace, RequestFormFace } from './form.graphql.ts';
import { dependsOn, type Field, type Form, fieldsOf } from './form.ts';
import type { FieldState, FormEvaluation } from './form-evaluation.ts';
import type { Language } from './form-text.ts';
import type { FormVersion } from './form-version.ts';

/** A form as the public schema shows it, in one language, in its first state for this opener. */
export function drawForm(
  version: Pick<FormVersion, 'id' | 'version'>,
  form: Form,
  evaluation: FormEvaluation,
  language: Language,
): RequestFormFace {
  const states = new Map([...evaluation.fields, ...evaluation.guidance].map((state) => [state.key, state]));
  const drawField = (field: Field) => {
    const state = states.get(field.key);
    return {
      key: field.key,
      label: (state?.label ?? field.label)[language],
      help: field.help?.[language] ?? null,
      kind: field.kind,
      required: state?.required ?? false,
      dependsOn: dependsOn(field),
      fixedValue: state?.fixed ? state.value : null,
      hasOptions: field.options !== undefined,
      maxLength: field.maxLength ?? null,
    };
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
      fields: fields.filter((field) => !isHiddenForEver(field)).map(drawField),
    })),
    attachmentPolicy: form.attachmentPolicy,
    guidance: form.guidance.map((field) => ({
      field: field.key,
      label: field.label[language],
      help: field.help?.[language] ?? null,
      answered: (states.get(field.key)?.value ?? null) !== null,
    })),
  };
}

const isHiddenForEver = (field: Field): boolean => field.visible === false;

export const drawState = ({ key, label, visible, required, fixed, value, display }: FieldState, language: Language): FieldStateFace => ({
  ...{ key, visible, required, fixed, value },
  label: label[language],
  displayValue: display?.[language] ?? null,
});

/** Whether this form shows what the decision table would say. */
export const showsCriticality = (form: Form, { fields }: FormEvaluation): boolean =>
  fieldsOf(form).some(({ key, means }) => means === 'criticality' && fields.some((state) => state.key === key && state.visible));

export const drawCriticality = ({ value, rule, reason, immediateAttention }: CriticalityDecision, language: Language): CriticalityFace => ({
  ...{
    value,
    rule,
    reason: reason[language],
    immediateAttention: immediateAttention !== null,
    immediateAttentionReason: immediateAttention,
  },
});
