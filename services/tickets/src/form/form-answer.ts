import type { Field } from './form.ts';

/** The one form in which an answer is kept: a trimmed text, a boolean, the id of an option, a sorted list of ids. */
export type Value = string | boolean | readonly string[];

export type ReadAnswer = { value: Value | null } | { fault: 'WRONG_KIND' | 'TOO_LONG' | 'TOO_MANY'; params: Record<string, number> };

export const MAX_CHOICES = 50;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;
const visibleCharacter = /[^\p{Z}\p{C}\p{M}]/u;

/** One spelling for what looks the same: PostgreSQL stores no NUL and no half surrogate, and search knows NFC only. */
export function canonicalText(raw: string, oneLine: boolean): string {
  const clean = raw.replace(/\r\n?/g, '\n').replace(controls, '').toWellFormed().normalize('NFC');
  const words = oneLine ? clean.replace(/\s+/g, ' ') : clean;
  return visibleCharacter.test(words) ? words.trim() : '';
}

/** Code points, the characters a person counts; the length in UTF-16 units is never smaller. */
export const lengthOf = (words: string, max: number): number => (words.length <= max ? words.length : [...words].length);

/** Reads a client's value for a field that may be answered. An empty text or list is no answer. */
export function readAnswer(field: Field, raw: unknown): ReadAnswer {
  if (raw === null || raw === undefined) return { value: null };
  switch (field.kind) {
    case 'TEXT':
    case 'LONG_TEXT':
      return typeof raw === 'string' ? readText(raw, field) : wrongKind;
    case 'BOOLEAN':
      return typeof raw === 'boolean' ? { value: raw } : wrongKind;
    case 'SELECT':
      return typeof raw === 'string' ? { value: raw.trim() || null } : wrongKind;
    case 'MULTI_SELECT':
      return isTexts(raw) ? readChoices(raw) : wrongKind;
    default:
      return wrongKind; // the other kinds take no answer; the evaluator refuses them before
  }
}

const wrongKind: ReadAnswer = { fault: 'WRONG_KIND', params: {} };

const isTexts = (raw: unknown): raw is string[] => Array.isArray(raw) && raw.every((item) => typeof item === 'string');

function readText(raw: string, { kind, maxLength = 255 }: Field): ReadAnswer {
  const words = canonicalText(raw, kind === 'TEXT');
  const length = lengthOf(words, maxLength);
  return length > maxLength ? { fault: 'TOO_LONG', params: { max: maxLength, length } } : { value: words || null };
}

function readChoices(raw: readonly string[]): ReadAnswer {
  const ids = [...new Set(raw.map((id) => id.trim()).filter(Boolean))].sort();
  if (ids.length > MAX_CHOICES) return { fault: 'TOO_MANY', params: { max: MAX_CHOICES, length: ids.length } };
  return { value: ids.length > 0 ? ids : null };
}
