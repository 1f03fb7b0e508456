// Where nats-server comes from when nobody gave a NATS_URL: PATH, what an earlier start kept, then a download.
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const name = process.platform === 'win32' ? 'nats-server.exe' : 'nats-server';

/** The path of a nats-server that is already here, or undefined. */
export function findNatsServer(root, env = process.env) {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return [...folders, ...kept(root)].map((folder) => join(folder, name)).find(runs);
}

export function natsCache(root) {
  return join(root, '.cache', 'nats-server');
}

function kept(root) {
  const cache = natsCache(root);
  if (!existsSync(cache)) return [];
  return readdirSync(cache)
    .filter((entry) => !entry.startsWith('.'))
    .map((entry) => join(cache, entry));
}

function runs(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
