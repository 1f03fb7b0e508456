/** One thing that must happen before a moment. */
interface Deadline {
  at: number;
  passed(): void;
}

const TICK = 20; // ms: how late a deadline may be noticed

/**
 * Deadlines of many calls, looked at together every 20 ms. A timer for each call would cost more than the rest of its bookkeeping, and
 * nearly all are cancelled.
 */
export class Deadlines {
  readonly #open = new Set<Deadline>();
  #timer: NodeJS.Timeout | null = null;

  /** Calls `passed` when `ms` are over, unless it is deleted before. */
  in(ms: number, passed: () => void): Deadline {
    const deadline = { at: performance.now() + ms, passed };
    this.#open.add(deadline);
    this.#timer ??= setInterval(() => this.#look(), TICK);
    return deadline;
  }

  delete(deadline: Deadline): void {
    this.#open.delete(deadline);
  }

  /** Forgets all of them. */
  stop(): void {
    this.#open.clear();
    this.#rest();
  }

  #look(): void {
    if (this.#open.size === 0) return this.#rest();
    const now = performance.now();
    for (const deadline of this.#open) {
      if (deadline.at > now) continue;
      this.#open.delete(deadline);
      deadline.passed();
    }
  }

  #rest(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }
}
