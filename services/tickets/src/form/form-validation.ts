import { type Choice, type Field, type FieldKind, type Form, fieldSchema, type Meaning, probesOf } from './form.ts';
import { type Condition, fieldsIn, partsOf, type Rule } from './form-condition.ts';
import { type FormDefect, type Say, saying } from './form-defect.ts';
import { withoutWrongRules } from './form-rules.ts';
import { readShape } from './form-shape.ts';
import { placeholdersOf } from './form-text.ts';
import { asList, asRecord, asText } from './form-written.ts';

export const MOST_FIELDS = 100; // of a form with its checklist

export interface FormCheck {
  /** null where it has not the shape of one */
  form: Form | null;
  defects: FormDefect[];
}

/** Reads a form written as data. All its defects come at once: those of shape, and those of sense in the fields that have their shape. */
export function validateForm(data: unknown): FormCheck {
  const { data: mended, defects: rules } = withoutWrongRules(data);
  const { form, defects: shape } = readShape(mended);
  return {
    form: rules.length === 0 ? form : null,
    defects: [...rules, ...shape, ...senseOf(readableFields(mended)), ...stepDefects(data)],
  };
}

interface Placed {
  path: string[];
  key: string;
  /** null: its shape is wrong, reported already */
  field: Field | null;
  isGuidance: boolean;
}

function readableFields(data: unknown): Placed[] {
  const form = asRecord(data);
  const inSteps = asList(form.steps).flatMap((step, at) => place(asRecord(step).fields, ['steps', String(at), 'fields'], false));
  return [...inSteps, ...place(form.guidance, ['guidance'], true)];
}

const place = (list: unknown, at: string[], isGuidance: boolean): Placed[] =>
  asList(list).map((item, index) => {
    const { data } = fieldSchema.safeParse(item);
    return { path: [...at, String(index)], key: asText(asRecord(item).key), field: data ?? null, isGuidance };
  });

function stepDefects(data: unknown): FormDefect[] {
  const keys = asList(asRecord(data).steps).map((step) => asRecord(step).key);
  return keys.flatMap((key, at): FormDefect[] =>
    typeof key === 'string' && keys.indexOf(key) < at ? [{ rule: 'KEY_TAKEN', path: ['steps', String(at), 'key'], params: { key } }] : [],
  );
}

function senseOf(placed: readonly Placed[]): FormDefect[] {
  const above = new Map<string, Field | null>();
  const means = new Set<Meaning>();
  const defects: FormDefect[] = [];
  const about = saying(defects);
  if (placed.length > MOST_FIELDS) about('steps', 'TOO_MANY', { max: MOST_FIELDS });
  for (const { path, key, field, isGuidance } of placed) {
    const say = saying(defects, ...path);
    if (key !== '' && above.has(key)) say('key', 'KEY_TAKEN', { key });
    if (key in Object.prototype) say('key', 'KEY_RESERVED', { key });
    if (field) {
      checkReferences(field, above, say);
      checkKind(field, say);
      checkMeaning(field, means, say);
      if (isGuidance && field.required !== false) say('required', 'CHECKLIST_IS_OPTIONAL');
    }
    above.set(key, field);
  }
  const isWhole = placed.every(({ field }) => field);
  if (isWhole && !means.has('subject') && !means.has('summary')) about('steps', 'NO_SUBJECT');
  if (isWhole && !means.has('description')) about('steps', 'NO_DESCRIPTION');
  return defects;
}

/** Rules of a field, each with where it stands. */
export const placedRules = ({ visible, required, ...field }: Field): [string, Rule][] => [
  ['visible', visible],
  ['required', required],
  ...(['fixed', 'default'] as const).flatMap((name) => field[name].map(({ when }, at): [string, Rule] => [`${name}.${at}.when`, when])),
];

