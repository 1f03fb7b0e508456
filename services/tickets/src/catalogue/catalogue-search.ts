import { searchable } from '@atende/service';
import { type Language, languages } from '../form/form-text.ts';
import type { CatalogueEntry } from './catalogue.ts';

/** How an entry is found and sorted. */
interface Indexed {
  /** everything it may be found by, simplified */
  words: string;
  /** its label in each language, simplified */
  names: Record<Language, string>;
}

const indexes = new WeakMap<CatalogueEntry, Indexed>();

/** An entry's words and names; a stored entry is never changed in place, so they are written down once. */
export function indexOf(entry: CatalogueEntry): Indexed {
  const known = indexes.get(entry);
  if (known) return known;
  const words = searchable([entry.code, ...Object.values(entry.labels), ...entry.aliases].join(' '));
  const names = Object.fromEntries(languages.map((language) => [language, searchable(entry.labels[language])])) as Indexed['names'];
  const index = { words, names };
  indexes.set(entry, index);
  return index;
}

/** Every word looked for begins some word of the entry. */
export function finds(words: readonly string[], entryWords: string): boolean {
  return words.every((word) => entryWords.startsWith(word) || entryWords.includes(` ${word}`));
}

/**
 * The order of every page of options, and so the key of its cursor: position, then label in the reader's language
 * (simplified, compared by code unit as PostgreSQL's collation "C" does for these letters), then id.
 */
export type OptionKey = readonly [position: number, label: string, id: string];

export const optionKey = (entry: CatalogueEntry, language: Language): OptionKey => [
  entry.position,
  indexOf(entry).names[language],
  entry.id,
];

export function compareKeys(a: OptionKey, b: OptionKey): number {
  return a[0] - b[0] || compareWords(a[1], b[1]) || compareWords(a[2], b[2]);
}

const compareWords = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const optionCursor = (key: OptionKey): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/** Null for anything that is not a cursor of ours. */
export function readOptionCursor(cursor: string): OptionKey | null {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(key) &&
      key.length === 3 &&
      Number.isSafeInteger(key[0]) &&
      typeof key[1] === 'string' &&
      typeof key[2] === 'string'
      ? [key[0], key[1], key[2]]
      : null;
  } catch {
    return null; // not JSON
  }
}
