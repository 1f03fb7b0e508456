import type { Log } from '@atende/service/process';
import type { Supergraph } from './supergraph.ts';
import type { SupergraphSource } from './supergraph-source.ts';

export interface SupergraphFeedOptions {
  source: SupergraphSource;
  load(sdl: string): Promise<Supergraph>;
  log: Log;
  /** Told of each one that is taken, before requests meet it. */
  onTaken(supergraph: Supergraph): void;
  onRefused?(reason: string): void;
}

const RETIREMENT = 10_000; // ms a replaced one may still plan for requests under way, longer than any of them

/** The supergraph that serves. A changed one is built beside it; one that is no good is refused and the old serves on. */
export class SupergraphFeed {
  readonly #options: SupergraphFeedOptions;
  readonly #unwatch: () => void;
  readonly #retired = new Set<Supergraph>();
  #timer: NodeJS.Timeout | undefined;
  #current: Supergraph | null = null;
  /** What was read last, good or bad. */
  #seen: string | undefined;
  #trouble: string | null = null;
  #reading: Promise<void> | null = null;
  #again = false;
  #closed = false;

  constructor(options: SupergraphFeedOptions) {
    this.#options = options;
    this.#unwatch = options.source.watch(() => void this.check());
    void this.check();
  }

  /** Null until the first good one. */
  get current(): Supergraph | null {
    return this.#current;
  }

  /** Reads the source now; resolves when what stands there is taken or refused. */
  check(): Promise<void> {
    if (this.#reading) this.#again = true;
    this.#reading ??= this.#read().finally(() => this.#next());
    return this.#reading;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#unwatch();
    await this.#reading;
    await Promise.all([...this.#retired, this.#current].map((supergraph) => supergraph?.close()));
  }

  #next(): void {
    this.#reading = null;
    if (this.#closed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.check(), this.#options.source.pause());
    if (!this.#again) return;
    this.#again = false;
    void this.check();
  }

  async #read(): Promise<void> {
    const { source } = this.#options;
    try {
      const sdl = await source.read();
      if (sdl === 'UNCHANGED') return this.#note(null);
      this.#note(sdl === null ? 'there is no supergraph' : null);
      if (sdl !== null && sdl !== this.#seen && (await this.#take(sdl))) await this.#remember();
    } catch (error) {
      this.#note((error as Error).message);
    }
    if (!this.#current) await this.#fallBack();
  }

  /** A place that does not answer is said once, not at every look. */
  #note(trouble: string | null): void {
    const { source, log } = this.#options;
    if (trouble === this.#trouble) return;
    this.#trouble = trouble;
    const serving = this.#current?.id ?? null;
    if (trouble) log.warn({ place: source.place, serving, reason: trouble }, 'the supergraph cannot be read; what serves serves on');
    else log.info({ place: source.place }, 'the supergraph can be read');
  }

  async #remember(): Promise<void> {
    const { source, log } = this.#options;
    await source.taken().catch((error) => log.warn({ err: error }, 'the supergraph that serves could not be kept for the next start'));
  }

  async #fallBack(): Promise<void> {
    const { source, log } = this.#options;
    const remembered = await source.remembered();
    if (remembered === null || remembered === this.#seen) return;
    log.warn({ place: source.place }, 'serving the supergraph that served before this start');
    await this.#take(remembered);
  }

  async #take(sdl: string): Promise<boolean> {
    const { load, log, onTaken, onRefused } = this.#options;
    this.#seen = sdl;
    try {
      const next = await load(sdl);
      if (this.#closed) {
        await next.close();
        return false;
      }
      const before = this.#current;
      onTaken(next);
      this.#current = next;
      log.info({ supergraph: next.id, before: before?.id ?? null }, 'supergraph taken');
      if (before) this.#retire(before);
      return true;
    } catch (error) {
      const reason = (error as Error).message;
      log.error({ reason, serving: this.#current?.id ?? null }, 'supergraph refused; the one before serves on');
      onRefused?.(reason);
      return false;
    }
  }

  #retire(supergraph: Supergraph): void {
    this.#retired.add(supergraph);
    const end = () => this.#retired.delete(supergraph) && supergraph.close();
    setTimeout(end, RETIREMENT).unref();
  }
}