/** A rule looks upwards only: what is below is not decided yet when the rule is. */
function checkReferences(field: Field, above: ReadonlyMap<string, Field | null>, say: Say): void {
  const isAbove = (where: string, key: string) => above.has(key) || say(where, 'NOT_ABOVE', { key });
  for (const key of placeholdersOf(field.label)) isAbove('label', key);
  for (const [where, rule] of placedRules(field)) {
    for (const key of fieldsIn(rule)) isAbove(where, key);
    for (const part of partsOf(rule)) checkComparison(part, above, where, say);
  }
  for (const key of probesOf(field)) {
    const probed = key === field.key ? field : above.get(key);
    if (probed === undefined) isAbove('visible', key);
    else if (probed && !probed.options) say('visible', 'HAS_NO_OPTIONS', { key });
  }
  const parent = field.options?.parent;
  if (parent === undefined) return;
  isAbove('options.parent', parent);
  if (above.get(parent) && above.get(parent)?.kind !== 'SELECT') say('options.parent', 'NOT_A_SELECT', { key: parent });
}

/** What a field is compared with must be something that it can be. */
function checkComparison(part: Condition, above: ReadonlyMap<string, Field | null>, where: string, say: Say): void {
  const field = 'field' in part && above.get(part.field);
  if (!field) return;
  if ('under' in part && !field.options) say(where, 'HAS_NO_OPTIONS', { key: field.key });
  if ('is' in part && part.is.some((word) => (typeof word === 'boolean') !== (field.kind === 'BOOLEAN')))
    say(where, 'NEVER_EQUAL', { key: field.key });
}

const ownInputKinds = ['EMAIL_LIST', 'FILES', 'ON_BEHALF'];

/** What belongs to a kind, and what contradicts it. */
function checkKind(field: Field, say: Say): void {
  const { kind } = field;
  const isText = kind === 'TEXT' || kind === 'LONG_TEXT';
  const isChoice = kind === 'SELECT' || kind === 'MULTI_SELECT';
  const isShown = kind === 'DISPLAY' || kind === 'COMPUTED';
  if (isChoice !== (field.options !== undefined)) say('options', isChoice ? 'NEEDS_OPTIONS' : 'TAKES_NO_OPTIONS');
  if (isText !== (field.maxLength !== undefined)) say('maxLength', isText ? 'NEEDS_LENGTH' : 'TAKES_NO_LENGTH');
  if ((kind === 'DISPLAY') !== (field.automatic !== undefined)) say('automatic', 'ONLY_DISPLAY_IS_AUTOMATIC');
  if (field.mustBeOn && kind !== 'BOOLEAN') say('mustBeOn', 'ONLY_SWITCH_MUST_BE_ON');
  if (isShown && field.required !== false) say('required', 'FILLED_BY_SERVER');
  if (kind === 'FILES' && !field.help) say('help', 'NEEDS_PRIVACY_HELP');
  for (const name of ['fixed', 'default'] as const) {
    if (field[name].length > 0 && (isShown || ownInputKinds.includes(kind))) say(name, 'TAKES_NO_VALUE');
    else for (const [index, choice] of field[name].entries()) fits(choice, kind) || say(`${name}.${index}.value`, 'NOT_ITS_VALUE');
  }
}

const fits = ({ value }: Choice, kind: Field['kind']): boolean =>
  kind === 'BOOLEAN' ? typeof value === 'boolean' : kind === 'MULTI_SELECT' ? Array.isArray(value) : typeof value === 'string';

const kindsOfMeaning: Partial<Record<Meaning, readonly FieldKind[]>> = {
  subject: ['TEXT'],
  summary: ['TEXT'],
  description: ['TEXT', 'LONG_TEXT'],
  watchers: ['EMAIL_LIST'],
  attachments: ['FILES'],
  onBehalf: ['ON_BEHALF'],
  organization: ['DISPLAY'],
  contact: ['DISPLAY'],
  criticality: ['COMPUTED'],
  directToBso: ['BOOLEAN'],
  inClientCustomization: ['BOOLEAN'],
};

/** Routing and criticality read a meaning in one way: as an option, a switch, a text. */
function checkMeaning({ means, kind }: Field, taken: Set<Meaning>, say: Say): void {
  if (!means) return;
  const kinds = kindsOfMeaning[means] ?? ['SELECT'];
  if (taken.has(means)) say('means', 'MEANING_TAKEN', { means });
  if (!kinds.includes(kind)) say('means', 'MEANING_OF_ANOTHER_KIND', { means, kinds: kinds.join(', ') });
  taken.add(means);
}
