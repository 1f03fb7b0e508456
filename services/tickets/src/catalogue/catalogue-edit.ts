import { type EventDefinition, OFFERED_AT_ONCE, OptionRetired, OptionsChanged, OptionsOffered } from '@atende/events';
import { type EventFacts, newId, recordEvent } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { TicketsContext } from '../tickets-context.ts';
import type { CatalogueEntry } from './catalogue.ts';
import type { MemoryCatalogue } from './catalogue-memory.ts';
import { batchesOf, placesOf } from './catalogue-places.ts';

/** One entry before and after an edit; no `before` for a new one. */
export interface Edited {
  before: CatalogueEntry | null;
  entry: CatalogueEntry;
}

/** Rows that are sent at a time: other requests run in between. */
const BATCH = 1_000;

/**
 * An edit of the catalogue in its transaction: whoever made it sees every earlier edit, and nobody makes another before it is
 * committed or gone, so that edits are numbered in the order of their commits.
 */
export class CatalogueEdit {
  /** The aggregate of what is told of it. */
  readonly id: string;
  readonly #em: EntityManager;
  readonly #context: TicketsContext;
  #told = 0;

  private constructor(context: TicketsContext, em: EntityManager, id: string) {
    [this.#context, this.#em, this.id] = [context, em, id];
  }

  static async begin(
    context: TicketsContext,
    em: EntityManager,
    id = newId('cat'),
  ): Promise<{ edit: CatalogueEdit; catalogue: MemoryCatalogue }> {
    await em.execute('select pg_advisory_xact_lock(7285)');
    return { edit: new CatalogueEdit(context, em, id), catalogue: await context.deps.library.freshCatalogue() };
  }

  /** Writes entries as they are from now on, and tells other services what that means for them. */
  async keep(edits: readonly Edited[], catalogue: MemoryCatalogue): Promise<void> {
    if (edits.length === 0) return;
    const [{ revision } = { revision: 0 }] = await this.#em.execute<{ revision: number }[]>(NEXT);
    const inOrder = edits.toSorted((a, b) => (a.entry.path < b.entry.path ? -1 : 1)); // parents first
    for (let from = 0; from < inOrder.length; from += BATCH) {
      const rows = inOrder.slice(from, from + BATCH).map(({ entry }) => entry);
      await this.#em.execute(KEEP, [this.#context.now, revision, JSON.stringify(rows)]);
    }
    const after = new Map(inOrder.map(({ entry }) => [entry.id, entry]));
    const news = inOrder.filter(({ before }) => !before).map(({ entry }) => entry);
    for (const places of batchesOf(placesOf(news, (id) => after.get(id) ?? catalogue.byId(id)))) this.tell(OptionsOffered, { places });
    const known = inOrder.filter(({ before }) => before);
    const isRetired = ({ before, entry }: Edited): boolean => entry.retired && !before?.retired;
    for (const { entry } of known.filter(isRetired)) this.#tellRetired(entry);
    const changed = known.filter((one) => !isRetired(one)).map(({ entry }) => entry.id);
    for (let from = 0; from < changed.length; from += OFFERED_AT_ONCE)
      this.tell(OptionsChanged, { optionIds: changed.slice(from, from + OFFERED_AT_ONCE) });
  }

  /** Records something about the edit as a whole. */
  tell<Definition extends EventDefinition>(definition: Definition, data: EventFacts<Definition>['data']): void {
    this.#told += 1;
    recordEvent(this.#em, definition, { aggregate: this.id, version: this.#told, ...this.#facts, data });
  }

  #tellRetired({ id, version, level, replacedById }: CatalogueEntry): void {
    recordEvent(this.#em, OptionRetired, { aggregate: id, version, ...this.#facts, data: { list: level, replacedById } });
  }

  get #facts() {
    const { viewer, now, requestId, traceparent } = this.#context;
    return { actor: viewer.analystId ?? viewer.personId, audience: 'SYSTEM' as const, at: now, requestId, traceparent };
  }
}

const NEXT = 'select coalesce(max(revision), 0)::int + 1 as revision from catalogue_entry';

// What can never change is not written twice.
const KEEP = `insert into catalogue_entry (id, parent_id, path, level, code, labels, help, aliases, service_group, kind, retired,
    replaced_by_id, version, position, changed_at, revision)
  select id, "parentId", path, level, code, labels, help, aliases, "serviceGroup", kind, retired, "replacedById", version, position, ?, ?
  from json_to_recordset(?) as entry (id text, "parentId" text, path text, level text, code text, labels jsonb, help jsonb, aliases text[],
    "serviceGroup" text, kind text, retired boolean, "replacedById" text, version int, position int)
  on conflict (id) do update set labels = excluded.labels, help = excluded.help, aliases = excluded.aliases,
    service_group = excluded.service_group, kind = excluded.kind, retired = excluded.retired, replaced_by_id = excluded.replaced_by_id,
    version = excluded.version, position = excluded.position, changed_at = excluded.changed_at, revision = excluded.revision`;
