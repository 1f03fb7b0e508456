import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { DurableFiles } from './durable-file.ts';
import { digestOf, reporterName } from './publication.ts';
import { REGISTRY_LIMITS, RegistryError, type StoredTexts } from './registry.ts';
import {
  extended,
  type OperationsReport,
  operationsReportSchema,
  type SeenOperation,
  seenOperationSchema,
  storedText,
} from './seen-operation.ts';

const FOLDERS = { seen: 'operations', stored: 'documents' } as const;
const MANY = 50; // replicas with files of their own; from here on the files of those that are gone become one
const GONE = 86_400_000; // ms without a report
const EARLIER = 'earlier'; // whose file that is

/** The operations' part of a registry in a folder. Each replica has a file of its own, so that nobody waits for anybody. */
export class DirectoryOperations {
  readonly #root: string;
  readonly #files: DurableFiles;
  readonly #now: () => Date;
  #last: Promise<unknown> = Promise.resolve();

  constructor(root: string, files: DurableFiles, now: () => Date) {
    this.#root = root;
    this.#files = files;
    this.#now = now;
  }

  report(reporter: string, seen: readonly SeenOperation[]): Promise<void> {
    return this.#inTurn(async () => {
      const path = this.#path('seen', reporter);
      const empty: OperationsReport = { reporter, stored: false, dropped: 0, operations: [] };
      const before = await this.#read(path);
      if (before === null) await this.#gather();
      await this.#write(path, extended(before ?? empty, checked(seen), this.#now(), REGISTRY_LIMITS));
    });
  }

  store(client: string, operations: readonly SeenOperation[], texts: readonly string[]): Promise<void> {
    return this.#inTurn(async () => {
      const path = this.#path('stored', client);
      if (operations.length > REGISTRY_LIMITS.operations)
        throw new RegistryError('TOO_LARGE', `more than ${REGISTRY_LIMITS.operations} operations`);
      const others = (await this.#names('stored')).filter((name) => name !== `${client}.json`);
      if (others.length >= REGISTRY_LIMITS.clients) throw new RegistryError('FULL', `${others.length} clients have stored documents`);
      const whole = { operations: checked(operations), texts: checkedTexts(texts) };
      await this.#write(path, { reporter: client, stored: true, dropped: 0, ...whole });
    });
  }

  async documents(known?: string): Promise<StoredTexts | 'UNCHANGED'> {
    await stat(join(this.#root, 'publications')).catch((error) => {
      throw new RegistryError('UNREACHABLE', `${this.#root}: ${(error as Error).message}`, { cause: error });
    });
    const paths = (await this.#names('stored')).map((name) => join(this.#root, FOLDERS.stored, name));
    const marks = await Promise.all(paths.map(async (path) => `${path} ${await markOf(path)}`));
    const tag = digestOf(marks.join('\n')).slice(0, 32);
    if (tag === known) return 'UNCHANGED';
    const reports = await Promise.all(paths.map((path) => this.#read(path)));
    return { tag, texts: [...new Set(reports.flatMap((report) => report?.texts ?? []))] };
  }

  async reports(): Promise<OperationsReport[]> {
    const reports: OperationsReport[] = [];
    for (const kind of ['seen', 'stored'] as const) {
      for (const name of await this.#names(kind)) {
        const report = await this.#read(join(this.#root, FOLDERS[kind], name));
        const unreadable: OperationsReport = { reporter: name, stored: kind === 'stored', dropped: 0, operations: [], damaged: true };
        const { texts: _, ...told } = report ?? unreadable;
        reports.push(told);
      }
    }
    return reports;
  }

  #path(kind: keyof typeof FOLDERS, reporter: string): string {
    if (!reporterName.safeParse(reporter).success)
      throw new RegistryError('INVALID', 'a name is made of letters, digits, dots and hyphens');
    return join(this.#root, FOLDERS[kind], `${reporter}.json`);
  }

  /** Null when there is none, or none that can be read: what was counted there is lost, what is counted from here on is not. */
  async #read(path: string): Promise<OperationsReport | null> {
    const text = await readFile(path, 'utf8').catch(() => null);
    try {
      return text === null ? null : operationsReportSchema.parse(JSON.parse(text));
    } catch {
      return null;
    }
  }

  #write(path: string, report: OperationsReport): Promise<void> {
    return this.#files.write(path, JSON.stringify(report));
  }

  async #names(kind: keyof typeof FOLDERS): Promise<string[]> {
    const names = await readdir(join(this.#root, FOLDERS[kind])).catch(() => []);
    return names.filter((name) => name.endsWith('.json')).sort();
  }

  /** Replicas come and go with every deployment; what those that are gone have seen still counts. */
  async #gather(): Promise<void> {
    const paths = (await this.#names('seen')).map((name) => join(this.#root, FOLDERS.seen, name));
    if (paths.length < MANY) return;
    const target = this.#path('seen', EARLIER);
    let earlier: OperationsReport = (await this.#read(target)) ?? { reporter: EARLIER, stored: false, dropped: 0, operations: [] };
    const gone: string[] = [];
    for (const path of paths) {
      const { mtimeMs } = await stat(path);
      const report = path !== target && this.#now().getTime() - mtimeMs > GONE ? await this.#read(path) : null;
      if (!report) continue;
      earlier = extended({ ...earlier, dropped: earlier.dropped + report.dropped }, report.operations, this.#now(), REGISTRY_LIMITS);
      gone.push(path);
    }
    if (gone.length > 0) await this.#write(target, earlier);
    for (const path of gone) await rm(path, { force: true });
  }

  /** One writer at a time inside this process: a report is read, extended and written again. */
  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

/** Another file under the same name has another one. */
const markOf = (path: string): Promise<string> =>
  stat(path).then(
    ({ ino, mtimeMs, size }) => `${ino} ${mtimeMs} ${size}`,
    () => 'gone',
  );

function checkedTexts(texts: readonly string[]): string[] {
  const { success, data, error } = z.array(storedText).safeParse(texts);
  if (!success) throw new RegistryError('INVALID', `texts: ${error.issues[0]?.path.join('.')} ${error.issues[0]?.message}`);
  return data;
}

function checked(operations: readonly SeenOperation[]): SeenOperation[] {
  const { success, data, error } = z.array(seenOperationSchema).safeParse(operations);
  if (!success) throw new RegistryError('INVALID', `operations: ${error.issues[0]?.path.join('.')} ${error.issues[0]?.message}`);
  return data;
}
