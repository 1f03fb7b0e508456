import type { Form } from '../form/form.ts';
import { type FormDefect, saying } from '../form/form-defect.ts';
import { MOST_FIELDS, validateForm } from '../form/form-validation.ts';
import { asList, asRecord } from '../form/form-written.ts';

/** What a definition may be at most; the largest of an installation has 11,000 characters and is 9 deep. */
export const MOST = { text: 131_072, depth: 20, items: 200, fields: 2 * MOST_FIELDS, words: 4_000 } as const;

/** A form as a supervisor wrote it. `data` is null where it is no JSON, or nothing to be looked at in bounded time. */
export interface ReadDefinition {
  data: unknown;
  /** null where it has not the shape of one */
  form: Form | null;
  defects: FormDefect[];
}

const unreadable = (rule: FormDefect['rule'], params: FormDefect['params'] = {}): ReadDefinition => ({
  data: null,
  form: null,
  defects: [{ rule, path: [], params }],
});

/** Reads a definition: JSON of a form. Everything that is wrong with it comes at once, save where it is too much to look at. */
export function readDefinition(text: string): ReadDefinition {
  if (text.length > MOST.text) return unreadable('TOO_LARGE', { max: MOST.text, length: text.length });
  if (isDeep(text)) return unreadable('TOO_DEEP', { max: MOST.depth });
  const data = parsed(text);
  if (data === undefined) return unreadable('NOT_JSON');
  const excess = excessIn(data);
  if (excess.length > 0) return { data: null, form: null, defects: excess };
  const { form, defects } = validateForm(data);
  return { data, form, defects: defects.slice(0, MOST.items) };
}

/** A definition as people read it. */
export const written = (definition: object): string => JSON.stringify(definition, null, 2);

/** Undefined: it is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Counted in the text, so that nothing deep is ever walked through. */
function isDeep(text: string): boolean {
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"?|[[\]{}]/gs)) {
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    if (depth > MOST.depth) return true;
  }
  return false;
}

/** What no form has: endless lists and texts, and characters that PostgreSQL does not store. */
function excessIn(data: unknown): FormDefect[] {
  const defects: FormDefect[] = [];
  const walk = (value: unknown, path: string[]): void => {
    const say = saying(defects, ...path);
    if (typeof value === 'string') {
      if (value.length > MOST.words) say('', 'TOO_LONG', { max: MOST.words });
      if (value.includes('\0') || !value.isWellFormed()) say('', 'NOT_STORABLE');
    }
    if (typeof value !== 'object' || value === null) return;
    const parts = Object.entries(value);
    if (parts.length > MOST.items) return say('', 'TOO_MANY', { max: MOST.items });
    for (const [key, part] of parts) {
      if (key === '__proto__' || key.length > 200) say('', 'UNKNOWN_PROPERTY', { key: key.slice(0, 40) });
      else walk(part, [...path, key]);
    }
  };
  const fields = [...asList(asRecord(data).steps), data].flatMap((step) => asList(asRecord(step).fields ?? asRecord(step).guidance));
  if (fields.length > MOST.fields) saying(defects)('steps', 'TOO_MANY', { max: MOST_FIELDS });
  else walk(data, []);
  return defects.slice(0, MOST.items);
}
