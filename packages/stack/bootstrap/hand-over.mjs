// From the bootstrap to a program on the right Node. This process stays only as the link between the two.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { watchAncestors } from './ancestors.mjs';
import { root } from './set-up.mjs';

/**
 * Runs the launcher and comes back with its exit code. It gets a pipe as descriptor 3, which closes when this process
 * ends in whatever way: the launcher then stops everything. A signal is passed on; the launcher decides when it ends.
 */
export function handOver(node, args, env) {
  const launcher = join(root, 'packages', 'stack', 'dist', 'launch.js');
  const child = spawn(node, [launcher, ...args], {
    env,
    stdio: ['inherit', 'inherit', 'inherit', 'pipe'],
    detached: process.platform !== 'win32',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal));
  const watch = watchAncestors(() => child.kill('SIGTERM'));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(failed(error)));
    child.once('exit', (code, signal) => {
      clearInterval(watch);
      resolve(code ?? (signal ? 1 : 0));
    });
  });
}

function failed(error) {
  console.error(`the launcher does not run: ${error.message}`);
  return 1;
}
