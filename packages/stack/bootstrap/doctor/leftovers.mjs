// Whether Atende runs on the data folder, and what a killed one left behind.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '../pid-lock.mjs';
import { fail, ok, warn } from './finding.mjs';
import { processes } from './sockets.mjs';

/** Who holds the lock of the data folder: `{ pid, alive }`, `'unreadable'`, or undefined. */
export function holderOf(data) {
  const file = join(data, 'launcher.lock');
  if (!existsSync(file)) return undefined;
  try {
    const holder = JSON.parse(readFileSync(file, 'utf8'));
    return { pid: holder.pid, alive: isAlive(holder) };
  } catch {
    return 'unreadable';
  }
}

export function checkLock(data) {
  const holder = holderOf(data);
  if (!holder) return ok(`nothing runs on ${data}`);
  if (holder === 'unreadable')
    return fail(
      `${data}/launcher.lock cannot be read`,
      `sudo chown -R "$(id -un)" '${data}'; when it is damaged: rm '${data}/launcher.lock'`,
    );
  if (holder.alive) return ok(`Atende runs on ${data} (process ${holder.pid})`);
  return ok(`process ${holder.pid} was killed while it ran on ${data}; the next start takes over`);
}

const server = /(^|\/)(postgres|nats-server)( |$)/;

/** Servers of this data folder although no launcher is alive: they hold its ports and files. Our own programs end by themselves. */
export function checkOrphans(data) {
  const left = processes().filter(({ command }) => server.test(command) && command.includes(`${data}/`));
  const holder = holderOf(data);
  if (holder?.alive || left.length === 0) return ok('no server is left of a killed run');
  const names = left.map(({ pid, command }) => `${server.exec(command)[2]} ${pid}`).join(', ');
  return warn(`left of a killed run on ${data}: ${names}`, `kill -INT ${left.map(({ pid }) => pid).join(' ')}`);
}

const old = 6 * 3_600_000; // ms: no run of the tests takes that long

/** Folders of tests that were killed. */
export function checkTemporary(folder = tmpdir()) {
  const left = readdirSync(folder)
    .filter((name) => /^atende-[a-z-]+-\w{6}$/.test(name))
    .filter((name) => Date.now() - statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs > old);
  if (left.length === 0) return ok('no folder is left of killed tests');
  return warn(
    `${left.length} folder${left.length === 1 ? '' : 's'} of killed tests in ${folder}`,
    `rm -rf ${left.map((name) => join(folder, name)).join(' ')}`,
  );
}
