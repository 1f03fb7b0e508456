import type { CatalogueLookup, ResolvedEntry } from '../catalogue/catalogue.ts';
import { type Field, type Form, scopeOf } from './form.ts';
import { readAnswer, type Value } from './form-answer.ts';
import { type Answer, type CatalogueView, catalogueView, neededFor, pathsOf, planOf } from './form-catalogue.ts';
import { type ConditionFacts, holds } from './form-condition.ts';
import type { FormContext } from './form-context.ts';
import { displayOf } from './form-display.ts';
import { type FormFault, pathOfField } from './form-fault.ts';
import { automaticValue, inputFaults, inputValue } from './form-input.ts';
import { type CanonicalAnswers, canonicalOf } from './form-meaning.ts';
import { type OptionFault, optionFault } from './form-option.ts';
import { fillText, type Localized, sameText } from './form-text.ts';

/** A value that holds, with the catalogue entries behind it and the words shown for it. */
export interface Chosen {
  field: Field;
  /** the field's label as it reads here: "Ambiente › RM" */
  label: Localized;
  value: Value;
  entries: readonly ResolvedEntry[];
  display: Localized;
  /** given by the caller among the answers, as opposed to fixed, automatic, a default, or another input */
  answered: boolean;
}

/** What a front end needs to draw one field now. */
export interface FieldState {
  key: string;
  field: Field;
  label: Localized;
  visible: boolean;
  required: boolean;
  fixed: boolean;
  value: Value | null;
  display: Localized | null;
}

export interface FormEvaluation {
  fields: FieldState[];
  guidance: FieldState[];
  faults: FormFault[];
  /** every value that holds, by key, in the order of the form */
  chosen: ReadonlyMap<string, Chosen>;
  canonical: CanonicalAnswers;
  /** score in percent; missing: keys of the checklist */
  completeness: { score: number; missing: string[] };
}

/** Decides a form: visibility, requirement, values, options and all faults, with one look into the catalogue. */
export async function evaluateForm(
  form: Form,
  answers: readonly Answer[],
  context: FormContext,
  lookup: Pick<CatalogueLookup, 'load'>,
): Promise<FormEvaluation> {
  const request = neededFor(form, answers);
  return decideForm(form, answers, context, catalogueView(request, await lookup.load(request)));
}

/** What a pass knows, and what it collects on its way from the top of a form to its end. */
interface Pass {
  context: FormContext;
  catalogue: CatalogueView;
  facts: ConditionFacts;
  byKey: ReadonlyMap<string, Field>;
  chosen: Map<string, Chosen>;
  faults: FormFault[];
}

/** The field that the pass has come to, with the label that it has here and what the caller answered: null is no answer. */
interface Here extends Pass {
  field: Field;
  label: Localized;
  given: unknown;
}

/** The decision itself: no input, no output, one pass from the top of the form to its end. */
export function decideForm(form: Form, answers: readonly Answer[], context: FormContext, catalogue: CatalogueView): FormEvaluation {
  const { fields, byKey } = planOf(form);
  const chosen = new Map<string, Chosen>();
  const facts = factsFor(byKey, context, catalogue, chosen);
  const pass: Pass = { context, catalogue, facts, byKey, chosen, faults: [] };
  const given = collect(answers, pass);
  const states = fields.map((field) =>
    decideField({ ...pass, field, label: labelHere(field, chosen), given: given.get(field.key) ?? null }),
  );
  const guidance = states.splice(states.length - form.guidance.length);
  const product = form.product === null ? null : (catalogue.byPath(form.product) ?? null);
  return {
    fields: states,
    guidance,
    faults: [...pass.faults, ...inputFaults(form, context)],
    chosen,
    canonical: canonicalOf(chosen, product),
    completeness: completenessOf(guidance),
  };
}

/** One answer per field: of several the first counts, and that there were more is a fault. */
function collect(answers: readonly Answer[], { byKey, chosen, faults }: Pass): Map<string, unknown> {
  const given = new Map<string, unknown>();
  const reported = new Set<string>();
  for (const { field: key, value } of answers) {
    const known = byKey.get(key);
    if (known && !given.has(key)) given.set(key, value);
    else if (!reported.has(key)) {
      reported.add(key);
      const label = known ? labelHere(known, chosen) : sameText(key);
      faults.push({ field: ['answers', key], code: known ? 'DUPLICATE_ANSWER' : 'UNKNOWN_FIELD', label, params: {} });
    }
  }
  return given;
}

/** A field's label, with the words of what was chosen above it. */
const labelHere = ({ label }: Field, chosen: ReadonlyMap<string, Chosen>): Localized => fillText(label, (key) => chosen.get(key)?.display);

function decideField(here: Here): FieldState {
  const { field, label, facts, chosen, faults } = here;
  const before = faults.length;
  const visible = holds(field.visible, facts);
  const fixed = visible && field.fixed.some((choice) => holds(choice.when, facts));
  const one = decideValue(here, visible, fixed);
  if (one) chosen.set(field.key, one);
  const required = visible && holds(field.required, facts);
  if (required && !one && faults.length === before) fault(here, 'REQUIRED');
  if (field.mustBeOn && one?.value === false) fault(here, 'MUST_BE_ON');
  return { key: field.key, field, label, visible, required, fixed, value: one?.value ?? null, display: one?.display ?? null };
}

