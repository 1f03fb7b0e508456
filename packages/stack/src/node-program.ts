import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, createWriteStream, openSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import type { Program } from './program.ts';
import { repositoryRoot } from './repository.ts';
import { waitUntil } from './wait-until.ts';

export interface NodeProgramOptions {
  name: string;
  /** The file that Node runs. */
  entry: string;
  env: Record<string, string>;
  /** Answers 200 at /readyz. */
  probeUrl: string;
  logFile: string;
  /** Also hears what the program writes, a piece at a time; everything goes to the log file anyway. */
  onOutput?: (name: string, text: string) => void;
}

/** One of our Node processes. It ends by itself when its standard input closes, so it needs no watchdog. */
export function nodeProgram(options: NodeProgramOptions): Program {
  return {
    name: options.name,
    spawn: () => spawnNode(options),
    ready: (_, signal) => waitUntil(() => isReady(options.probeUrl), signal, 100),
    stopSignal: 'SIGTERM',
    grace: 1_400,
    watchesParent: true,
  };
}

const always = {
  EXIT_WITH_PARENT: '1',
  NODE_ENV: 'production',
  APOLLO_TELEMETRY_DISABLED: '1',
  NODE_COMPILE_CACHE: join(repositoryRoot, '.cache', 'compiled'), // halves what loading a service costs
};

function spawnNode({ name, entry, env, logFile, onOutput }: NodeProgramOptions): ChildProcess {
  const log = openSync(logFile, 'a');
  const out = onOutput ? 'pipe' : log;
  const child = spawn(process.execPath, [entry], {
    env: { ...inherited(), ...always, ...env },
    detached: true,
    stdio: ['pipe', out, out],
  });
  child.stdin?.on('error', () => undefined);
  if (onOutput) tee(child, logFile, (text) => onOutput(name, text));
  closeSync(log);
  return child;
}

function tee(child: ChildProcess, logFile: string, hear: (text: string) => void): void {
  const log = createWriteStream(logFile, { flags: 'a' });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.pipe(log, { end: false });
    stream?.on('data', (chunk: Buffer) => hear(chunk.toString()));
  }
  child.once('close', () => log.end());
}

// A service gets what its table says and what the machine needs, not whatever the user's shell happens to hold.
const passedOn = /^(PATH|HOME|LANG|LC_ALL|TZ|TMPDIR|NODE_EXTRA_CA_CERTS|LOG_LEVEL|OTEL_.*|https?_proxy|no_proxy)$/i;

function inherited(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => passedOn.test(name)));
}

function isReady(probeUrl: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(`${probeUrl}/readyz`, { timeout: 2_000, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false));
  });
}
