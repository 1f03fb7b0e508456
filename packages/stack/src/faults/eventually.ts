import { setTimeout as pause } from 'node:timers/promises';

/** Looks again and again until what is wanted is there; the last look is the answer when it never is. */
export async function eventually<T>(look: () => Promise<T>, isThere: (seen: T) => boolean, withinMs = 30_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const seen = await look().catch((error) => {
      if (Date.now() > deadline) throw error;
      return undefined;
    });
    if (seen !== undefined && (isThere(seen) || Date.now() > deadline)) return seen;
    await pause(100);
  }
}
