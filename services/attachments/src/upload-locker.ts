import { ERRORS, type Lock, type Locker, type RequestRelease } from '@tus/server';

const LONGEST_WAIT = 10_000; // ms

interface Held {
  /** Asks the holder to finish soon. */
  askToRelease: RequestRelease;
  waiting: (() => void)[];
}

/**
 * One request at a time writes an upload. A client that comes back after a broken connection asks the half-dead request to
 * let go and waits in a queue. (The locker of the package waits by asking again and again without a pause.)
 */
export class UploadLocker implements Locker {
  readonly #held = new Map<string, Held>();

  newLock(id: string): Lock {
    return {
      lock: (signal, askToRelease) => this.#acquire(id, signal, askToRelease),
      unlock: async () => this.#release(id),
    };
  }

  async #acquire(id: string, signal: AbortSignal, askToRelease: RequestRelease): Promise<void> {
    const giveUp = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_WAIT)]);
    for (let held = this.#held.get(id); held; held = this.#held.get(id)) {
      await held.askToRelease();
      await turn(held, giveUp);
    }
    if (giveUp.aborted) throw ERRORS.ERR_LOCK_TIMEOUT;
    this.#held.set(id, { askToRelease, waiting: [] });
  }

  #release(id: string): void {
    const held = this.#held.get(id);
    this.#held.delete(id);
    for (const proceed of held?.waiting ?? []) proceed();
  }
}

/** Resolves when the lock was released; whoever is first then has it. */
const turn = (held: Held, giveUp: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = () => reject(ERRORS.ERR_LOCK_TIMEOUT);
    if (giveUp.aborted) return stop();
    giveUp.addEventListener('abort', stop, { once: true });
    held.waiting.push(() => {
      giveUp.removeEventListener('abort', stop);
      resolve();
    });
  });
