import { isId } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { MemoryCatalogue } from '../catalogue/catalogue-memory.ts';
import { CatalogueShelf } from '../catalogue/catalogue-shelf.ts';
import { type CriticalityTable, decisionRowsSchema } from '../criticality/criticality.ts';
import { newestEdition } from '../criticality/decision-table.ts';
import { LifecyclePolicy, type LifecycleRule, lifecycleSchema } from '../lifecycle/lifecycle-policy.ts';
import { type Form, formSchema } from './form.ts';
import { FormVersion, type OpenableForm } from './form-version.ts';

interface Shelf {
  /** Tells whether anything was published or edited since. */
  mark: string;
  versions: FormVersion[];
  criticality: CriticalityTable;
  lifecycle: LifecycleRule[];
}

/**
 * Published forms, catalogue and what supervisors set, the same for everybody: read by the worker and held in memory, so that no
 * request pays for them. `refresh`, called every two seconds, reads them again when something changed.
 */
export class FormLibrary {
  readonly #forWorker: () => EntityManager;
  #shelf: Promise<Shelf> | undefined;
  #refreshing = Promise.resolve();
  readonly #catalogue: CatalogueShelf;
  readonly #parsed = new Map<string, Form>();

  constructor(forWorker: () => EntityManager) {
    this.#forWorker = forWorker;
    this.#catalogue = new CatalogueShelf(forWorker);
  }

  catalogue(): Promise<MemoryCatalogue> {
    return this.#catalogue.current();
  }

  /** The catalogue with everything that was committed before this was called. */
  freshCatalogue(): Promise<MemoryCatalogue> {
    return this.#catalogue.refresh();
  }

  /** The newest edition. */
  async decisionTable(): Promise<CriticalityTable> {
    return (await this.#stocked()).criticality;
  }

  /** How long tickets wait. */
  async lifecycle(): Promise<LifecycleRule[]> {
    return (await this.#stocked()).lifecycle;
  }

  /** A published or superseded version by id. One that another replica has just published is looked for. */
  async version(id: string): Promise<FormVersion | undefined> {
    const known = await this.#known(id);
    if (known || !isId('frm', id)) return known;
    await this.refresh();
    return this.#known(id);
  }

  async #known(id: string): Promise<FormVersion | undefined> {
    return (await this.#stocked()).versions.find((version) => version.id === id);
  }

  /** The version that is published for a request type, or a certain one. */
  async ofType(requestType: string, version?: number | null): Promise<FormVersion | undefined> {
    const all = (await this.#stocked()).versions.filter((one) => one.requestType === requestType);
    return version ? all.find((one) => one.version === version) : all.find((one) => one.status === 'PUBLISHED');
  }

  async published(): Promise<FormVersion[]> {
    return (await this.#stocked()).versions.filter((version) => version.status === 'PUBLISHED');
  }

  /** The form of a version, which never changes and so is read once; of a draft as it is now. */
  formOf(version: OpenableForm): Form {
    const known = this.#parsed.get(version.id);
    if (known) return known;
    const form = formSchema.parse(version.definition);
    if (version.status !== 'DRAFT') this.#parsed.set(version.id, form);
    return form;
  }

  /** One at a time: what one has read is never put in the place of what a later one has. */
  refresh(): Promise<void> {
    this.#refreshing = this.#refreshing.catch(() => {}).then(() => this.#refresh());
    return this.#refreshing;
  }

  async #refresh(): Promise<void> {
    await this.#catalogue.refresh();
    const shelf = await this.#shelf?.catch(() => undefined);
    if (shelf && shelf.mark === (await markOf(this.#forWorker()))) return;
    const fresh = stock(this.#forWorker());
    await fresh;
    this.#shelf = fresh;
  }

  #stocked(): Promise<Shelf> {
    this.#shelf ??= stock(this.#forWorker()).catch((error) => {
      this.#shelf = undefined;
      throw error;
    });
    return this.#shelf;
  }
}

async function stock(em: EntityManager): Promise<Shelf> {
  const mark = await markOf(em);
  const versions = await em.find(FormVersion, { status: { $ne: 'DRAFT' } });
  const { edition, rows: decided } = await newestEdition(em);
  const [policy] = await em.find(LifecyclePolicy, {}, { orderBy: { edition: 'desc' }, limit: 1 });
  const criticality = { edition, rows: decisionRowsSchema.parse(decided) };
  return { mark, versions, criticality, lifecycle: lifecycleSchema.parse(policy?.rules) };
}

async function markOf(em: EntityManager): Promise<string> {
  const [row] = await em.execute<{ mark: string }[]>(
    `select concat_ws('|', (select max(edition) from decision_table), (select max(edition) from lifecycle_policy),
       (select string_agg(id || status, ',' order by id) from form_version)) as mark`,
  );
  return row?.mark ?? '';
}
