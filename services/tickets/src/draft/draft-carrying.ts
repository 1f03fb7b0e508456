import type { EntityManager } from '@mikro-orm/postgresql';
import type { Answer } from '../form/form-catalogue.ts';
import { evaluateForm, type FormEvaluation } from '../form/form-evaluation.ts';
import type { FormFaultCode } from '../form/form-fault.ts';
import { type EvaluatedOpening, evaluateOpening } from '../form/form-opening.ts';
import { type Localized, sameText } from '../form/form-text.ts';
import type { TicketsContext } from '../tickets-context.ts';
import type { TicketDraft } from './ticket-draft.ts';

/** An answer that the newer version has no place for, in the words of the one that it was given to. */
export interface Dropped {
  field: string;
  label: Localized;
  value: unknown;
  display: Localized;
}

/** A draft as it stands under the version that it will be opened with. */
export interface CarriedDraft {
  opening: EvaluatedOpening;
  answers: Answer[];
  dropped: Dropped[];
}

/** There is no place for the answer; what is only too long, or missing, can be mended where it stands. */
const noPlace: ReadonlySet<FormFaultCode> = new Set([
  ...(['UNKNOWN_FIELD', 'HIDDEN_FIELD', 'FIXED_FIELD', 'COMPUTED_FIELD', 'WRONG_KIND'] as const),
  ...(['NOT_AN_OPTION', 'OPTION_OF_ANOTHER_PARENT', 'OPTION_RETIRED'] as const),
]);

/** What an evaluation has no place for: the key of each such answer, and why. */
const misplaced = ({ faults }: FormEvaluation): { key: string; code: FormFaultCode }[] =>
  faults.flatMap(({ code, field: [input, key] }) => (input === 'answers' && key && noPlace.has(code) ? [{ key, code }] : []));

/** The answers that have a place. */
export function placed(answers: readonly Answer[], evaluation: FormEvaluation): Answer[] {
  const lost = new Set(misplaced(evaluation).map(({ key }) => key));
  return answers.filter(({ field }) => !lost.has(field));
}

/**
 * Carries a draft to the version that is published now: what fitted the version it was typed into and does not fit this one is
 * dropped by name; what was wrong before stays, and is reported. Files are not looked at: an answer never depends on them.
 */
export async function carryDraft(
  context: TicketsContext,
  em: EntityManager,
  { content, requestType }: Pick<TicketDraft, 'content' | 'requestType'>,
): Promise<CarriedDraft | null> {
  const { library } = context.deps;
  const { answers, formId } = content;
  const typedInto = await library.version(formId);
  // A request type that was taken out of the menu has none: then the evaluation says that it cannot be opened any more.
  const version = (await library.ofType(requestType)) ?? typedInto;
  if (!version) return null;
  const input = { ...content.context, attachmentIds: [], answers };
  const opening = await evaluateOpening(context, em, version, input);
  if (!typedInto || typedInto.id === version.id) return { opening, answers, dropped: [] };
  const before = await evaluateForm(library.formOf(typedInto), answers, opening.context, await library.catalogue());
  const asBefore = new Set(misplaced(before).map(({ key, code }) => `${code} ${key}`));
  const lost = new Set(misplaced(opening.evaluation).flatMap(({ key, code }) => (asBefore.has(`${code} ${key}`) ? [] : [key])));
  if (lost.size === 0) return { opening, answers, dropped: [] };
  const kept = answers.filter(({ field }) => !lost.has(field));
  return {
    opening: await evaluateOpening(context, em, version, { ...input, answers: kept }),
    answers: kept,
    dropped: answers.filter(({ field }) => lost.has(field)).flatMap((answer) => droppedOf(answer, before)),
  };
}

/** In the words that the older version showed; as typed where it was wrong there too. */
function droppedOf({ field, value }: Answer, { chosen, fields, guidance }: FormEvaluation): Dropped[] {
  const was = chosen.get(field);
  if (was) return [{ field, value, label: was.label, display: was.display }];
  const typed = [value].flat().filter((part) => part !== null && part !== '');
  const label = [...fields, ...guidance].find(({ key }) => key === field)?.label ?? sameText(field);
  return typed.length === 0 ? [] : [{ field, value, label, display: sameText(typed.join(', ')) }];
}
