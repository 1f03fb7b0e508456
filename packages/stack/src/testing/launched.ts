import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { waitUntil } from '../wait-until.ts';

export interface Launched {
  child: ChildProcess;
  /** All that it wrote so far. */
  output(): string;
  /** Comes back when it wrote this; fails when it ended before. */
  says(text: string | RegExp): Promise<void>;
  /** Exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals | null>;
}

const small = fileURLToPath(new URL('launch-small.ts', import.meta.url));

/** The launcher in a process of its own, started as the bootstrap does it, with small programs in place of the services. */
export function launchSmall(args: string[], env: NodeJS.ProcessEnv = {}, uid?: number): Launched {
  return follow(
    spawn(process.execPath, ['--conditions=source', '--disable-warning=ExperimentalWarning', small, ...args], {
      env: { ...process.env, NODE_OPTIONS: '', ATENDE_STEPS_DONE: '4', ATENDE_STEPS: '8', ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      detached: true,
      uid,
      gid: uid,
    }),
  );
}

export function follow(child: ChildProcess): Launched {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (text += chunk));
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => child.once('close', (code, signal) => resolve(code ?? signal)));
  const says = async (wanted: string | RegExp) => {
    const found = () => (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text));
    const over = new AbortController();
    void ended.then(() => over.abort());
    await waitUntil(found, over.signal);
    if (!found()) throw new Error(`it ended without saying ${wanted}:\n${text}`);
  };
  return { child, output: () => text, says, ended };
}

/** The processes whose command line or environment names this folder: all that a start on it may leave behind. */
export function processesOn(folder: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((pid) => ({ pid, text: `${read(pid, 'cmdline')} ${read(pid, 'environ')}` }))
    .filter(({ text }) => text.includes(folder))
    .map(({ pid, text }) => `${pid} ${text.slice(0, 100)}`);
}

function read(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
