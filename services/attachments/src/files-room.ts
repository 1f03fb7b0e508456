import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

const FOLDERS = ['uploads', 'quarantine', 'content'] as const;

/**
 * Where bytes lie: growing in `uploads/<id>`; for judging, copied to `quarantine/<id>.<judge>`; after it under their hash in
 * `content/`. What is judged is never written again, whoever still holds the upload open, and equal files are kept once.
 * Every name comes from an id or a hash, never from a person.
 */
export class FilesRoom {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(folder: string): Promise<FilesRoom> {
    for (const name of FOLDERS) await mkdir(join(folder, name), { recursive: true, mode: 0o700 });
    return new FilesRoom(folder);
  }

  get uploads(): string {
    return join(this.#folder, 'uploads');
  }

  /** How many bytes of an upload are here. */
  async received(id: string): Promise<number> {
    return stat(join(this.uploads, id)).then(
      ({ size }) => size,
      () => 0,
    );
  }

  /** Makes sure that an upload has a file to grow in. */
  async prepare(id: string): Promise<void> {
    await (await open(join(this.uploads, id), 'a', 0o600)).close();
  }

  /** Takes a complete upload into quarantine: a copy that is on the disk for good, and its hash. */
  async quarantine(id: string, judge: string, signal: AbortSignal): Promise<{ path: string; sha256: string; size: number }> {
    const path = join(this.#folder, 'quarantine', `${id}.${judge}`);
    const hash = createHash('sha256');
    let size = 0;
    const hashed = async function* (pieces: AsyncIterable<Buffer>) {
      for await (const piece of pieces) {
        hash.update(piece);
        size += piece.length;
        yield piece;
      }
    };
    const copy = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true });
    await pipeline(createReadStream(join(this.uploads, id), { highWaterMark: 256 * 1024 }), hashed, copy, { signal });
    return { path, sha256: hash.digest('hex'), size };
  }

  /** Keeps judged bytes under their hash. A file that is there already is replaced by its equal. */
  async keep(path: string, sha256: string): Promise<void> {
    const folder = join(this.#folder, 'content', sha256.slice(0, 2));
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await rename(path, join(folder, sha256));
    await using handle = await open(folder);
    await handle.sync();
  }

  /** Opens judged bytes; null when they are gone. */
  content(sha256: string): Promise<FileHandle | null> {
    return open(this.#contentPath(sha256)).catch(() => null);
  }

  forgetContent = (sha256: string): Promise<void> => rm(this.#contentPath(sha256), { force: true });
  forgetUpload = (id: string): Promise<void> => rm(join(this.uploads, id), { force: true });
  forgetQuarantined = (id: string, judge: string): Promise<void> => rm(join(this.#folder, 'quarantine', `${id}.${judge}`), { force: true });

  /** Removes what killed judges left behind: quarantined copies that nobody has touched since. */
  async sweepQuarantine(before: Date): Promise<void> {
    const folder = join(this.#folder, 'quarantine');
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      const { mtime } = await stat(path).catch(() => ({ mtime: null }));
      if (mtime && mtime < before) await rm(path, { force: true });
    }
  }

  /** Bytes that the disk still takes from this process. */
  async free(): Promise<number> {
    const { bavail, bsize } = await statfs(this.#folder);
    return bavail * bsize;
  }

  #contentPath(sha256: string): string {
    return join(this.#folder, 'content', sha256.slice(0, 2), sha256);
  }
}
