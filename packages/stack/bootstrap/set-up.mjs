// Everything that has to be there before the services can run. Each step looks first, so a second start is quick.
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureNatsServer } from './nats-server.mjs';
import { ensureNode } from './node-runtime.mjs';
import { ensurePackages } from './packages.mjs';
import { waitForLock } from './pid-lock.mjs';
import { postgresPackage, preparePostgres } from './postgres-binaries.mjs';
import { run, SetUpError } from './run.mjs';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
export const steps = 4;

/** Comes back with the path of the Node to go on with, and the environment for programs run by it. */
export async function setUp(progress) {
  const say = (line) => progress.say(line);
  const lock = await takeLock(say);
  try {
    sweep(join(root, '.cache'), '.node-');
    sweep(join(root, '.cache', 'nats-server'), '.new-');
    progress.step('Node.js');
    const node = await ensureNode(root, { lock });
    progress.step('packages');
    await ensurePackages(root, { lock, say });
    if (!preparePostgres(root))
      throw new SetUpError(`npm installed no ${postgresPackage}`, { mend: 'rm -rf node_modules and start again' });
    progress.step('nats-server');
    const nats = await ensureNatsServer(root, { lock, say });
    const env = environment(node, nats);
    progress.step('build');
    await build(node, env, lock);
    return { node, env };
  } finally {
    lock.release();
  }
}

async function takeLock(say) {
  try {
    mkdirSync(join(root, '.cache'), { recursive: true });
    return await waitForLock(join(root, '.cache', 'set-up.lock'), ({ pid }) => say(`waiting for the set-up of process ${pid}`));
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(error.code)) throw error;
    throw new SetUpError(`${root} cannot be written by this user`, { mend: 'start as its owner, or from a clone of your own' });
  }
}

// What a killed set-up left half done; nobody else works here, the lock is ours.
function sweep(folder, prefix) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder)) if (entry.startsWith(prefix)) rmSync(join(folder, entry), { recursive: true, force: true });
}

function environment(node, nats) {
  const first = [dirname(node), nats && dirname(nats)].filter(Boolean);
  const quiet = { TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1', DO_NOT_TRACK: '1', APOLLO_TELEMETRY_DISABLED: '1' };
  const compiled = { NODE_COMPILE_CACHE: join(root, '.cache', 'compiled') };
  return { ...process.env, ...quiet, ...compiled, PATH: [...first, process.env.PATH].join(process.platform === 'win32' ? ';' : ':') };
}

async function build(node, env, lock) {
  const turbo = join(root, 'node_modules', 'turbo', 'bin', 'turbo');
  const built = await run(node, [turbo, 'run', 'build', '--output-logs=errors-only', '--ui=stream'], { cwd: root, env, lock });
  if (built.code !== 0) throw new SetUpError('the build failed:', { output: built.output });
}
