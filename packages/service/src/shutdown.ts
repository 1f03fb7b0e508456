export interface Ending {
  /** End when standard input closes: the launcher's death leaves no orphan. */
  exitWithParent: boolean;
  stop(): Promise<void>;
}

/** Stops in order on SIGTERM, SIGINT or the parent's death; a second signal, or a stop that hangs for 10 s, ends at once. */
export function onEnd({ exitWithParent, stop }: Ending): void {
  let ending = false;
  const end = async (): Promise<void> => {
    if (ending) process.exit(1);
    ending = true;
    setTimeout(() => process.exit(1), 10_000).unref();
    await stop();
    process.exit(0);
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  if (!exitWithParent) return;
  process.stdin.on('end', end).on('close', end).on('error', end);
  process.stdin.resume();
}