/** Where a field's value comes from; what may not come from the caller is refused, never overwritten in silence. */
function decideValue(here: Here, visible: boolean, fixed: boolean): Chosen | null {
  const { field, context, given } = here;
  const isAnswered = given !== null;
  if (field.kind === 'COMPUTED' || field.kind === 'DISPLAY') {
    if (isAnswered) fault(here, 'COMPUTED_FIELD');
    return visible ? chose(here, automaticValue(field, context)) : null;
  }
  if (!visible) return isAnswered ? fault(here, 'HIDDEN_FIELD') : null;
  if (fixed) {
    if (isAnswered) fault(here, 'FIXED_FIELD');
    return literal(here, field.fixed);
  }
  const ownInput = inputValue(field, context);
  if (ownInput !== undefined) return isAnswered ? fault(here, 'WRONG_KIND') : chose(here, ownInput);
  return isAnswered ? decideAnswer(here) : beginning(here);
}

/** Reads what the caller gave. An empty text counts as no answer, and no answer as the default. */
function decideAnswer(here: Here): Chosen | null {
  const { field, given, chosen, byKey, catalogue } = here;
  const read = readAnswer(field, given);
  if ('fault' in read) return fault(here, read.fault, read.params);
  if (read.value === null) return beginning(here);
  if (!field.options) return chose(here, read.value, [], true);
  const ids = typeof read.value === 'string' ? [read.value] : (read.value as readonly string[]);
  const entries = ids.map((id) => catalogue.byId(id));
  const wrong = optionFaults(here, entries);
  const parent = byKey.get(field.options.parent ?? '');
  for (const code of wrong) fault(here, code, parent && { parent: labelHere(parent, chosen) });
  return wrong.size > 0 ? null : chose(here, read.value, entries as ResolvedEntry[], true);
}

/** Why options may not be chosen here, each reason once. */
function optionFaults({ field: { options }, chosen }: Here, entries: readonly (ResolvedEntry | undefined)[]): Set<OptionFault> {
  if (!options) return new Set();
  const above = chosen.get(options.parent ?? '')?.entries[0] ?? null;
  return new Set(entries.flatMap((entry) => optionFault(options, entry, above) ?? []));
}

/** The form's default, where the caller could choose it too. */
function beginning(here: Here): Chosen | null {
  const one = literal(here, here.field.default);
  return one && optionFaults(here, one.entries).size === 0 ? one : null;
}

/** The first choice of the form that holds here. A path that the catalogue does not have is no value. */
function literal(here: Here, choices: Field['fixed']): Chosen | null {
  const choice = choices.find((one) => holds(one.when, here.facts));
  if (!choice) return null;
  if (!here.field.options) return chose(here, choice.value);
  const entries = pathsOf(choice).flatMap((path) => here.catalogue.byPath(path) ?? []);
  const ids = entries.map((entry) => entry.id).sort();
  return chose(here, here.field.kind === 'SELECT' ? (ids[0] ?? null) : ids, entries);
}

function chose({ field, label }: Here, value: Value | null, entries: readonly ResolvedEntry[] = [], answered = false): Chosen | null {
  if (value === null || (typeof value === 'object' && value.length === 0)) return null;
  return { field, label, value, entries, display: displayOf(field, value, entries), answered };
}

function fault({ field, label, faults }: Here, code: FormFault['code'], params: FormFault['params'] = {}): null {
  const path = code === 'REQUIRED' ? pathOfField(field) : ['answers', field.key];
  faults.push({ field: path, code, label, params: { kind: field.kind, ...params } });
  return null;
}

function factsFor(
  byKey: ReadonlyMap<string, Field>,
  { channel, staff, organization }: FormContext,
  catalogue: CatalogueView,
  chosen: ReadonlyMap<string, Chosen>,
): ConditionFacts {
  return {
    channel,
    staff,
    organization,
    answer(key) {
      const one = chosen.get(key);
      if (!one || one.entries.length > 0) return one?.entries.map((entry) => entry.code);
      return typeof one.value === 'object' ? one.value : [one.value];
    },
    paths: (key) => chosen.get(key)?.entries.map((entry) => entry.path) ?? [],
    hasOptions(key) {
      const source = byKey.get(key)?.options;
      if (!source) return false;
      const above = chosen.get(source.parent ?? '')?.entries[0];
      // A scope was asked for by id where the caller made the choice above, by path where the form did.
      const scopes = [scopeOf(source, above?.id ?? null), scopeOf(source, above?.path ?? null)];
      return scopes.some((scope) => scope !== null && catalogue.filled(scope));
    },
  };
}

function completenessOf(guidance: readonly FieldState[]): FormEvaluation['completeness'] {
  const asked = guidance.filter((item) => item.visible);
  const missing = asked.filter((item) => item.value === null).map((item) => item.key);
  const score = asked.length === 0 ? 100 : Math.round(((asked.length - missing.length) * 100) / asked.length);
  return { score, missing };
}
