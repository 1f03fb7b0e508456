// One file out of a .tgz, without a tar program and without a dependency.
import { gunzipSync } from 'node:zlib';

const block = 512;

/** The content of the first file whose path `matches`, or undefined. */
export function fileFromTarball(archive, matches) {
  const tar = gunzipSync(archive);
  for (let at = 0; at + block <= tar.length && tar[at] !== 0; ) {
    const size = Number.parseInt(text(tar, at + 124, 12), 8) || 0;
    const prefix = text(tar, at + 345, 155);
    const name = text(tar, at, 100);
    const start = at + block;
    if (matches(prefix ? `${prefix}/${name}` : name)) return tar.subarray(start, start + size);
    at = start + Math.ceil(size / block) * block;
  }
  return undefined;
}

function text(tar, start, length) {
  const end = tar.indexOf(0, start);
  return tar.toString('utf8', start, end < 0 || end > start + length ? start + length : end).trim();
}
