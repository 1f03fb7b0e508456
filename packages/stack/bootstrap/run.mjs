// Runs a program of the set-up in its own process group, so that all of it can be ended, and keeps the end of its output.
import { spawn } from 'node:child_process';

const kept = 60; // lines of output shown when the program fails
const keptText = 64 * 1024; // characters
const running = new Set();

/** Comes back with `{ code, output }`; never rejects. `lock` notes the process group for the case of a kill. */
export function run(command, args, { cwd, env = process.env, lock } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    });
    let text = '';
    const take = (chunk) => {
      text = (text + chunk).slice(-keptText);
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    if (child.pid) lock?.adopt(child.pid);
    running.add(child);
    const settle = (code) => {
      if (!running.delete(child)) return;
      if (child.pid) lock?.disown(child.pid);
      resolve({ code, output: lastLines(text) });
    };
    child.once('error', (error) => {
      take(error.code === 'ENOENT' ? `${command}: not installed` : error.message);
      settle(127);
    });
    child.once('close', (code) => settle(code ?? 1));
  });
}

function lastLines(text) {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.slice(-kept).join('\n');
}

/** For Ctrl-C during the set-up. */
export function endAll() {
  for (const child of running) {
    try {
      process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGTERM');
    } catch {
      // it ended in between
    }
  }
}

/** A step of the set-up that cannot go on: the reason and what mends it, without a stack. */
export class SetUpError extends Error {
  constructor(reason, { mend, output } = {}) {
    super([reason, output, mend && `To mend it: ${mend}`].filter(Boolean).join('\n'));
  }
}
