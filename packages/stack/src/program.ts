import type { ChildProcess } from 'node:child_process';

/** How one program of the stack is started, known to be ready, and stopped. */
export interface Program {
  /** Also the name of its log file: `tickets`, or `tickets-2` for a second replica. */
  readonly name: string;
  /** Before each start, also before a restart: what a killed one left behind is put right. */
  prepare?(): Promise<void>;
  spawn(): ChildProcess;
  /** Settles when it takes requests; the caller watches for its end, and aborts when nobody waits any more. */
  ready(child: ChildProcess, signal: AbortSignal): Promise<void>;
  readonly stopSignal: NodeJS.Signals;
  /** After this it is ended the hard way. Milliseconds. */
  readonly grace: number;
  readonly hardSignal?: NodeJS.Signals;
  /** True for our Node processes: they end by themselves when their standard input closes. */
  readonly watchesParent?: boolean;
}

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export const describeEnd = ({ code, signal }: Ended): string => (signal ? `by ${signal}` : `with exit code ${code}`);

/** Starts a program once. Rejects with `EndedWhileStarting` when it ends before it was ready. */
export async function startProgram(program: Program, onSpawn?: (child: ChildProcess) => void): Promise<ChildProcess> {
  await program.prepare?.();
  const child = program.spawn();
  onSpawn?.(child);
  const waiting = new AbortController();
  const ended = new Promise<never>((_, reject) => {
    child.once('error', (error) => reject(new EndedWhileStarting(program.name, { code: null, signal: null }, error)));
    child.once('exit', (code, signal) => reject(new EndedWhileStarting(program.name, { code, signal })));
  });
  try {
    await Promise.race([program.ready(child, waiting.signal), ended]);
    return child;
  } finally {
    waiting.abort();
    ended.catch(() => undefined);
  }
}

export class EndedWhileStarting extends Error {
  readonly program: string;
  readonly end: Ended;

  constructor(program: string, end: Ended, cause?: Error) {
    super(cause ? `${program} does not run: ${cause.message}` : `${program} ended ${describeEnd(end)} while starting`);
    this.program = program;
    this.end = end;
  }
}

/** Asks a child to end, insists after its grace, and comes back when it is gone. */
export async function endChild(
  child: ChildProcess,
  { stopSignal, grace, hardSignal = 'SIGKILL' }: Omit<Program, 'spawn' | 'ready' | 'name'>,
): Promise<void> {
  if (isGone(child)) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill(stopSignal);
  const insist = setTimeout(() => child.kill(hardSignal), grace);
  await gone;
  clearTimeout(insist);
}

export const isGone = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
