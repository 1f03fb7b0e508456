import type { Log } from '@atende/service/process';

export interface EndedSessions {
  cursor: string;
  sessionIds: string[];
}

export interface SessionsOptions {
  /** Asks identity for the sessions that ended after a cursor; null when it does not answer. */
  pull(after: string | null): Promise<EndedSessions | null>;
  /** Whether the bus, which pushes ended sessions, answers. */
  busAnswers(): Promise<boolean>;
  log: Log;
  now?(): number;
  /** ms between two pulls. */
  every?: number;
}

/** Nobody can say whether a session has ended. */
export class SessionsUnknown extends Error {}

const EVERY = 1_000; // ms
const TRUSTED = 10_000; // ms that the list counts as true after the last sign of life
const REMEMBERED = 900_000; // 15 minutes, longer than an access token lives

/**
 * Which sessions have ended before their tokens expire. Identity is asked every second and the bus says so at once; when neither
 * has answered for ten seconds, identity is asked for every request.
 */
export class Sessions {
  readonly #options: SessionsOptions;
  readonly #now: () => number;
  readonly #ended = new Map<string, number>();
  readonly #listeners = new Set<(sessionId: string) => void>();
  readonly #timer: NodeJS.Timeout;
  #cursor: string | null = null;
  #known = false;
  #lastSign = Number.NEGATIVE_INFINITY;
  #pulling: Promise<boolean> | null = null;

  constructor(options: SessionsOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#timer = setInterval(() => void this.refresh(), options.every ?? EVERY);
    this.#timer.unref();
  }

  /** Whether the session still counts. A promise only while identity must be asked; rejects with SessionsUnknown. */
  isAlive(sessionId: string): boolean | Promise<boolean> {
    if (this.#ended.has(sessionId)) return false;
    if (this.#known && this.#now() - this.#lastSign < TRUSTED) return true;
    return this.#ask(sessionId);
  }

  /** The bus says that a session has ended. */
  end(sessionId: string): void {
    if (this.#ended.has(sessionId)) return;
    this.#ended.set(sessionId, this.#now());
    for (const listener of this.#listeners) listener(sessionId);
  }

  onEnded(listener: (sessionId: string) => void): void {
    this.#listeners.add(listener);
  }

  /** Asks identity, and the bus where identity does not answer. */
  async refresh(): Promise<void> {
    this.#forget();
    if (await this.#pull()) return;
    if (await this.#options.busAnswers()) this.#lastSign = this.#now();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #ask(sessionId: string): Promise<boolean> {
    // A pull that was already under way when the request came may not know yet what ended just before it.
    await this.#pulling;
    if (!(await this.#pull())) throw new SessionsUnknown('neither identity nor the bus answers');
    return !this.#ended.has(sessionId);
  }

  #pull(): Promise<boolean> {
    this.#pulling ??= this.#pullOnce().finally(() => {
      this.#pulling = null;
    });
    return this.#pulling;
  }

  async #pullOnce(): Promise<boolean> {
    const answer = await this.#options.pull(this.#cursor).catch((error: unknown) => {
      this.#options.log.error({ err: error }, 'the list of ended sessions cannot be read');
      return null;
    });
    if (!answer) return false;
    this.#cursor = answer.cursor;
    this.#known = true;
    this.#lastSign = this.#now();
    for (const sessionId of answer.sessionIds) this.end(sessionId);
    return true;
  }

  #forget(): void {
    const before = this.#now() - REMEMBERED;
    for (const [sessionId, at] of this.#ended) {
      if (at > before) return; // the map keeps the order of the endings
      this.#ended.delete(sessionId);
    }
  }
}
