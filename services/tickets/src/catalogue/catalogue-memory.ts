import {
  type CatalogueEntry,
  type CatalogueLookup,
  type CatalogueRequest,
  type CatalogueSlice,
  type ListedEntry,
  type OptionPage,
  type OptionPageRequest,
  type ResolvedEntry,
  ROOTS,
  type TreeScope,
} from './catalogue.ts';
import { belongs, type CatalogueList, firstAfter, nameOfList, patched, sortedFor } from './catalogue-list.ts';
import { indexOf, optionCursor, optionKey, readOptionCursor } from './catalogue-search.ts';
import { foundIn } from './catalogue-search-text.ts';

/** From so many changed entries on, lists are made anew rather than mended. */
const MANY = 200;

/**
 * A whole catalogue in memory. It never changes: after an edit a new one is made, of what changed and of the one before. Lists are
 * filtered and sorted at the first question for them and kept, so that a page of a long list costs its own length only.
 */
export class MemoryCatalogue implements CatalogueLookup {
  readonly #byId: Map<string, ResolvedEntry>;
  readonly #byPath: Map<string, ResolvedEntry>;
  /** Ids of what stands right below an entry. */
  readonly #below: Map<string, readonly string[]>;
  readonly #lists = new Map<string, CatalogueList>();
  #byCode: Map<string, ResolvedEntry> | undefined;

  /** Entries in any order, new ones and changed ones; one that stands below an absent entry is refused. */
  constructor(entries: readonly CatalogueEntry[], before?: MemoryCatalogue) {
    this.#byId = new Map(before ? before.#byId : []);
    this.#byPath = new Map(before ? before.#byPath : []);
    this.#below = new Map(before ? before.#below : []);
    this.#link(entries.filter(({ id }) => !this.#byId.has(id)));
    const changed = new Map(entries.map((entry) => [entry.id, entry]));
    for (const { id } of entries) this.#addBelow(id, changed);
    const affected = new Set(changed.keys());
    const resolved = [...affected].map((id) => this.#resolve(id, changed));
    if (before && affected.size < MANY) for (const [name, list] of before.#lists) this.#lists.set(name, patched(list, affected, resolved));
  }

  byId(id: string): ResolvedEntry | undefined {
    return this.#byId.get(id);
  }

  byPath(path: string): ResolvedEntry | undefined {
    return this.#byPath.get(path);
  }

  /** All of it, in no order. */
  all(): ResolvedEntry[] {
    return [...this.#byId.values()];
  }

  async load({ ids, paths, scopes }: CatalogueRequest): Promise<CatalogueSlice> {
    const found = [...ids.map((id) => this.#byId.get(id)), ...paths.map((path) => this.#byPath.get(path))];
    return {
      entries: [...new Set(found.filter((entry) => entry !== undefined))],
      filled: scopes.map((scope) => (this.#list(scope)?.entries.length ?? 0) > 0),
    };
  }

  async page(scope: TreeScope, { search, language, first, after }: OptionPageRequest): Promise<OptionPage> {
    const list = this.#list(scope);
    if (!list) return { entries: [], cursors: [], below: '', hasNextPage: false };
    const start = after === null ? null : readOptionCursor(after);
    const sorted = sortedFor(list, language);
    const found: ResolvedEntry[] = [];
    for (const entry of foundIn(sorted, search ?? '', start === null ? 0 : firstAfter(sorted, start, language)))
      if (found.push(entry) > first) break;
    const page = found.slice(0, first);
    return {
      entries: page.map((entry) => this.#listed(entry)),
      cursors: page.map((entry) => optionCursor(optionKey(entry, language))),
      below: list.top === null ? null : (this.#byPath.get(list.top)?.id ?? null),
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
    return { ...entry, children: this.#below.has(entry.id) };
  }

  /** Undefined below what does not exist: anyone may ask for that, so it is not kept. */
  #list(scope: TreeScope): CatalogueList | undefined {
    const { below } = scope;
    const node = below === null || below === ROOTS ? null : (this.#byId.get(below) ?? this.#byPath.get(below));
    if (node === undefined) return;
    const top = node?.path ?? below;
    const name = nameOfList({ ...scope, below: top });
    let list = this.#lists.get(name);
    if (!list) {
      const near = node && scope.depth === 'CHILDREN' ? this.#childrenOf(node.id) : this.all();
      list = { scope, top, entries: near.filter((entry) => belongs(entry, scope, top)), sorted: new Map() };
      this.#lists.set(name, list);
    }
    return list;
  }

  #childrenOf(id: string): ResolvedEntry[] {
    return (this.#below.get(id) ?? []).flatMap((one) => this.#byId.get(one) ?? []);
  }

  #link(news: readonly CatalogueEntry[]): void {
    for (const [parentId, children] of Map.groupBy(news, (entry) => entry.parentId ?? ROOTS))
      this.#below.set(parentId, [...(this.#below.get(parentId) ?? []), ...children.map(({ id }) => id)]);
  }

  /** What an entry hands down changes with it. */
  #addBelow(id: string, changed: Map<string, CatalogueEntry>): void {
    for (const { id: child, own } of this.#childrenOf(id)) {
      if (changed.has(child)) continue;
      changed.set(child, own);
      this.#addBelow(child, changed);
    }
  }

  /** An entry with what it inherits; `waiting` are those that are still to be looked at. */
  #resolve(id: string, waiting: Map<string, CatalogueEntry>): ResolvedEntry {
    const own = waiting.get(id);
    if (!own) return this.#byId.get(id) as ResolvedEntry;
    waiting.delete(id);
    const { parentId } = own;
    if (parentId !== null && !waiting.has(parentId) && !this.#byId.has(parentId))
      throw new Error(`${own.path} stands below an entry that is not there`);
    const parent = parentId === null ? null : this.#resolve(parentId, waiting);
    const resolved: ResolvedEntry = {
      ...own,
      own,
      index: indexOf(own),
      serviceGroup: own.serviceGroup ?? parent?.serviceGroup ?? null,
      retired: own.retired || (parent?.retired ?? false),
      trail: parent ? [...parent.trail, parent.labels] : [],
    };
    this.#byId.set(id, resolved);
    this.#byPath.set(own.path, resolved);
    return resolved;
  }
}
