// The two places that nats-server is got from. Each answers `{ file }` or `{ reason }`.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';
import { fileFromTarball } from './tarball.mjs';

const release = '2.11.17';
const archives = {
  'linux-x64': { name: 'linux-amd64', sha256: 'ad608dd0ea8bbfa58c40e3b8f58ed67478eec26166ec49c502db8d17589b51b5' },
  'darwin-arm64': { name: 'darwin-arm64', sha256: 'e17d11c5e9cb0824e003013304ba3d96ca24adbff9998084c746869c0347be9b' },
};

/** The official release, checked against a pinned digest. */
export async function fromRelease(folder, { lock, platform = `${process.platform}-${process.arch}`, download = curl } = {}) {
  const archive = archives[platform];
  if (!archive) return { reason: `official release ${release}: no digest is pinned for ${platform}` };
  const base = `nats-server-v${release}-${archive.name}`;
  const file = join(folder, 'release.tar.gz');
  const got = await download(`https://github.com/nats-io/nats-server/releases/download/v${release}/${base}.tar.gz`, file, lock);
  if (got.code !== 0) return { reason: `official release ${release}: ${lastLine(got.output) ?? 'the download failed'}` };
  return unpack(readFileSync(file), archive.sha256, folder);
}
fromRelease.title = 'official release';

export function unpack(content, sha256, folder) {
  const found = createHash('sha256').update(content).digest('hex');
  if (found !== sha256) return { reason: `official release ${release}: not the file that was pinned (sha256 ${found})` };
  const binary = fileFromTarball(content, (path) => path.endsWith('/nats-server'));
  if (!binary) return { reason: `official release ${release}: the archive holds no nats-server` };
  writeFileSync(join(folder, 'nats-server'), binary, { mode: 0o755 });
  return { file: join(folder, 'nats-server') };
}

// curl, because it heeds proxies and certificates of the machine, which Node's own fetch does not.
function curl(url, file, lock) {
  return run('curl', ['-fsSL', '--connect-timeout', '5', '--max-time', '120', '-o', file, url], { lock });
}

/** The package of the distribution, unpacked beside the system and not installed; needs no root. */
export async function fromApt(folder, { lock } = {}) {
  let got = await run('apt-get', ['download', 'nats-server'], { cwd: folder, lock });
  if (got.code === 127) return { reason: 'apt-get: not on this machine' };
  if (got.code !== 0) got = await withOwnLists(folder, lock);
  const deb = readdirSync(folder).find((entry) => entry.endsWith('.deb'));
  if (!deb) return { reason: `apt-get: ${lastLine(got.output) ?? 'it has no nats-server'}` };
  const unpacked = await run('dpkg', ['-x', deb, 'deb'], { cwd: folder, lock });
  if (unpacked.code !== 0) return { reason: `dpkg: ${lastLine(unpacked.output)}` };
  const file = ['usr/sbin', 'usr/bin'].map((place) => join(folder, 'deb', place, 'nats-server')).find((path) => existsSync(path));
  return file ? { file } : { reason: 'apt-get: the package holds no nats-server' };
}
fromApt.title = 'apt-get';

// A machine that never ran `apt-get update` has no lists; these are read into a folder of our own.
async function withOwnLists(folder, lock) {
  for (const place of ['lists/partial', 'archives/partial']) mkdirSync(join(folder, 'apt', place), { recursive: true });
  const own = ['-o', `Dir::State::lists=${join(folder, 'apt', 'lists')}`, '-o', `Dir::Cache=${join(folder, 'apt')}`];
  const updated = await run('apt-get', [...own, '-qq', 'update'], { cwd: folder, lock });
  return updated.code === 0 ? run('apt-get', [...own, 'download', 'nats-server'], { cwd: folder, lock }) : updated;
}

function lastLine(output) {
  return output
    .split('\n')
    .filter((line) => !line.startsWith('W:'))
    .at(-1);
}
