import type { Log } from '@atende/service/process';
import type { Registry } from './registry/registry.ts';
import { TextCopy } from './registry/text-copy.ts';

export interface TrustedFeedOptions {
  registry: Pick<Registry, 'place' | 'documents'>;
  /** Where they are kept on this machine, for a start while the registry is away. */
  copyFile: string | undefined;
  log: Log;
  /** Told of all stored documents, at the start and whenever they are others. */
  onTaken(texts: readonly string[]): void;
}

const PAUSE = 400; // ms; and up to as much again, so that many gateways do not ask in step

/** Follows the documents that clients have stored in the registry. While it is away, those that were known go on being known. */
export class TrustedFeed {
  readonly #options: TrustedFeedOptions;
  readonly #copy: TextCopy | null;
  #reading: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #tag: string | undefined;
  #isAway = false;
  #isClosed = false;

  constructor(options: TrustedFeedOptions) {
    this.#options = options;
    this.#copy = options.copyFile === undefined ? null : new TextCopy(`${options.copyFile}.documents`);
    this.#next(0);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#reading;
  }

  #next(pause = PAUSE + Math.random() * PAUSE): void {
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => {
      this.#reading = this.#read().finally(() => this.#next());
    }, pause);
  }

  async #read(): Promise<void> {
    const { registry, log, onTaken } = this.#options;
    try {
      const found = await registry.documents(this.#tag);
      if (this.#isAway) log.info({ place: registry.place }, 'stored documents can be read');
      this.#isAway = false;
      if (found === 'UNCHANGED') return;
      this.#tag = found.tag;
      onTaken(found.texts);
      await this.#copy?.write(JSON.stringify(found.texts));
    } catch (error) {
      if (!this.#isAway) log.warn({ place: registry.place, reason: (error as Error).message }, 'stored documents cannot be read');
      this.#isAway = true;
      if (this.#tag === undefined) await this.#remember();
    }
  }

  async #remember(): Promise<void> {
    const text = await this.#copy?.read();
    if (!text) return;
    this.#tag = '';
    this.#options.onTaken(JSON.parse(text));
  }
}
