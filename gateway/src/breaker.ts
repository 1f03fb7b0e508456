export type BreakerState = 'closed' | 'open' | 'half-open';

export interface BreakerOptions {
  /** Failures in a row that open it. */
  failures: number;
  /** How long it stays open before one call may try, in ms. */
  coolDown: number;
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  onChange?(state: BreakerState): void;
}

/**
 * Stops asking who does not answer. Open, it refuses at once; after the cool-down one call at a time may try, and the first
 * that succeeds closes it.
 */
export class Breaker {
  readonly #options: BreakerOptions;
  #state: BreakerState = 'closed';
  #failures = 0;
  #openUntil = 0;
  #trying = false;

  constructor(options: BreakerOptions) {
    this.#options = options;
  }

  get state(): BreakerState {
    return this.#state;
  }

  /** Whether a call would be let through, without taking the place of the one that may try. */
  get isWilling(): boolean {
    return this.#state === 'closed' || (!this.#trying && this.#options.now() >= this.#openUntil);
  }

  /** Asks to make a call. Who is let through must report `succeeded`, `failed` or `abandoned`. */
  enter(): boolean {
    if (!this.isWilling) return false;
    if (this.#state !== 'closed') {
      this.#trying = true;
      this.#become('half-open');
    }
    return true;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#trying = false;
    this.#become('closed');
  }

  /** @param coolDown ms until one call may try, where this failure says more than most */
  failed(coolDown = this.#options.coolDown): void {
    this.#failures += 1;
    this.#trying = false;
    if (this.#state === 'closed' && this.#failures < this.#options.failures) return;
    this.#openUntil = this.#options.now() + coolDown;
    this.#become('open');
  }

  /** The caller went away before the answer: nothing was learnt. */
  abandoned(): void {
    if (this.#trying) this.#become('open');
    this.#trying = false;
  }

  #become(state: BreakerState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#options.onChange?.(state);
  }
}
