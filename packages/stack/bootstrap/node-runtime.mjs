// Services need Node 22.18 or newer. Where the user's is older, a pinned one comes from npm as a plain package, into
// .cache; the user's own is left alone.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { npm } from './npm.mjs';
import { run, SetUpError } from './run.mjs';
import { fileFromTarball } from './tarball.mjs';

export const floor = [22, 18];
export const version = '24.21.0';

const integrity = {
  'linux-x64': 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  'linux-arm64': 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  'win-x64': 'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
};

export function isNewEnough(found) {
  const [major, minor] = found.replace(/^v/, '').split('.').map(Number);
  return major > floor[0] || (major === floor[0] && minor >= floor[1]);
}

/** Where a Node that was fetched lies. */
export const keptNode = (root) => join(root, '.cache', 'node', version, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

const platform = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

/** The digest of the Node that npm has for this machine, or undefined. */
export const pinnedFor = () => integrity[platform];

/** The path of a Node that can run the services. */
export async function ensureNode(root, { lock } = {}) {
  if (isNewEnough(process.versions.node)) return process.execPath;
  const target = keptNode(root);
  if (!existsSync(target)) await fetchNode(root, target, lock);
  return target;
}

async function fetchNode(root, target, lock) {
  const upgrade = `install Node ${floor.join('.')} or newer (24 is best) and start again`;
  if (!pinnedFor())
    throw new SetUpError(`Node ${process.versions.node} is too old, and npm has no Node ${version} for ${platform}`, { mend: upgrade });
  mkdirSync(join(root, '.cache'), { recursive: true });
  const folder = mkdtempSync(join(root, '.cache', '.node-'));
  try {
    const packed = await npm(['pack', `node-${platform}@${version}`, '--pack-destination', folder], { root, lock });
    const file = readdirSync(folder).find((name) => name.endsWith('.tgz'));
    if (packed.code !== 0 || !file) throw new SetUpError(`npm could not get Node ${version}`, { output: packed.output, mend: upgrade });
    const archive = readFileSync(join(folder, file));
    verify(archive, pinnedFor(), `node-${platform}@${version}`);
    await putInPlace(archive, folder, target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function verify(archive, expected, name) {
  const [algorithm] = expected.split('-');
  const found = `${algorithm}-${createHash(algorithm).update(archive).digest('base64')}`;
  if (found !== expected) throw new SetUpError(`${name} is not the file that was pinned: expected ${expected}, got ${found}`);
}

// It runs before it gets its name: who finds the name finds a Node that works, also after a kill and with two at once.
async function putInPlace(archive, folder, target) {
  const binary = fileFromTarball(archive, (path) => /(^|\/)bin\/node(\.exe)?$/.test(path));
  if (!binary) throw new SetUpError('the package of Node holds no bin/node');
  const fresh = join(folder, process.platform === 'win32' ? 'node.exe' : 'node');
  writeFileSync(fresh, binary, { mode: 0o755 });
  const tried = await run(fresh, ['--version']);
  if (tried.code !== 0) throw new SetUpError(`Node ${version} does not run here`, { output: tried.output });
  mkdirSync(dirname(target), { recursive: true });
  renameSync(fresh, target);
}
