import { spawnSync } from 'node:child_process';
import { chownSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Under which identity PostgreSQL runs: it refuses root. `wrapper` is put before the command. */
export interface RunAs {
  uid?: number;
  gid?: number;
  wrapper: string[];
}

const nobody = { uid: 65_534, gid: 65_534 };

export interface Entry {
  mode: number;
  uid: number;
  gid: number;
}

/** Whether a user may pass through every folder of a path, given the folders from the root down. */
export function mayPass(folders: readonly Entry[], uid: number, gid: number): boolean {
  return folders.every(({ mode, uid: owner, gid: group }) => {
    if (owner === uid) return (mode & 0o100) !== 0;
    if (group === gid) return (mode & 0o010) !== 0;
    return (mode & 0o001) !== 0;
  });
}

/**
 * For root: `nobody` where it can reach the folders, else the user whose private folder they lie in, else root seen
 * as `nobody` through a user namespace. Undefined when none of them works: then the files have to lie elsewhere.
 */
export function chooseIdentity(paths: readonly (readonly Entry[])[], namespaces: () => boolean): RunAs | undefined {
  const owners = paths.flat().filter(({ uid }) => uid !== 0);
  const found = [nobody, ...owners].find(({ uid, gid }) => paths.every((path) => mayPass(path, uid, gid)));
  if (found) return { uid: found.uid, gid: found.gid, wrapper: [] };
  const asRootUser = paths.every((path) => mayPass(path, 0, 0));
  if (asRootUser && namespaces()) return { wrapper: [...unshare] };
  return undefined;
}

const unshare = ['unshare', '--user', `--map-user=${nobody.uid}`, `--map-group=${nobody.gid}`];

/** Who runs PostgreSQL so that it reaches these paths. Anybody but root runs it as they are. */
export function runAsFor(paths: readonly string[], namespaces = kernelGivesNamespaces): RunAs | undefined {
  if (process.getuid?.() !== 0) return { wrapper: [] };
  return chooseIdentity(paths.map(foldersOf), namespaces);
}

const kernelGivesNamespaces = (): boolean => spawnSync(unshare[0]!, [...unshare.slice(1), 'true']).status === 0;

function foldersOf(path: string): Entry[] {
  const folders: Entry[] = [];
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    folders.unshift({ mode, uid, gid });
    if (folder === dirname(folder)) return folders;
  }
}

/** Gives a folder and all in it to the identity, when another one owned it before. */
export function handOver(folder: string, { uid, gid }: RunAs): void {
  if (process.getuid?.() !== 0) return;
  const owner = { uid: uid ?? 0, gid: gid ?? 0 };
  const stat = lstatSync(folder);
  if (stat.uid === owner.uid && stat.gid === owner.gid) return;
  for (const entry of stat.isDirectory() ? readdirSync(folder) : []) handOver(join(folder, entry), owner as RunAs);
  chownSync(folder, owner.uid, owner.gid);
}
