import { type FSWatcher, watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Log } from '@atende/service/process';
import type { Supergraph } from './supergraph.ts';

export interface SupergraphFileOptions {
  file: string;
  load(sdl: string): Promise<Supergraph>;
  log: Log;
  /** How often the file is read, in ms, beside the notices of the file system, which some mounts never give. */
  poll?: number;
  /** Told of each one that is taken, before requests meet it. */
  onTaken(supergraph: Supergraph): void;
  onRefused?(reason: string): void;
}

const POLL = 1_000; // ms
const RETIREMENT = 10_000; // ms a replaced one may still plan for requests under way, longer than any of them

/** The supergraph in a file. A changed file is built beside the one that serves; one that is no good is refused and the old serves on. */
export class SupergraphFile {
  readonly #options: SupergraphFileOptions;
  readonly #timer: NodeJS.Timeout;
  readonly #watcher: FSWatcher | null;
  readonly #retired = new Set<Supergraph>();
  #current: Supergraph | null = null;
  #seen: string | null | undefined;
  #reading: Promise<void> | null = null;
  #again = false;
  #closed = false;

  constructor(options: SupergraphFileOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.check(), options.poll ?? POLL);
    this.#watcher = watchFolderOf(options.file, () => void this.check());
    void this.check();
  }

  /** Null until the first good one. */
  get current(): Supergraph | null {
    return this.#current;
  }

  /** Reads the file now; resolves when what stands in it is taken or refused. */
  check(): Promise<void> {
    if (this.#reading) this.#again = true;
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
      if (this.#again && !this.#closed) {
        this.#again = false;
        void this.check();
      }
    });
    return this.#reading;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    this.#watcher?.close();
    await this.#reading;
    await Promise.all([...this.#retired, this.#current].map((supergraph) => supergraph?.close()));
  }

  #retire(supergraph: Supergraph): void {
    this.#retired.add(supergraph);
    const end = () => this.#retired.delete(supergraph) && supergraph.close();
    setTimeout(end, RETIREMENT).unref();
  }

  async #read(): Promise<void> {
    const { file, load, log, onTaken, onRefused } = this.#options;
    const sdl = await readFile(file, 'utf8').catch(() => null);
    if (sdl === this.#seen) return;
    this.#seen = sdl;
    if (sdl === null) return log.warn({ file, serving: this.#current?.id ?? null }, 'there is no supergraph file');
    try {
      const next = await load(sdl);
      if (this.#closed) return await next.close();
      const before = this.#current;
      onTaken(next);
      this.#current = next;
      log.info({ supergraph: next.id, before: before?.id ?? null }, 'supergraph taken');
      if (before) this.#retire(before);
    } catch (error) {
      const reason = (error as Error).message;
      log.error({ reason, serving: this.#current?.id ?? null }, 'supergraph refused; the one before serves on');
      onRefused?.(reason);
    }
  }
}

/** The folder, because a file that is replaced whole is another file afterwards. */
function watchFolderOf(file: string, onChange: () => void): FSWatcher | null {
  try {
    const watcher = watch(dirname(file), { persistent: false }, (_event, name) => {
      if (name === null || name === basename(file)) onChange();
    });
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return null; // polling is enough
  }
}
