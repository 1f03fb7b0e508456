// Folders: room, rights, and whether the files are as they were committed.
import { accessSync, constants, existsSync, readFileSync, statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from '../run.mjs';
import { fail, ok, warn } from './finding.mjs';
import { size } from './machine.mjs';

const MiB = 2 ** 20;

/** `places`: folder → bytes that are needed there and bytes that are better. */
export function checkDisk(places) {
  const rooms = Object.entries(places).map(([folder, need]) => ({ folder, ...need, ...roomIn(folder) }));
  const full = rooms.find(({ free, needed, files }) => free < needed || files === 0);
  if (full) return fail(roomText(full), `free ${size(full.needed)} there: df -h '${full.folder}' tells what is full`);
  const narrow = rooms.find(({ free, better }) => free < better);
  if (narrow) return warn(roomText(narrow), `free ${size(narrow.better)} there; PostgreSQL stops when a disk is full`);
  return ok(rooms.map(roomText).join(', '));
}

/** What a start needs where, before and after the packages are there. */
export const needs = (root, data, installed) => ({
  [existing(root)]: { needed: (installed ? 200 : 1_500) * MiB, better: (installed ? 500 : 3_000) * MiB },
  [existing(data)]: { needed: 200 * MiB, better: 2_000 * MiB },
});

const roomText = ({ folder, free, files }) =>
  files === 0 ? `no file more fits on the disk of ${folder}` : `${size(free)} are free in ${folder}`;

function roomIn(folder) {
  const { bavail, bsize, files, ffree } = statfsSync(folder);
  return { free: bavail * bsize, files: files > 0 ? ffree : undefined }; // some file systems count no files
}

/** The folder, or the nearest above it that is there. */
export function existing(folder) {
  for (let at = folder; ; at = dirname(at)) if (existsSync(at) || at === dirname(at)) return at;
}

export function checkRights(root, data) {
  const owned = [root, join(root, '.cache'), join(root, 'node_modules'), data].map(existing);
  const closed = owned.find((folder) => !mayWrite(folder));
  const whose = closed && `sudo chown -R "$(id -un)" '${closed}'`;
  if (closed) return fail(`${closed} cannot be written by this user`, `${whose}, or start from a clone of your own`);
  const barred = mountOf(root)?.options.includes('noexec');
  if (barred) return fail(`programs below ${root} may not run: its disk is mounted noexec`, 'clone to a folder on another disk');
  return ok(`${root} and ${data} can be written`);
}

function mayWrite(folder) {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function mountOf(path) {
  if (!existsSync('/proc/self/mounts')) return undefined;
  const mounts = readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' '));
  const below = mounts.filter(([, place]) => place && (path === place || path.startsWith(place.endsWith('/') ? place : `${place}/`)));
  const [, , , options = ''] = below.sort(([, a], [, b]) => a.length - b.length).at(-1) ?? [];
  return { options: options.split(',') };
}

/** PostgreSQL refuses root: started by root it runs as `nobody`, who has to reach its programs and its data. */
export async function checkPassage(root, data, { uid = process.getuid?.() } = {}) {
  if (uid !== 0) return ok('PostgreSQL runs as this user');
  const closed = [join(root, 'node_modules'), data].map(firstClosed).find(Boolean);
  if (!closed) return ok('PostgreSQL runs as nobody, who can reach its folders');
  const spaces = await run('unshare', ['--user', '--map-user=65534', '--map-group=65534', 'true']);
  if (spaces.code === 0) return ok(`PostgreSQL runs in a user namespace: nobody else can pass ${closed}`);
  return warn(
    `nobody else can pass ${closed}: PostgreSQL's data will lie in /var/lib`,
    `chmod o+x '${closed}', or start with --data elsewhere`,
  );
}

function firstClosed(folder) {
  const above = [];
  for (let at = existing(folder); ; at = dirname(at)) {
    above.unshift(at);
    if (at === dirname(at)) break;
  }
  return above.find((at) => (statSync(at).mode & 0o001) === 0);
}

/** A shell does not read scripts whose lines end as on Windows. */
export function checkLineEnds(root) {
  const files = ['packages/stack/bootstrap/watchdog.sh', '.npmrc', 'package.json'];
  const changed = files.filter((file) => existsSync(join(root, file)) && readFileSync(join(root, file), 'utf8').includes('\r\n'));
  const again = 'git config core.autocrlf input, and clone again';
  return changed.length > 0
    ? fail(`lines end with CR LF in ${changed.join(', ')}: git changed them`, again)
    : ok('lines end as they were committed');
}
