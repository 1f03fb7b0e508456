/** Calls `one` `count` times, `clients` at a time; each call gets its number. */
export async function load(count: number, clients: number, one: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (next < count) await one(next++);
    }),
  );
}

/** The smallest of the measured rounds: noise only ever adds. */
export const least = (rounds: number[]): number => Math.min(...rounds);
