import { type Choice, type Field, type Form, fieldSchema, formSchema, probesOf, rulesOf } from './form.ts';
import { fieldsIn } from './form-condition.ts';
import { placeholdersOf } from './form-text.ts';

/** A defect of a form as data, for the supervisor who wrote it. */
export interface FormDefect {
  /** where in the data: `steps.0.fields.3.options.parent` */
  path: string;
  message: string;
}

export type FormCheck = { form: Form; defects: [] } | { form: null; defects: FormDefect[] };

/** Reads a form written as data. All its defects come at once: those of shape, and those of sense in the fields that have their shape. */
export function validateForm(data: unknown): FormCheck {
  const parsed = formSchema.safeParse(data);
  const shape = parsed.success ? [] : parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
  const defects = [...shape, ...senseOf(readableFields(data))];
  return parsed.success && defects.length === 0 ? { form: parsed.data, defects: [] } : { form: null, defects };
}

interface Placed {
  path: string;
  key: string;
  /** null: its shape is wrong, reported already */
  field: Field | null;
  isGuidance: boolean;
}

function readableFields(data: unknown): Placed[] {
  const form = asRecord(data);
  const inSteps = asList(form.steps).flatMap((step, at) => place(asRecord(step).fields, `steps.${at}.fields`, false));
  return [...inSteps, ...place(form.guidance, 'guidance', true)];
}

const place = (list: unknown, at: string, isGuidance: boolean): Placed[] =>
  asList(list).map((item, index) => {
    const { data } = fieldSchema.safeParse(item);
    return { path: `${at}.${index}`, key: String(asRecord(item).key), field: data ?? null, isGuidance };
  });

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const asRecord = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? { ...value } : {});

function senseOf(placed: readonly Placed[]): FormDefect[] {
  const above = new Map<string, Field | null>();
  const means = new Set<string>();
  const defects: FormDefect[] = [];
  for (const { path, key, field, isGuidance } of placed) {
    const say = (where: string, message: string) => defects.push({ path: `${path}.${where}`, message });
    if (above.has(key)) say('key', `the key ${key} is taken by a field above`);
    if (field) {
      checkReferences(field, above, say);
      checkKind(field, say);
      if (field.means && means.has(field.means)) say('means', `another field above means ${field.means} already`);
      if (isGuidance && field.required !== false) say('required', 'an item of the checklist is optional');
      if (field.means) means.add(field.means);
    }
    above.set(key, field);
  }
  const isWhole = placed.every(({ field }) => field);
  if (isWhole && !means.has('subject') && !means.has('summary'))
    defects.push({ path: 'steps', message: 'no field means subject or summary' });
  if (isWhole && !means.has('description')) defects.push({ path: 'steps', message: 'no field means description' });
  return defects;
}

type Say = (where: string, message: string) => void;

/** A rule looks upwards only: what is below is not decided yet when the rule is. */
function checkReferences(field: Field, above: ReadonlyMap<string, Field | null>, say: Say): void {
  const isAbove = (where: string, key: string) => above.has(key) || say(where, `${key} is no field above this one`);
  for (const key of [...rulesOf(field).flatMap(fieldsIn), ...placeholdersOf(field.label)]) isAbove('key', key);
  for (const key of probesOf(field)) {
    const probed = key === field.key ? field : above.get(key);
    if (probed === undefined) isAbove('key', key);
    else if (probed && !probed.options) say('key', `${key} has no options to look for`);
  }
  const parent = field.options?.parent;
  if (parent === undefined) return;
  isAbove('options.parent', parent);
  if (above.get(parent) && above.get(parent)?.kind !== 'SELECT') say('options.parent', `${parent} is not a SELECT`);
}

const ownInputKinds = ['EMAIL_LIST', 'FILES', 'ON_BEHALF'];

/** What belongs to a kind, and what contradicts it. */
function checkKind(field: Field, say: Say): void {
  const { kind } = field;
  const isText = kind === 'TEXT' || kind === 'LONG_TEXT';
  const isChoice = kind === 'SELECT' || kind === 'MULTI_SELECT';
  const isShown = kind === 'DISPLAY' || kind === 'COMPUTED';
  if (isChoice !== (field.options !== undefined)) say('options', isChoice ? `a ${kind} needs options` : `a ${kind} has no options`);
  if (isText !== (field.maxLength !== undefined)) say('maxLength', isText ? `a ${kind} needs maxLength` : `a ${kind} has no length`);
  if ((kind === 'DISPLAY') !== (field.automatic !== undefined)) say('automatic', 'a DISPLAY, and nothing else, is automatic');
  if (field.mustBeOn && kind !== 'BOOLEAN') say('mustBeOn', 'only a BOOLEAN can have to be on');
  if (isShown && field.required !== false) say('required', `a ${kind} is filled by the server: it is not required of anyone`);
  if (kind === 'FILES' && !field.help) say('help', 'wherever a file can be added, the help says what it must not show');
  for (const name of ['fixed', 'default'] as const) {
    if (field[name].length > 0 && (isShown || ownInputKinds.includes(kind))) say(name, `a ${kind} takes no value from the form`);
    else
      for (const [index, choice] of field[name].entries())
        fits(choice, kind) || say(`${name}.${index}.value`, `this is no value of a ${kind}`);
  }
}

const fits = ({ value }: Choice, kind: Field['kind']): boolean =>
  kind === 'BOOLEAN' ? typeof value === 'boolean' : kind === 'MULTI_SELECT' ? Array.isArray(value) : typeof value === 'string';
