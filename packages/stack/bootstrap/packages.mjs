// The packages of the lock file, installed once: whoever installed them, a start that finds them complete goes on.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from './npm.mjs';
import { SetUpError } from './run.mjs';

export async function ensurePackages(root, { lock, say }) {
  if (arePackagesInstalled(root)) return;
  const clean = await npm(['ci'], { root, lock });
  if (clean.code === 0) return;
  if (!/EUSAGE|in sync/.test(clean.output)) throw failed(clean);
  say('npm does not take the lock file as it is: installing without it being exact');
  const install = await npm(['install', '--no-package-lock'], { root, lock });
  if (install.code !== 0) throw failed(install);
}

function failed({ output }) {
  return new SetUpError('npm could not install the packages', {
    output,
    mend: 'see what npm says above; behind a proxy: npm config set proxy <url>',
  });
}

/** npm notes what it really installed in node_modules/.package-lock.json, as its last act. */
export function arePackagesInstalled(root) {
  const wanted = readLock(join(root, 'package-lock.json'));
  const installed = readLock(join(root, 'node_modules', '.package-lock.json'));
  return Boolean(wanted && installed) && isComplete(wanted, installed, (place) => existsSync(join(root, place)));
}

export function isComplete(wanted, installed, exists) {
  return Object.entries(wanted.packages).every(([place, entry]) => {
    if (!place.includes('node_modules/')) return true;
    if (entry.optional && !fits(entry)) return true;
    const found = installed.packages[place];
    if (!found) return Boolean(entry.optional);
    return (entry.link || found.version === entry.version) && exists(place);
  });
}

function fits({ os, cpu }) {
  return (!os || os.includes(process.platform)) && (!cpu || cpu.includes(process.arch));
}

function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
