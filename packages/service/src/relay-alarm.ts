/** Waits for a ring or a time-out, whichever comes first; a ring while nobody waits is kept. */
export class Alarm {
  #rung = false;
  #resolve: (() => void) | null = null;

  ring(): void {
    this.#rung = true;
    this.#resolve?.();
  }

  async wait(ms: number, signal: AbortSignal): Promise<void> {
    if (!this.#rung && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#resolve = () => {
          clearTimeout(timer);
          resolve();
        };
        signal.addEventListener('abort', this.#resolve, { once: true });
      });
      if (this.#resolve) signal.removeEventListener('abort', this.#resolve);
      this.#resolve = null;
    }
    this.#rung = false;
  }
}
