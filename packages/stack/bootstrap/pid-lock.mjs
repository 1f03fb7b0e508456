// A lock that a process holds as long as it lives. The file names the holder by process id and start time, since ids
// are used again; a lock whose holder is gone is taken over, and what that holder had started is ended first.
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** Takes the lock, or gives back who holds it: `{ holder: { pid, started } }`. */
export function tryLock(file) {
  for (;;) {
    if (create(file)) return new Lock(file);
    const holder = read(file);
    if (holder && isAlive(holder)) return { holder };
    takeAway(file, holder);
  }
}

/** Waits for the lock; `onWait` hears once who is waited for. */
export async function waitForLock(file, onWait) {
  for (let told = false; ; told = true) {
    const lock = tryLock(file);
    if (lock instanceof Lock) return lock;
    if (!told) onWait(lock.holder);
    await delay(200);
  }
}

class Lock {
  #file;
  #children = [];

  constructor(file) {
    this.#file = file;
  }

  /** Notes a process group that has to end when this process was killed before it could end it. */
  adopt(pid) {
    this.#children.push(identify(pid));
    this.#write();
  }

  disown(pid) {
    this.#children = this.#children.filter((child) => child.pid !== pid);
    this.#write();
  }

  release() {
    if (read(this.#file)?.pid === process.pid) rmSync(this.#file, { force: true });
  }

  // Renaming is atomic: a reader never sees half a file.
  #write() {
    const next = `${this.#file}.${process.pid}`;
    writeFileSync(next, content(this.#children), { mode: 0o600 });
    renameSync(next, this.#file);
  }
}

export { Lock };

// Linked into place with its content: nobody ever sees an empty lock and takes it for one of a killed holder.
function create(file) {
  const next = `${file}.${process.pid}`;
  writeFileSync(next, content([]), { mode: 0o600 });
  try {
    linkSync(next, file);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(next, { force: true });
  }
}

function content(children) {
  return `${JSON.stringify({ ...identify(process.pid), children })}\n`;
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

// Two processes may find the same stale lock: who moved away a fresh one by mistake puts it back.
function takeAway(file, stale) {
  const aside = `${file}.stale-${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return;
    throw error;
  }
  const moved = read(aside);
  if (moved && isAlive(moved)) return renameSync(aside, file);
  rmSync(aside, { force: true });
  for (const child of stale?.children ?? []) endGroup(child);
}

function endGroup(child) {
  if (!isAlive(child)) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // it ended in between
  }
}

function identify(pid) {
  return { pid, started: startedAt(pid) };
}

export function isAlive({ pid, started }) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code === 'ESRCH') return false;
  }
  const now = startedAt(pid);
  return !started || !now || started === now;
}

// The 22nd field of /proc/<pid>/stat, counted after the command, which may hold spaces; '' where there is no /proc.
function startedAt(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
