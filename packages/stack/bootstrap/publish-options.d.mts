export function publishOptions(
  args: readonly string[],
  place: { root: string; cwd: string; env: Record<string, string | undefined> },
): { words: string[]; faults?: undefined } | { words?: undefined; faults: string[] };
