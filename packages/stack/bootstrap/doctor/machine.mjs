// What everything stands on: Node, npm, the C library, memory.
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism, freemem, totalmem } from 'node:os';
import { floor, isNewEnough, keptNode, pinnedFor, version } from '../node-runtime.mjs';
import { run } from '../run.mjs';
import { fail, ok, warn } from './finding.mjs';

const oldest = 20;
const upgrade = `install Node ${floor.join('.')} or newer (24 is best): https://nodejs.org/en/download`;

export async function checkNode(root, { found = process.versions.node } = {}) {
  const kept = keptNode(root);
  if (existsSync(kept) && (await run(kept, ['--version'])).code !== 0)
    return fail(`the Node that an earlier start kept does not run: ${kept}`, `rm -rf '${root}/.cache/node'`);
  if (isNewEnough(found)) return ok(`Node ${found}`);
  if (Number(found.split('.')[0]) < oldest) return fail(`Node ${found} is too old even for the start`, upgrade);
  if (existsSync(kept)) return ok(`Node ${found} starts; the services run on the ${version} that an earlier start kept`);
  if (pinnedFor()) return ok(`Node ${found} starts; the services need ${floor.join('.')}: npm start gets ${version} for itself`);
  return fail(`Node ${found} is too old, and npm has no Node ${version} for ${process.platform}-${process.arch}`, upgrade);
}

const npmFloor = 10;

/** `version`: what npm itself said, or undefined. */
export function checkNpm(version) {
  const get = `npm install --global npm@11`;
  if (!version) return fail('npm does not run', 'install it with Node: https://nodejs.org/en/download');
  return Number(version.split('.')[0]) >= npmFloor ? ok(`npm ${version}`) : warn(`npm ${version} is older than ${npmFloor}`, get);
}

/** The Node that is fetched, PostgreSQL and argon2 are made for glibc. */
export function checkLibrary({ platform = process.platform, glibc = process.report.getReport().header.glibcVersionRuntime } = {}) {
  if (platform === 'win32') return fail('Windows: the stack ends its servers with a shell script', 'wsl --install, and start inside WSL');
  if (platform === 'linux' && !glibc)
    return fail(
      'this Linux has no glibc (musl): PostgreSQL from npm does not run on it',
      'use Debian, Ubuntu or Fedora, or docker compose up',
    );
  return ok(platform === 'linux' ? `Linux with glibc ${glibc}` : platform);
}

const GiB = 2 ** 30;

export function checkMemory({ available = availableMemory(), processors = availableParallelism() } = {}) {
  const text = `${size(available)} of memory are free, ${processors} processor${processors === 1 ? '' : 's'}`;
  if (available < GiB) return fail(`${text}; a start needs 1 GiB`, 'end what else runs, or give the machine or container more memory');
  if (available < 2 * GiB) return warn(`${text}; a build beside a running stack takes 2 GiB`, 'end what else runs before npm test');
  return ok(text);
}

// What can be had without swapping; a container may have less than the machine.
function availableMemory() {
  const machine = Number(/^MemAvailable:\s+(\d+) kB/m.exec(read('/proc/meminfo'))?.[1] ?? freemem() / 1024) * 1024;
  const limit = Number.parseInt(read('/sys/fs/cgroup/memory.max'), 10);
  const used = Number.parseInt(read('/sys/fs/cgroup/memory.current'), 10);
  return Number.isFinite(limit) && limit < totalmem() ? Math.min(machine, limit - used) : machine;
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

export const size = (bytes) => (bytes >= GiB ? `${(bytes / GiB).toFixed(1)} GiB` : `${Math.round(bytes / 2 ** 20)} MiB`);
