// `npm start` is npm, sometimes a shell, then us. A kill -9 of npm reaches none of the others: so they are looked at.
import { readFileSync } from 'node:fs';
import { isAlive } from './pid-lock.mjs';

const every = 500; // milliseconds

/** Calls back once when the npm that runs this, or a shell between the two, is gone. Without npm nothing is watched. */
export function watchAncestors(onGone) {
  const watched = process.env.npm_execpath ? upToNpm(ancestors()) : [];
  if (watched.length === 0) return undefined;
  const look = setInterval(() => {
    if (watched.every(isAlive)) return;
    clearInterval(look);
    onGone();
  }, every);
  return look.unref();
}

export function upToNpm(found) {
  const at = found.findIndex(({ command }) => /^(npm|node|npx|MainThread)/.test(command));
  return found.slice(0, at + 1);
}

function ancestors() {
  const found = [];
  for (let pid = process.ppid; pid > 1 && found.length < 4; ) {
    const stat = statOf(pid);
    if (!stat) break;
    found.push({ pid, ...stat });
    pid = stat.parent;
  }
  return found;
}

function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { command: text.slice(text.indexOf('(') + 1, text.lastIndexOf(')')), parent: Number(fields[1]), started: fields[19] };
  } catch {
    return undefined;
  }
}
