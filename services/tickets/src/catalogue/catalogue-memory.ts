import { searchWords } from '@atende/service';
import { isUnder } from '../form/form-condition.ts';
import type { Language } from '../form/form-text.ts';
import type {
  CatalogueEntry,
  CatalogueLookup,
  CatalogueRequest,
  CatalogueSlice,
  ListedEntry,
  OptionPage,
  OptionPageRequest,
  OptionScope,
  ResolvedEntry,
} from './catalogue.ts';
import { compareKeys, finds, type OptionKey, optionCursor, optionKey, readOptionCursor, searchText } from './catalogue-search.ts';

interface Shelved {
  entry: ResolvedEntry;
  key: OptionKey;
  /** what it is found by, written down at the first search */
  words?: string;
}

/**
 * A whole catalogue in memory. It never changes: after an edit a new one is made. Lists are filtered and sorted at the
 * first question for them and kept, so that a page of a long list costs its own length only.
 */
export class MemoryCatalogue implements CatalogueLookup {
  readonly #byId = new Map<string, ResolvedEntry>();
  readonly #byPath = new Map<string, ResolvedEntry>();
  readonly #children = new Map<string, ResolvedEntry[]>();
  readonly #lists = new Map<string, ResolvedEntry[]>();
  #byCode: Map<string, ResolvedEntry> | undefined;
  readonly #shelves = new Map<string, Shelved[]>();

  /** Entries in any order; one that stands below an absent entry is refused. */
  constructor(entries: readonly CatalogueEntry[]) {
    const rows = new Map(entries.map((entry) => [entry.id, entry]));
    for (const entry of entries) this.#resolve(entry, rows);
  }

  byId(id: string): ResolvedEntry | undefined {
    return this.#byId.get(id);
  }

  byPath(path: string): ResolvedEntry | undefined {
    return this.#byPath.get(path);
  }

  async load({ ids, paths, scopes }: CatalogueRequest): Promise<CatalogueSlice> {
    const found = [...ids.map((id) => this.#byId.get(id)), ...paths.map((path) => this.#byPath.get(path))];
    return {
      entries: [...new Set(found.filter((entry) => entry !== undefined))],
      filled: scopes.map((scope) => this.#list(scope).length > 0),
    };
  }

  async page(scope: OptionScope, { search, language, first, after }: OptionPageRequest): Promise<OptionPage> {
    const start = after === null ? null : readOptionCursor(after);
    const words = searchWords(search ?? '');
    const shelf = this.#shelf(scope, language);
    const found: Shelved[] = [];
    for (let at = start === null ? 0 : firstAfter(shelf, start); at < shelf.length && found.length <= first; at++) {
      const shelved = shelf[at];
      if (shelved && isFound(shelved, words)) found.push(shelved);
    }
    const page = found.slice(0, first);
    const top = this.#topOf(scope);
    return {
      entries: page.map(({ entry }) => this.#listed(entry)),
      cursors: page.map(({ key }) => optionCursor(key)),
      below: top === undefined ? '' : (top?.id ?? null),
      hasNextPage: found.length > first,
    };
  }

  async listed(ids: readonly string[]): Promise<ListedEntry[]> {
    return ids.flatMap((id) => this.#byId.get(id) ?? []).map((entry) => this.#listed(entry));
  }

  async coded(level: string, code: string): Promise<ResolvedEntry | undefined> {
    this.#byCode ??= new Map([...this.#byId.values()].map((entry) => [`${entry.level} ${entry.code}`, entry]));
    return this.#byCode.get(`${level} ${code}`);
  }

  #listed(entry: ResolvedEntry): ListedEntry {
    return { ...entry, children: this.#children.has(entry.id) };
  }

  /** Undefined: it does not exist. */
  #topOf({ below }: OptionScope): ResolvedEntry | null | undefined {
    return below === null ? null : (this.#byId.get(below) ?? this.#byPath.get(below));
  }

  #shelf(scope: OptionScope, language: Language): Shelved[] {
    const name = `${language} ${nameOf(scope)}`;
    let shelf = this.#shelves.get(name);
    if (!shelf) {
      shelf = this.#list(scope).map((entry): Shelved => ({ entry, key: optionKey(entry, language) }));
      shelf.sort((a, b) => compareKeys(a.key, b.key));
      this.#shelves.set(name, shelf);
    }
    return shelf;
  }

  #list(scope: OptionScope): ResolvedEntry[] {
    const { levels, depth } = scope;
    const top = this.#topOf(scope);
    if (top === undefined) return []; // not kept: anyone may ask for what does not exist
    const name = nameOf({ ...scope, below: top?.id ?? null });
    let list = this.#lists.get(name);
    if (!list) {
      const near = top && depth === 'CHILDREN' ? (this.#children.get(top.id) ?? []) : [...this.#byId.values()];
      list = near.filter((entry) => levels.includes(entry.level) && !entry.retired);
      if (top) list = list.filter((entry) => entry !== top && isUnder(entry.path, top.path));
      this.#lists.set(name, list);
    }
    return list;
  }

  #resolve(entry: CatalogueEntry, rows: ReadonlyMap<string, CatalogueEntry>): ResolvedEntry {
    const known = this.#byId.get(entry.id);
    if (known) return known;
    const above = entry.parentId === null ? null : rows.get(entry.parentId);
    if (above === undefined) throw new Error(`${entry.path} stands below an entry that is not there`);
    const parent = above && this.#resolve(above, rows);
    const resolved: ResolvedEntry = {
      ...entry,
      serviceGroup: entry.serviceGroup ?? parent?.serviceGroup ?? null,
      retired: entry.retired || (parent?.retired ?? false),
      trail: parent ? [...parent.trail, parent.labels] : [],
    };
    this.#byId.set(entry.id, resolved);
    this.#byPath.set(entry.path, resolved);
    const siblings = parent && this.#children.get(parent.id);
    if (siblings) siblings.push(resolved);
    else if (parent) this.#children.set(parent.id, [resolved]);
    return resolved;
  }
}

const nameOf = ({ levels, below, depth }: OptionScope): string => JSON.stringify([levels, below, depth]);

function isFound(shelved: Shelved, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  shelved.words ??= searchText(shelved.entry);
  return finds(words, shelved.words);
}

/** Index of the first entry past a key, by halving. */
function firstAfter(shelf: readonly Shelved[], key: OptionKey): number {
  let [low, high] = [0, shelf.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const there = shelf[middle];
    if (there && compareKeys(there.key, key) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
