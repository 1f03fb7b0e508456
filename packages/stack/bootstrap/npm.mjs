// The npm that the user called, with the user's registry, proxy and certificates.
import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { run } from './run.mjs';

export function npm(args, { root, cwd = root, lock }) {
  const script = process.env.npm_execpath;
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  const env = { ...process.env, ...ownCache(root) };
  if (script && /\.[cm]?js$/.test(script)) return run(process.execPath, [script, ...args, ...quiet], { cwd, env, lock });
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', [...args, ...quiet], { cwd, env, lock });
}

// A user without a home folder that can be written (a service account) still gets a cache.
function ownCache(root) {
  if (process.env.npm_config_cache) return {};
  try {
    accessSync(homedir(), constants.W_OK);
    return {};
  } catch {
    return { npm_config_cache: join(root, '.cache', 'npm') };
  }
}
