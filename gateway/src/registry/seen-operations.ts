import { setImmediate as breathe } from 'node:timers/promises';
import type { Log } from '@atende/service/process';
import type { GraphQLSchema } from 'graphql';
import type { Operation } from '../document.ts';
import { type OperationForm, operationForm } from './operation-form.ts';
import { digestOf } from './publication.ts';
import { keyOf, MOST_CLIENTS, merged, type SeenOperation } from './seen-operation.ts';

export interface SeenOperationsOptions {
  /** Takes a report; what it refuses is offered again. */
  report(seen: readonly SeenOperation[]): Promise<void>;
  /** Names of clients that are written down; all others are counted without a name. */
  clients: ReadonlySet<string>;
  log: Log;
  /** ms between two reports. */
  every?: number;
}

/** One operation of the cache of documents, and how often it ran since the last report. */
interface Sighting {
  operation: Operation | null;
  schema: GraphQLSchema | null;
  form: (OperationForm & { hash: string; name: string | null }) | null;
  count: number;
  clients: Map<string, number> | null;
}

const EVERY = 30_000; // ms
const SOON = 500; // ms until something new is reported
const MOST = { waiting: 2_000, size: 4_194_304, report: 500 }; // operations, characters of their texts, operations of one report
const AT_A_TIME = 10; // forms made before requests get their turn

/** Counts which operations run. A request pays for one look into a map; everything else happens between requests. */
export class SeenOperations {
  readonly #options: SeenOperationsOptions;
  readonly #known = new WeakMap<Operation, Sighting>();
  readonly #touched = new Set<Sighting>();
  readonly #waiting = new Map<string, SeenOperation>();
  #timer: NodeJS.Timeout;
  #isSoon = false;
  #reporting: Promise<void> | null = null;
  #isFailing = false;
  #dropped = 0;

  constructor(options: SeenOperationsOptions) {
    this.#options = options;
    this.#timer = this.#in(this.#every);
  }

  /** An operation of a client ran, or a subscription began. */
  note(operation: Operation, schema: GraphQLSchema, client: string | undefined): void {
    const sighting = this.#known.get(operation) ?? this.#meet(operation, schema);
    if (sighting.count === 0) {
      if (this.#touched.size >= MOST.waiting) {
        this.#dropped += 1;
        return;
      }
      this.#touched.add(sighting);
    }
    sighting.count += 1;
    if (client !== undefined) this.#count(sighting, client);
  }

  /** Reports what was seen since the last time. Never rejects. */
  report(): Promise<void> {
    this.#reporting ??= this.#report().finally(() => {
      this.#reporting = null;
    });
    return this.#reporting;
  }

  /** The last report; whoever waits for it longer than `patience` ms goes without. */
  async close(patience = 1_000): Promise<void> {
    let impatience: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      impatience = setTimeout(resolve, patience);
    });
    await Promise.race([this.#lastReport(), late]);
    clearTimeout(impatience);
    clearTimeout(this.#timer);
  }

  async #lastReport(): Promise<void> {
    await this.#reporting;
    await this.report();
  }

  get #every(): number {
    return (this.#options.every ?? EVERY) * (0.75 + Math.random() / 2);
  }

  #in(ms: number): NodeJS.Timeout {
    return setTimeout(() => void this.report(), ms).unref();
  }

  #meet(operation: Operation, schema: GraphQLSchema): Sighting {
    const sighting: Sighting = { operation, schema, form: null, count: 0, clients: null };
    this.#known.set(operation, sighting);
    if (!this.#isSoon) {
      this.#isSoon = true;
      clearTimeout(this.#timer);
      this.#timer = this.#in(Math.min(SOON, this.#every));
    }
    return sighting;
  }

  #count(sighting: Sighting, client: string): void {
    const name = client.split(' ', 1)[0] ?? '';
    if (!this.#options.clients.has(name)) return;
    sighting.clients ??= new Map();
    const count = sighting.clients.get(client);
    if (count !== undefined || sighting.clients.size < MOST_CLIENTS) sighting.clients.set(client, (count ?? 0) + 1);
  }

  async #report(): Promise<void> {
    this.#isSoon = false;
    await this.#collect();
    try {
      for (let batch = [...this.#waiting.values()].slice(0, MOST.report); batch.length > 0; ) {
        await this.#options.report(batch);
        for (const operation of batch) this.#waiting.delete(keyOf(operation));
        batch = [...this.#waiting.values()].slice(0, MOST.report);
      }
      this.#isFailing = false;
    } catch (error) {
      if (!this.#isFailing) this.#options.log.warn({ err: error, waiting: this.#waiting.size }, 'seen operations wait to be reported');
      this.#isFailing = true;
    }
    if (this.#dropped > 0) this.#options.log.warn({ dropped: this.#dropped }, 'more operations were seen than are kept');
    this.#dropped = 0;
    clearTimeout(this.#timer);
    this.#timer = this.#in(this.#every);
  }

  /** Turns what was counted into what can be reported. */
  async #collect(): Promise<void> {
    const now = new Date().toISOString();
    let size = 0;
    for (const { document } of this.#waiting.values()) size += document.length;
    let made = 0;
    for (const sighting of this.#touched) {
      this.#touched.delete(sighting);
      if (sighting.form === null && ++made % AT_A_TIME === 0) await breathe();
      const seen = seenAt(sighting, now);
      const before = this.#waiting.get(keyOf(seen));
      if (!before && (this.#waiting.size >= MOST.waiting || size > MOST.size)) this.#dropped += 1;
      else this.#waiting.set(keyOf(seen), before ? merged(before, seen) : seen);
      if (!before) size += seen.document.length;
    }
  }
}

/** What a sighting amounts to; its count begins anew. */
function seenAt(sighting: Sighting, now: string): SeenOperation {
  const { operation, schema, count, clients } = sighting;
  if (operation && schema) {
    const form = operationForm(schema, operation.document, operation.node);
    sighting.form = { ...form, hash: digestOf(form.document), name: operation.name?.slice(0, 100) ?? null };
    // The cache of documents decides how long they live.
    sighting.operation = null;
    sighting.schema = null;
  }
  const form = sighting.form as NonNullable<Sighting['form']>;
  sighting.count = 0;
  sighting.clients = null;
  return { ...form, first: now, last: now, count, clients: Object.fromEntries(clients ?? []) };
}
