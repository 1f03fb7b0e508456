import { isUnder } from '../form/form-condition.ts';
import type { Language } from '../form/form-text.ts';
import { type ResolvedEntry, ROOTS, type TreeScope } from './catalogue.ts';
import { compareKeys, type OptionKey, optionKey } from './catalogue-search.ts';

/** The entries of a scope, sorted once for each language that asked. */
export interface CatalogueList {
  scope: TreeScope;
  /** path of the node they stand below; null: anywhere */
  top: string | null;
  entries: readonly ResolvedEntry[];
  sorted: Map<Language, readonly ResolvedEntry[]>;
}

export const nameOfList = ({ levels, below, depth, state }: TreeScope): string => JSON.stringify([levels, below, depth, state]);

/** Whether an entry belongs to a list below this node. */
export function belongs(entry: ResolvedEntry, { levels, depth, state = 'IN_USE' }: TreeScope, top: string | null): boolean {
  if (levels !== null && !levels.includes(entry.level)) return false;
  if (state !== 'ANY' && entry.retired !== (state === 'OUT_OF_USE')) return false;
  if (top === null) return true;
  if (top === ROOTS) return entry.parentId === null;
  if (entry.path.length <= top.length || !isUnder(entry.path, top)) return false;
  return depth === 'DESCENDANTS' || entry.path.lastIndexOf('/') === top.length;
}

export function sortedFor(list: CatalogueList, language: Language): readonly ResolvedEntry[] {
  let sorted = list.sorted.get(language);
  if (!sorted) {
    sorted = inOrder(list.entries, language);
    list.sorted.set(language, sorted);
  }
  return sorted;
}

const inOrder = (entries: readonly ResolvedEntry[], language: Language): ResolvedEntry[] =>
  entries
    .map((entry) => ({ entry, key: optionKey(entry, language) }))
    .sort((a, b) => compareKeys(a.key, b.key))
    .map(({ entry }) => entry);

/** The list after some entries changed: `changed` are those that it may have held, `coming` as they are now. A long list costs its length. */
export function patched(list: CatalogueList, changed: ReadonlySet<string>, coming: readonly ResolvedEntry[]): CatalogueList {
  const fits = coming.filter((entry) => belongs(entry, list.scope, list.top));
  const left = (entries: readonly ResolvedEntry[]): ResolvedEntry[] => entries.filter(({ id }) => !changed.has(id));
  const entries = left(list.entries);
  if (fits.length === 0 && entries.length === list.entries.length) return list;
  const sorted = [...list.sorted].map(([language, before]) => [language, merged(left(before), inOrder(fits, language), language)] as const);
  return { ...list, entries: entries.concat(fits), sorted: new Map(sorted) };
}

function merged(into: ResolvedEntry[], news: readonly ResolvedEntry[], language: Language): ResolvedEntry[] {
  for (const entry of news) into.splice(firstAfter(into, optionKey(entry, language), language), 0, entry);
  return into;
}

/** Index of the first entry past a key, by halving. */
export function firstAfter(sorted: readonly ResolvedEntry[], key: OptionKey, language: Language): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const there = sorted[middle];
    if (there && compareKeys(optionKey(there, language), key) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
