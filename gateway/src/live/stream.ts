import type { Envelope } from '@atende/events';
import { type Bus, encodeCursor, judge, type Log, type Reached, type Stop } from '@atende/service/process';
import { type Owner, OwnerRefused, OwnerUnavailable } from './owner.ts';

export interface StreamOptions {
  owner: Owner;
  bus: Bus;
  log: Log;
  /** Every event once, in the order of positions. */
  onEvent(event: Envelope): void;
  /** The positions known so far mean nothing any more: the store was restored. */
  onNewEpoch(): void;
  /** How many events wait to be worked on: above this, reading pauses. */
  backlog(): number;
  /** ms between two looks at the feed, for what the bus lost without notice. */
  every?: number;
}

const EVERY = 2_000; // ms
const RETRY = 500; // ms until the feed is asked again when its owner is away
const PAGE = 500; // events
const MOST_WAITING = 2_000; // events
const REMEMBERED = 1_000; // events kept for watchers that come back after a short while

/** One service's events as they happen: the bus says them early, the owner's feed says what the bus left out. */
export class EventStream {
  readonly #options: StreamOptions;
  readonly #stop: Stop;
  readonly #timer: NodeJS.Timeout;
  readonly #recent: Envelope[] = [];
  readonly #ready = Promise.withResolvers<void>();
  #reached: Reached | null = null;
  #reading: Promise<void> | null = null;
  #again = false;
  #closed = false;

  constructor(options: StreamOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.read(), options.every ?? EVERY);
    this.#timer.unref();
    this.#stop = options.bus.watch(
      options.owner.name,
      (event) => this.#hear(event),
      () => void this.read(),
    );
    void this.read();
  }

  /** The last event that was passed on; null until the owner or the bus has said where the stream stands. */
  get reached(): Reached | null {
    return this.#reached;
  }

  /** Resolves once it is known where the stream stands. */
  async whereabouts(): Promise<Reached> {
    await this.#ready.promise;
    return this.#reached as Reached;
  }

  /** The events after a position up to the one reached, where they are still remembered. */
  recentAfter(position: number): Envelope[] | null {
    const first = this.#recent[0];
    return first && first.position <= position + 1 ? this.#recent.filter((event) => event.position > position) : null;
  }

  /** Reads the feed from the place reached to its end. One reading at a time; a wish meanwhile is another one after it. */
  read(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    this.#again = this.#reading !== null;
    this.#reading ??= this.#readAll().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    await this.#stop();
    await this.#reading;
  }

  #hear(event: Envelope): void {
    const verdict = this.#reached ? judge(this.#reached, event) : 'NEXT';
    if (verdict === 'NEXT' && this.#options.backlog() < MOST_WAITING) this.#take(event);
    else if (verdict !== 'SEEN') void this.read();
  }

  async #readAll(): Promise<void> {
    do {
      this.#again = false;
      try {
        await this.#readToEnd();
      } catch (error) {
        if (error instanceof OwnerRefused && error.isExpiredCursor) await this.#startAnew();
        else if (error instanceof OwnerUnavailable) setTimeout(() => void this.read(), RETRY).unref();
        else this.#options.log.error({ err: error, service: this.#options.owner.name }, 'the feed of events cannot be read');
      }
    } while (this.#again && !this.#closed);
  }

  async #readToEnd(): Promise<void> {
    const { owner, backlog } = this.#options;
    if (!this.#reached) {
      const { epoch, position } = await owner.feed(null, 1);
      if (!this.#reached) this.#begin(epoch, position);
      return;
    }
    while (!this.#closed && backlog() < MOST_WAITING) {
      const from: Reached = this.#reached;
      const page = await owner.feed(encodeCursor(from), PAGE);
      for (const event of page.events) if (judge(this.#reached, event) !== 'SEEN') this.#take(event);
      if (page.events.length === 0 || this.#reached.position >= page.position) return;
    }
  }

  async #startAnew(): Promise<void> {
    const head = await this.#options.owner.feed(null, 1).catch(() => null);
    if (head) this.#begin(head.epoch, head.position);
  }

  #begin(epoch: string, position: number): void {
    const isFirst = this.#reached === null;
    this.#reached = { epoch, position };
    this.#recent.length = 0;
    if (isFirst) this.#ready.resolve();
    else this.#options.onNewEpoch();
  }

  #take(event: Envelope): void {
    const isFirst = this.#reached === null;
    this.#reached = { epoch: event.epoch, position: event.position };
    this.#recent.push(event);
    if (this.#recent.length > REMEMBERED) this.#recent.splice(0, REMEMBERED / 4);
    if (isFirst) this.#ready.resolve();
    this.#options.onEvent(event);
  }
}
