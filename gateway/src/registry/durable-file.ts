import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Fault, RegistryError } from './registry.ts';

const FORGOTTEN = 3_600_000; // ms after which an unfinished file is one that its writer left behind when it was killed

/** Files that are there whole and on disk, or not at all. They grow in a folder of their own and get their name at the end. */
export class DurableFiles {
  readonly #nursery: string;

  constructor(root: string) {
    this.#nursery = join(root, 'new');
  }

  /** Writes or replaces a file. */
  write(path: string, content: string): Promise<void> {
    return this.#grow(path, content, (grown) => rename(grown, path));
  }

  /** Writes a file whose name is free; false when it is not. Of two at once, one gets it: link(2) decides. */
  async claim(path: string, content: string): Promise<boolean> {
    try {
      await this.#grow(path, content, (grown) => link(grown, path));
      return true;
    } catch (error) {
      if (error instanceof RegistryError && (error.cause as NodeJS.ErrnoException | undefined)?.code === 'EEXIST') return false;
      throw error;
    }
  }

  /** Removes what killed writers left. */
  async sweep(now: number): Promise<void> {
    for (const name of await readdir(this.#nursery).catch(() => [])) {
      const path = join(this.#nursery, name);
      const left = await stat(path).catch(() => null);
      if (left && now - left.mtimeMs > FORGOTTEN) await rm(path, { force: true });
    }
  }

  async #grow(path: string, content: string, name: (grown: string) => Promise<void>): Promise<void> {
    const grown = join(this.#nursery, `${process.pid}-${randomBytes(6).toString('hex')}`);
    try {
      await mkdir(this.#nursery, { recursive: true });
      await mkdir(join(path, '..'), { recursive: true });
      await writeWhole(grown, content);
      await name(grown);
      await syncFolder(join(path, '..'));
    } catch (error) {
      throw writingFailed(path, error);
    } finally {
      await rm(grown, { force: true }).catch(() => undefined);
    }
  }
}

async function writeWhole(path: string, content: string): Promise<void> {
  const file = await open(path, 'wx', 0o644);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The name is on disk too. Some file systems take no fsync of a folder; theirs are as good as they get. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  await folder.sync().catch(() => undefined);
  await folder.close();
}

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

function writingFailed(path: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  const fault: Fault = FULL.has(code) ? 'FULL' : 'NOT_WRITABLE';
  const hint = code === 'EPERM' || code === 'ENOTSUP' ? ' (a file system without hard links? use a registry over HTTP)' : '';
  return new RegistryError(fault, `${path}: ${code}${hint}`, { cause: error });
}
