export interface StartOptions {
  help: boolean;
  noDemo: boolean;
  reset: boolean;
  verbose: boolean;
  port: number;
  /** Absolute. */
  data: string;
}
export declare const help: string;
export declare function parseOptions(
  args: readonly string[],
  place: { root: string; cwd: string },
): { options: StartOptions; faults: string[] };
