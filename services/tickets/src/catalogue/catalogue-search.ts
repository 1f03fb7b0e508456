import { searchable, searchWords } from '@atende/service';
import type { Language } from '../form/form-text.ts';
import type { CatalogueEntry, ResolvedEntry } from './catalogue.ts';

/** How an entry is found and sorted. */
export interface Indexed {
  /** everything it may be found by, simplified, a space before each word */
  words: string;
  /** its label in each language, simplified */
  names: Record<Language, string>;
}

const indexes = new WeakMap<CatalogueEntry, Indexed>();

/** An entry's words and names; a stored entry is never changed in place, so they are written down once. */
export function indexOf(entry: CatalogueEntry): Indexed {
  const known = indexes.get(entry);
  if (known) return known;
  const { 'pt-BR': label, en, es } = entry.labels;
  const pt = searchable(label);
  const names = { 'pt-BR': pt, en: en === label ? pt : searchable(en), es: es === label ? pt : searchable(es) };
  const words = [searchable([entry.code, ...entry.aliases].join(' ')), ...new Set(Object.values(names))].map((some) => ` ${some}`).join('');
  const index = { words, names };
  indexes.set(entry, index);
  return index;
}

/** What the words of an entry must hold to be found, the longest first: every word looked for begins some word of theirs. */
export const beginnings = (search: string): string[] =>
  searchWords(search)
    .map((word) => ` ${word}`)
    .sort((a, b) => b.length - a.length);

/**
 * The order of every page of options, and so the key of its cursor: position, then label in the reader's language
 * (simplified, compared by code unit as PostgreSQL's collation "C" does for these letters), then id.
 */
export type OptionKey = readonly [position: number, label: string, id: string];

export const optionKey = ({ position, index, id }: ResolvedEntry, language: Language): OptionKey => [position, index.names[language], id];

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
