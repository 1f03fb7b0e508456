import { setImmediate } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { CatalogueEntry } from './catalogue.ts';
import { MemoryCatalogue } from './catalogue-memory.ts';
import { indexOf } from './catalogue-search.ts';

/** Rows that are read and looked through at a time: some milliseconds, other requests run in between. */
const BATCH = 1_000;

/**
 * The catalogue as this process knows it. Edits are numbered in the order in which they are committed (catalogue-edit.ts), so a
 * refresh reads what is newer than the last edit it knows, and nothing when there is none.
 */
export class CatalogueShelf {
  readonly #forWorker: () => EntityManager;
  #catalogue = new MemoryCatalogue([]);
  /** The last edit that is known. */
  #revision = -1;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(forWorker: () => EntityManager) {
    this.#forWorker = forWorker;
  }

  async current(): Promise<MemoryCatalogue> {
    return this.#revision < 0 ? this.refresh() : this.#catalogue;
  }

  /** Everything that was committed before this was called. */
  refresh(): Promise<MemoryCatalogue> {
    const turn = this.#turn.then(() => this.#read());
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #read(): Promise<MemoryCatalogue> {
    const { rows, revision } = await this.#newer();
    let fresh = this.#catalogue;
    for (let from = 0; from < rows.length; from += BATCH) {
      fresh = new MemoryCatalogue(rows.slice(from, from + BATCH), fresh);
      await setImmediate();
    }
    this.#catalogue = fresh;
    this.#revision = revision;
    return fresh;
  }

  /** Entries of later edits, parents before their children, however long ago each was changed. */
  async #newer(): Promise<{ rows: CatalogueEntry[]; revision: number }> {
    const em = this.#forWorker();
    const rows: CatalogueEntry[] = [];
    let [revision, last] = [this.#revision, LAST_PATH];
    for (let more = true; more; ) {
      const read = await em.execute<(CatalogueEntry & { revision: string })[]>(NEWER, [revision, last, BATCH]);
      for (const { revision: edit, ...entry } of read) {
        [revision, last] = [Number(edit), entry.path];
        indexOf(entry);
        rows.push(entry);
      }
      more = read.length === BATCH;
    }
    rows.sort((a, b) => (a.path < b.path ? -1 : 1));
    return { rows, revision: Math.max(revision, 0) };
  }
}

/** After every path: the whole of an edit is known, or nothing of it. */
const LAST_PATH = '\u{10ffff}';

const NEWER = `select id, parent_id as "parentId", path, level, code, labels, help, aliases, service_group as "serviceGroup", kind, retired,
    replaced_by_id as "replacedById", version, position, revision
  from catalogue_entry where (revision, path collate "C") > (?, ?) order by revision, path collate "C" limit ?`;
