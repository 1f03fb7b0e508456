import { setTimeout as delay } from 'node:timers/promises';

/** Asks again and again until the answer is yes; gives up silently when the signal says that nobody waits any more. */
export async function waitUntil(answer: () => boolean | Promise<boolean>, signal: AbortSignal, every = 20): Promise<void> {
  while (!signal.aborted && !(await answer())) await delay(every, undefined, { ref: true });
}
