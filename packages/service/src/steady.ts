/**
 * Follows something that is there or not, without believing every look: it takes three misses in a row to be gone, and two hits in
 * a row to be back.
 */
export class Steady {
  #isThere: boolean;
  #against = 0;

  constructor(isThere: boolean) {
    this.#isThere = isThere;
  }

  get isThere(): boolean {
    return this.#isThere;
  }

  /** Notes a look. Returns whether that changed anything. */
  note(seen: boolean): boolean {
    this.#against = seen === this.#isThere ? 0 : this.#against + 1;
    if (this.#against < (this.#isThere ? MISSES : HITS)) return false;
    this.#isThere = seen;
    this.#against = 0;
    return true;
  }
}

const MISSES = 3;
const HITS = 2;
