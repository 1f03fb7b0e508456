/** Something that was said again, and how often. */
export interface Repeated<Fact> {
  fact: Fact;
  count: number;
}

const WINDOW = 60_000; // 1 minute in ms
const MOST = 10_000; // different ones in a minute: a few MiB at the very most

/** Facts that are alike within a minute: the first is news, those after it are counted. Its memory is bounded. */
export class Repeats<Fact> {
  readonly #window: number;
  readonly #most: number;
  readonly #counted = new Map<string, Repeated<Fact> & { until: number }>();

  constructor({ window = WINDOW, most = MOST }: { window?: number; most?: number | undefined } = {}) {
    this.#window = window;
    this.#most = most;
  }

  /** Whether another key has room. Without room, only keys of a bounded number should be said. */
  takes(key: string): boolean {
    return this.#counted.has(key) || this.#counted.size < this.#most;
  }

  /** True: the first of its minute. False: it was counted; `merge` says what the fact is of both. */
  isNews(key: string, fact: Fact, now: number, merge: (before: Fact, now: Fact) => Fact): boolean {
    const known = this.#counted.get(key);
    if (!known) this.#counted.set(key, { fact, count: 0, until: now + this.#window });
    else Object.assign(known, { fact: known.count === 0 ? fact : merge(known.fact, fact), count: known.count + 1 });
    return !known;
  }

  /** What was repeated in a minute that is over, once. */
  due(now: number): Repeated<Fact>[] {
    const over = [...this.#counted].filter(([, { until }]) => until <= now);
    for (const [key] of over) this.#counted.delete(key);
    return over.flatMap(([, { fact, count }]) => (count > 0 ? { fact, count } : []));
  }
}
