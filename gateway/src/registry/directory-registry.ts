import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { DirectoryOperations } from './directory-operations.ts';
import { DurableFiles } from './durable-file.ts';
import { type Draft, digestOf, draftSchema, type Publication, publicationSchema } from './publication.ts';
import { type Newest, REGISTRY_LIMITS, type Registry, RegistryError, type StoredTexts } from './registry.ts';
import type { OperationsReport, SeenOperation } from './seen-operation.ts';

/**
 * A registry in a folder, also one that several machines share:
 *
 *     publications/7.json    one publication; written once. The newest is the one with the highest number
 *     texts/<sha256>.graphql services' SDL and supergraphs
 *     operations/<replica>.json  documents/<client>.json   what was seen and stored
 *     new/                   unfinished files
 *
 * There is no lock: a publication claims the next number, and one of two gets it.
 */
export class DirectoryRegistry implements Registry {
  readonly place: string;
  readonly #files: DurableFiles;
  readonly #operations: DirectoryOperations;
  readonly #now: () => Date;

  constructor(folder: string, now: () => Date = () => new Date()) {
    this.place = folder;
    this.#now = now;
    this.#files = new DurableFiles(folder);
    this.#operations = new DirectoryOperations(folder, this.#files, now);
  }

  async newest(known?: string): Promise<Newest | null | 'UNCHANGED'> {
    const [version] = await this.#versions();
    if (version === undefined) return null;
    const text = await this.#read(this.#publication(version));
    const tag = `${version}-${digestOf(text).slice(0, 16)}`;
    return tag === known ? 'UNCHANGED' : { publication: parsed(publicationSchema, text, this.#publication(version)), tag };
  }

  async history(limit: number): Promise<Publication[]> {
    const versions = (await this.#versions()).slice(0, limit);
    return Promise.all(
      versions.map(async (version) => {
        const path = this.#publication(version);
        return parsed(publicationSchema, await this.#read(path), path);
      }),
    );
  }

  async text(digest: string): Promise<string> {
    const path = this.#text(digest);
    const text = await this.#read(path);
    if (digestOf(text) !== digest) throw new RegistryError('DAMAGED', `${path} does not hold the text that it is named after`);
    return text;
  }

  async keep(text: string): Promise<void> {
    if (Buffer.byteLength(text) > REGISTRY_LIMITS.text)
      throw new RegistryError('TOO_LARGE', `a text of more than ${REGISTRY_LIMITS.text} bytes`);
    const digest = digestOf(text);
    const whole = await this.text(digest).catch(() => null);
    if (whole === null) await this.#files.write(this.#text(digest), text);
  }

  async append(draft: Draft, after: string | null): Promise<Publication> {
    const { success, data, error } = draftSchema.safeParse(draft);
    if (!success) throw new RegistryError('INVALID', error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; '));
    const newest = await this.newest();
    const before = newest === 'UNCHANGED' ? null : newest;
    if ((before?.tag ?? null) !== after) throw new RegistryError('PUBLISHED_MEANWHILE', publishedBy(before));
    await this.#files.sweep(Date.now());
    for (const digest of [data.supergraph, ...Object.values(data.services).map(({ sdl }) => sdl)]) await this.#mustBeThere(digest);
    const publication: Publication = { ...data, version: (before?.publication.version ?? 0) + 1, at: this.#now().toISOString() };
    const claimed = await this.#files.claim(this.#publication(publication.version), `${JSON.stringify(publication, null, 2)}\n`);
    if (!claimed) throw new RegistryError('PUBLISHED_MEANWHILE', `publication ${publication.version} is taken`);
    return publication;
  }

  report(reporter: string, seen: readonly SeenOperation[]): Promise<void> {
    return this.#operations.report(reporter, seen);
  }

  store(client: string, operations: readonly SeenOperation[], texts: readonly string[] = []): Promise<void> {
    return this.#operations.store(client, operations, texts);
  }

  documents(known?: string): Promise<StoredTexts | 'UNCHANGED'> {
    return this.#operations.documents(known);
  }

  reports(): Promise<OperationsReport[]> {
    return this.#operations.reports();
  }

  /** Numbers of the publications, newest first. */
  async #versions(): Promise<number[]> {
    try {
      const names = await readdir(join(this.place, 'publications'));
      const versions = names.map((name) => Number(/^([1-9]\d*)\.json$/.exec(name)?.[1])).filter(Number.isSafeInteger);
      return versions.sort((one, other) => other - one);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw new RegistryError('UNREACHABLE', `${this.place}: ${(error as Error).message}`, { cause: error });
    }
  }

  #publication = (version: number): string => join(this.place, 'publications', `${version}.json`);

  #text(digest: string): string {
    if (!/^[0-9a-f]{64}$/.test(digest)) throw new RegistryError('INVALID', 'a text is named by its SHA-256');
    return join(this.place, 'texts', `${digest}.graphql`);
  }

  async #read(path: string): Promise<string> {
    try {
      return await readFile(path, 'utf8');
    } catch (error) {
      const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
      throw new RegistryError(isMissing ? 'NOT_FOUND' : 'UNREACHABLE', path, { cause: error });
    }
  }

  async #mustBeThere(digest: string): Promise<void> {
    const there = await stat(this.#text(digest)).catch(() => null);
    if (!there) throw new RegistryError('INVALID', `the publication names a text that was not handed in: ${digest}`);
  }
}

const publishedBy = (newest: Newest | null): string =>
  newest
    ? `publication ${newest.publication.version}, ${newest.publication.service} by ${newest.publication.by}`
    : 'there is none any more';

export function parsed<Schema extends z.ZodType>(schema: Schema, text: string, path: string): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new RegistryError('DAMAGED', `${path} cannot be read; move it away and what was before it counts again`, { cause: error });
  }
}
