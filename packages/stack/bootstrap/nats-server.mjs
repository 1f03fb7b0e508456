// Where nats-server comes from when nobody gave a NATS_URL: PATH, what an earlier start kept, then a download.
import { accessSync, chmodSync, constants, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fromApt, fromRelease } from './nats-download.mjs';
import { run, SetUpError } from './run.mjs';

const name = process.platform === 'win32' ? 'nats-server.exe' : 'nats-server';
const floor = [2, 9]; // the first with everything that the services rely on
const mend =
  'install nats-server 2.11 (https://nats.io/download) so that it is on PATH, or start with NATS_URL=nats://host:4222 of one that runs';

/** The path of a nats-server that is already here, or undefined. */
export function findNatsServer(root, env = process.env) {
  return candidates(root, env)[0];
}

/** The path of a nats-server, got when there was none. Undefined when NATS_URL says that one runs elsewhere. */
export async function ensureNatsServer(root, { lock, say = () => undefined, env = process.env, sources = [fromRelease, fromApt] } = {}) {
  if (env.NATS_URL) return undefined;
  for (const file of candidates(root, env)) if (isNewEnough(await versionOf(file))) return file;
  const reasons = [];
  for (const source of sources) {
    const answer = await keep(root, source, lock);
    if (answer.file) return answer.file;
    reasons.push(`- ${answer.reason}`);
    say(`nats-server: ${answer.reason.split('\n')[0]}`);
  }
  throw new SetUpError('There is no nats-server on this machine and none could be got:', { output: reasons.join('\n'), mend });
}

/** Every nats-server that is here, the one to take first. */
export function candidates(root, env) {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return [...folders, ...kept(root)].map((folder) => join(folder, name)).filter(isProgram);
}

function kept(root) {
  const cache = join(root, '.cache', 'nats-server');
  if (!existsSync(cache)) return [];
  const versions = readdirSync(cache).filter((entry) => /^\d/.test(entry));
  return versions.sort((a, b) => b.localeCompare(a, 'en', { numeric: true })).map((entry) => join(cache, entry));
}

// A download gets its name only when it runs, so that a kill or a second start never finds half of one.
async function keep(root, source, lock) {
  mkdirSync(join(root, '.cache', 'nats-server'), { recursive: true });
  const folder = mkdtempSync(join(root, '.cache', 'nats-server', '.new-'));
  try {
    const { file, reason } = await source(folder, { lock });
    if (!file) return { reason };
    chmodSync(file, 0o755);
    const version = await versionOf(file);
    if (!isNewEnough(version)) return { reason: `${source.title}: what came does not run here` };
    const target = join(root, '.cache', 'nats-server', version);
    mkdirSync(target, { recursive: true });
    renameSync(file, join(target, name));
    return { file: join(target, name) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function versionOf(file) {
  const { output } = await run(file, ['--version']);
  return /v?(\d+\.\d+\.\d+)/.exec(output)?.[1];
}

export function isNewEnough(version) {
  const [major, minor] = (version ?? '0.0').split('.').map(Number);
  return major > floor[0] || (major === floor[0] && minor >= floor[1]);
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
