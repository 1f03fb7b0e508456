import type { Log } from './log.ts';

/** What was started, to be stopped in the opposite order. One part that fails to stop does not keep the others. */
export class Stops {
  readonly #log: Log;
  readonly #parts: { name: string; stop: () => Promise<void> }[] = [];
  #stopped: Promise<void> | undefined;

  constructor(log: Log) {
    this.#log = log;
  }

  push(name: string, stop: () => Promise<void>): void {
    this.#parts.push({ name, stop });
  }

  /** May be asked again: everybody waits for the same end. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stopAll();
    return this.#stopped;
  }

  async #stopAll(): Promise<void> {
    for (const { name, stop } of this.#parts.toReversed()) {
      try {
        await stop();
      } catch (error) {
        this.#log.error({ err: error, part: name }, 'a part did not stop in order');
      }
    }
  }
}

export interface Ending {
  /** End when standard input closes: the launcher's death leaves no orphan. */
  exitWithParent: boolean;
  stop(): Promise<void>;
}

const PATIENCE = 10_000; // ms for a stop in order

/**
 * Stops in order on SIGTERM, SIGINT or the parent's death. A second signal, or a stop that hangs for 10 s or fails, ends at
 * once. To be called before the start, which may wait for long.
 */
export function onEnd({ exitWithParent, stop }: Ending): void {
  let ending = false;
  const end = async (): Promise<void> => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(1), PATIENCE).unref();
    try {
      await stop();
    } catch (error) {
      process.stderr.write(`the stop failed: ${error instanceof Error ? error.message : error}\n`);
      process.exit(1);
    }
    process.exit(0);
  };
  const onSignal = (): void => {
    if (ending) process.exit(1);
    void end();
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  if (!exitWithParent) return;
  process.stdin.on('end', end).on('close', end).on('error', end);
  process.stdin.resume();
}
