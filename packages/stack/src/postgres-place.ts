import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { postgresPackage, preparePostgres } from '../bootstrap/postgres-binaries.mjs';
import type { DataFolder } from './data-folder.ts';
import { repositoryRoot } from './repository.ts';
import { type RunAs, runAsFor } from './run-as.ts';

export interface PostgresPlace {
  binaries: string;
  dataDir: string;
  runAs: RunAs;
}

interface Fallback {
  /** The folder in which a place is made when the data folder cannot be it. */
  elsewhere: string;
  identify: (paths: readonly string[]) => RunAs | undefined;
}

/**
 * Where PostgreSQL runs from. PostgreSQL refuses root; where root's own folders let nobody else in and the kernel
 * gives no user namespace, binaries and data lie in a folder that they can reach, and that is said aloud.
 */
export function postgresPlace(folder: DataFolder, say: (line: string) => void, options: Partial<Fallback> = {}): PostgresPlace {
  const { elsewhere = '/var/lib', identify = runAsFor } = options;
  const binaries = preparePostgres(repositoryRoot);
  if (!binaries) throw new Error(`npm installed no ${postgresPackage} for this machine: run npm ci`);
  const dataDir = folder.of('postgres');
  const runAs = identify([binaries, folder.path]);
  if (runAs) return { binaries, dataDir, runAs };
  return placeElsewhere(binaries, folder, say, { elsewhere, identify });
}

function placeElsewhere(
  binaries: string,
  folder: DataFolder,
  say: (line: string) => void,
  { elsewhere, identify }: Fallback,
): PostgresPlace {
  const name = `atende-${createHash('sha256').update(folder.path).digest('hex').slice(0, 12)}`;
  const place = join(elsewhere, name);
  mkdirSync(place, { recursive: true, mode: 0o711 });
  const copy = join(place, 'binaries');
  copyOnce(binaries, copy);
  writeFileSync(folder.of('elsewhere'), `${place}\n`); // for --reset and for people who look for the data
  say(`PostgreSQL does not run as root and nobody else can reach ${folder.path}: its data are in ${place}`);
  const runAs = identify([copy, place]);
  if (!runAs) throw new Error(`PostgreSQL does not run as root: start as another user, or with --data in a folder that others can pass`);
  return { binaries: copy, dataDir: join(place, 'postgres'), runAs };
}

function copyOnce(from: string, to: string): void {
  if (existsSync(to)) return;
  const fresh = `${to}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(dirname(fresh), { recursive: true });
  cpSync(from, fresh, { recursive: true, verbatimSymlinks: true });
  renameSync(fresh, to);
}
