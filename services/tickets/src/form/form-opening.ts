import { ErrorCode, type Fault, type Viewer } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { mayBeFiledBy } from '../opening/ombudsman.ts';
import { type Opener, type OpeningInput, openingOf, trialOf } from '../opening/opening-context.ts';
import type { Form } from './form.ts';
import type { Answer } from './form-catalogue.ts';
import type { FormContext } from './form-context.ts';
import { evaluateForm, type FormEvaluation } from './form-evaluation.ts';
import { type FormFault, ownInputs } from './form-fault.ts';
import { formErrors } from './form-messages.ts';
import type { Language } from './form-text.ts';
import type { OpenableForm } from './form-version.ts';

const MOST_ANSWERS = 200; // no form has half as many fields
const MOST_BYTES = 65_536; // of one answer, as JSON

/** What is asked beside the fields of a form, and goes into the context. */
export const openingQuestions = ['ORGANIZATION', 'ON_BEHALF', 'PHONE'] as const;
export type OpeningQuestion = (typeof openingQuestions)[number];

export interface EvaluatedOpening {
  version: OpenableForm;
  form: Form;
  context: FormContext;
  evaluation: FormEvaluation;
  asks: OpeningQuestion[];
  /** Of the ticket that is classified; null: one is opened. */
  ticketId: string | null;
  /** Required answers are open, and may be. */
  toClassify: boolean;
  /** Everything that is wrong, in the caller's language, as paths into the input. */
  faults: Fault[];
}

/** A form filled in by somebody for somebody: what drawing, evaluating and opening have in common. */
export async function evaluateOpening(
  opener: Opener & { language: Language },
  em: EntityManager,
  version: OpenableForm,
  input: OpeningInput & { answers: readonly Answer[] },
): Promise<EvaluatedOpening> {
  const { library } = opener.deps;
  const form = library.formOf(version);
  const { context, ticket, faults } = await (version.status === 'DRAFT' ? trialOf(em, input) : openingOf(opener, em, input));
  if (!version.isOpen(opener.now)) faults.push({ code: ErrorCode.FORM_OUTDATED, field: ['formId'] });
  if (!mayBeFiledBy(opener.viewer, form.requestType, ticket)) faults.push({ code: ErrorCode.FORBIDDEN, field: ['formId'] });
  const answers = plainAnswers(input.answers.slice(0, MOST_ANSWERS));
  if (input.answers.length > MOST_ANSWERS) faults.push({ code: ErrorCode.TOO_MANY, field: ['answers'], params: { max: MOST_ANSWERS } });
  const evaluated = await evaluateForm(form, answers, context, await library.catalogue());
  const evaluation = ticket ? standing(evaluated) : evaluated;
  const judged = evaluation.faults.filter(({ code }) => code !== 'ORGANIZATION_REQUIRED' || !faults.some(isOfOrganization));
  const wrong = judged.filter((fault) => !(mayStayOpen(fault) && context.channel === 'PHONE' && !ticket));
  const formFaults = formErrors(wrong, opener.language).map(({ code, ...fault }): Fault => ({ code: ErrorCode[code], ...fault }));
  return {
    ...{ version, form, context, evaluation, toClassify: wrong.length < judged.length },
    ticketId: ticket?.id ?? null,
    asks: ticket ? [] : asksOf(opener.viewer, context, evaluation),
    faults: [...faults, ...formFaults, ...(formFaults.length > 0 ? [] : sizeFaults(answers))],
  };
}

/** A person of several organizations says for which; staff say in whose name, unless a field of the form asks, and whether they were called. */
function asksOf({ contacts }: Viewer, { staff, organization }: FormContext, { fields }: FormEvaluation): OpeningQuestion[] {
  if (!staff) return contacts.length > 1 ? ['ORGANIZATION'] : [];
  const isOnTheForm = fields.some(({ field, visible }) => visible && field.kind === 'ON_BEHALF');
  return [...(isOnTheForm ? [] : (['ON_BEHALF'] as const)), ...(organization?.entitlements.includes('PHONE') ? (['PHONE'] as const) : [])];
}

/** One that is not theirs is no organization either: it is said once. */
const isOfOrganization = ({ field }: Fault): boolean => field?.[0] === 'organizationId';

/** Of a ticket that stands, answers and entitlement are judged; watchers, files and in whose name were settled when it came. */
const standing = (evaluation: FormEvaluation): FormEvaluation => ({
  ...evaluation,
  fields: evaluation.fields.map((state) => (state.field.kind in ownInputs ? { ...state, fixed: true } : state)),
  faults: evaluation.faults.filter(({ field: [at] }) => at === 'answers' || at === 'formId'),
});

/** During a call not everything is known: N1 asks for the rest (domain 2.7). What is said is judged like anything else. */
const mayStayOpen = ({ code, field }: FormFault): boolean => code === 'REQUIRED' && field[0] !== 'onBehalfOf';

/**
 * Answers as their scalar promises them: a text, boolean, number or list of texts. Anything else becomes an empty object,
 * which no field takes; so nothing deep is ever walked through.
 */
export const plainAnswers = (answers: readonly Answer[]): Answer[] =>
  answers.map(({ field, value }) => ({ field, value: isPlain(value) ? value : {} }));

const isPlain = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.every((item) => typeof item === 'string')
    : value === null || ['string', 'boolean', 'number'].includes(typeof value);

/** Texts that a form allows by their characters may still be too large to keep. */
function sizeFaults(answers: readonly Answer[]): Fault[] {
  return answers.flatMap(({ field, value }) => {
    const length = typeof value === 'string' ? Buffer.byteLength(value) : 0;
    return length > MOST_BYTES ? [{ code: ErrorCode.TOO_LONG, field: ['answers', field], params: { max: MOST_BYTES, length } }] : [];
  });
}
