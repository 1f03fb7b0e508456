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
import { optionFault } from './form-option.ts';
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
  completeness: { score: number; answered: number; total: number; missing: string[] };
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

interface Pass {
  context: FormContext;
  catalogue: CatalogueView;
  facts: ConditionFacts;
  chosen: Map<string, Chosen>;
  labels: Map<string, Localized>;
  faults: FormFault[];
}

/** The decision itself: no input, no output, one pass from the top of the form to its end. */
export function decideForm(form: Form, answers: readonly Answer[], context: FormContext, catalogue: CatalogueView): FormEvaluation {
  const { fields, byKey } = planOf(form);
  const chosen = new Map<string, Chosen>();
  const facts = factsFor(byKey, context, catalogue, chosen);
  const pass: Pass = { context, catalogue, facts, chosen, labels: new Map(), faults: [] };
  const given = collect(byKey, answers, pass.faults);
  const states = fields.map((field) => decideField(field, given.get(field.key) ?? null, pass));
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
function collect(byKey: ReadonlyMap<string, Field>, answers: readonly Answer[], faults: FormFault[]): Map<string, unknown> {
  const given = new Map<string, unknown>();
  const reported = new Set<string>();
  for (const { field: key, value } of answers) {
    const known = byKey.get(key);
    if (known && !given.has(key)) given.set(key, value);
    else if (!reported.has(key)) {
      reported.add(key);
      faults.push({
        field: ['answers', key],
        code: known ? 'DUPLICATE_ANSWER' : 'UNKNOWN_FIELD',
        label: known ? fillText(known.label, () => undefined) : sameText(key),
        params: {},
      });
    }
  }
  return given;
}

function decideField(field: Field, given: unknown, pass: Pass): FieldState {
  const { chosen, facts } = pass;
  const label = fillText(field.label, (key) => chosen.get(key)?.display);
  pass.labels.set(field.key, label);
  const before = pass.faults.length;
  const visible = holds(field.visible, facts);
  const fixed = visible && field.fixed.some((choice) => holds(choice.when, facts));
  const one = decideValue(field, given, visible, fixed, pass);
  if (one) chosen.set(field.key, one);
  const required = visible && holds(field.required, facts);
  if (required && !one && pass.faults.length === before) fault(field, 'REQUIRED', pass);
  if (field.mustBeOn && one?.value === false) fault(field, 'MUST_BE_ON', pass);
  return { key: field.key, field, label, visible, required, fixed, value: one?.value ?? null, display: one?.display ?? null };
}

/** Where a field's value comes from; what may not come from the caller is refused, never overwritten in silence. */
function decideValue(field: Field, given: unknown, visible: boolean, fixed: boolean, pass: Pass): Chosen | null {
  const isAnswered = given !== null;
  if (field.kind === 'COMPUTED' || field.kind === 'DISPLAY') {
    if (isAnswered) fault(field, 'COMPUTED_FIELD', pass);
    return visible ? chose(field, automaticValue(field, pass.context), [], pass) : null;
  }
  if (!visible) return isAnswered ? fault(field, 'HIDDEN_FIELD', pass) : null;
  if (fixed) {
    if (isAnswered) fault(field, 'FIXED_FIELD', pass);
    return literal(field, field.fixed, pass);
  }
  const ownInput = inputValue(field, pass.context);
  if (ownInput !== undefined) return isAnswered ? fault(field, 'WRONG_KIND', pass) : chose(field, ownInput, [], pass);
  return isAnswered ? decideAnswer(field, given, pass) : literal(field, field.default, pass);
}

/** Reads what the caller gave. An empty text counts as no answer, and no answer as the default. */
function decideAnswer(field: Field, given: unknown, pass: Pass): Chosen | null {
  const read = readAnswer(field, given);
  if ('fault' in read) return fault(field, read.fault, pass, read.params);
  if (read.value === null) return literal(field, field.default, pass);
  if (!field.options) return chose(field, read.value, [], pass, true);
  const source = field.options;
  const above = source.parent === undefined ? null : (pass.chosen.get(source.parent)?.entries[0] ?? null);
  const parent = pass.labels.get(source.parent ?? '') ?? sameText('');
  const ids = typeof read.value === 'string' ? [read.value] : (read.value as readonly string[]);
  const entries = ids.map((id) => pass.catalogue.byId(id));
  const wrong = new Set(entries.map((entry) => optionFault(source, entry, above)).filter((code) => code !== null));
  for (const code of wrong) fault(field, code, pass, { parent });
  return wrong.size > 0 ? null : chose(field, read.value, entries as ResolvedEntry[], pass, true);
}

/** The first choice of the form that holds here. A path that the catalogue does not have is no value. */
function literal(field: Field, choices: Field['fixed'], pass: Pass): Chosen | null {
  const choice = choices.find((one) => holds(one.when, pass.facts));
  if (!choice) return null;
  if (!field.options) return chose(field, choice.value, [], pass);
  const entries = pathsOf(choice).flatMap((path) => pass.catalogue.byPath(path) ?? []);
  const ids = entries.map((entry) => entry.id).sort();
  return chose(field, field.kind === 'SELECT' ? (ids[0] ?? null) : ids, entries, pass);
}

function chose(field: Field, value: Value | null, entries: readonly ResolvedEntry[], pass: Pass, answered = false): Chosen | null {
  if (value === null || (typeof value === 'object' && value.length === 0)) return null;
  const label = pass.labels.get(field.key) ?? field.label;
  return { field, label, value, entries, display: displayOf(field, value, entries), answered };
}

function fault(field: Field, code: FormFault['code'], pass: Pass, params: FormFault['params'] = {}): null {
  const label = pass.labels.get(field.key) ?? field.label;
  pass.faults.push({
    field: code === 'REQUIRED' ? pathOfField(field) : ['answers', field.key],
    code,
    label,
    params: { kind: field.kind, ...params },
  });
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
      const scopes = [scopeOf(source, above?.id ?? null), scopeOf(source, above?.path ?? null)];
      return scopes.some((scope) => scope !== null && catalogue.filled(scope));
    },
  };
}

function completenessOf(guidance: readonly FieldState[]): FormEvaluation['completeness'] {
  const asked = guidance.filter((item) => item.visible);
  const missing = asked.filter((item) => item.value === null).map((item) => item.key);
  const answered = asked.length - missing.length;
  const score = asked.length === 0 ? 100 : Math.round((answered * 100) / asked.length);
  return { score, answered, total: asked.length, missing };
}
