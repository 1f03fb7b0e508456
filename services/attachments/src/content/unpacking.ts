import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { type ArchiveKind, archiveKindOf, isProgram } from './archive-entry.ts';
import { searchForTestVirus } from './byte-search.ts';
import { Refusal } from './refusal.ts';

/** How much an archive may hold. */
export const archiveLimits = {
  entries: 10_000,
  bytes: 1024 ** 3, // unpacked, everything nested included
  /** Unpacked bytes per packed byte, once more than `ratioFrom` bytes come out. Logs reach 50, a bomb 1000. */
  ratio: 250,
  ratioFrom: 64 * 1024 ** 2,
  /** A zip in a zip in a zip is the end. */
  depth: 3,
};

export interface UnpackingScope {
  /** Size of the whole file. */
  packed: number;
  /** A path; archives inside the archive are put beside it for as long as they are looked at. */
  room: string;
  signal: AbortSignal;
  look(path: string, kind: ArchiveKind, unpacking: Unpacking, depth: number): Promise<void>;
}

/** One inspection of an archive with everything nested in it: what it may still unpack, and how deep it may go. */
export class Unpacking {
  readonly #scope: UnpackingScope;
  #unpacked = 0;
  #entries = 0;
  #nested = 0;

  constructor(scope: UnpackingScope) {
    this.#scope = scope;
  }

  /** What an archive says it holds, before a byte of it is unpacked. */
  expect(entries: number, bytes: number): void {
    this.#entries += entries;
    if (this.#entries > archiveLimits.entries || this.#isTooMuch(this.#unpacked + bytes)) throw new Refusal('BOMB');
  }

  spend(bytes: number): void {
    this.#scope.signal.throwIfAborted();
    this.#unpacked += bytes;
    if (this.#isTooMuch(this.#unpacked)) throw new Refusal('BOMB');
  }

  #isTooMuch(bytes: number): boolean {
    const { bytes: most, ratio, ratioFrom } = archiveLimits;
    return bytes > most || (bytes > ratioFrom && bytes > this.#scope.packed * ratio);
  }

  /** Reads one unpacked file to its end: its size, its first bytes, and what it hides if it is an archive itself. */
  async examine(content: Readable, depth: number): Promise<void> {
    const pieces = this.#watched(content);
    const start = await firstBytes(pieces);
    if (isProgram(start)) throw new Refusal('EXECUTABLE');
    const nested = archiveKindOf(start);
    if (nested === 'CLOSED') throw new Refusal('ARCHIVE_NOT_INSPECTABLE');
    if (nested && depth >= archiveLimits.depth) throw new Refusal('NESTED_TOO_DEEP');
    if (nested) await this.#spooled(start, pieces, (path) => this.#scope.look(path, nested, this, depth + 1));
    else for await (const _ of pieces); // to the end: only then its size is known
  }

  async *#watched(content: Readable): AsyncGenerator<Buffer> {
    const testVirus = searchForTestVirus();
    for await (const piece of content as AsyncIterable<Buffer>) {
      this.spend(piece.length);
      if (testVirus.finds(piece)) throw new Refusal('MALWARE');
      yield piece;
    }
  }

  async #spooled(start: Buffer, rest: AsyncIterable<Buffer>, look: (path: string) => Promise<void>): Promise<void> {
    const path = `${this.#scope.room}.nested-${++this.#nested}`;
    const spool = createWriteStream(path, { mode: 0o600 });
    try {
      spool.write(start);
      for await (const piece of rest) if (!spool.write(piece)) await once(spool, 'drain');
      spool.end();
      await once(spool, 'close');
      await look(path);
    } finally {
      spool.destroy();
      await rm(path, { force: true });
    }
  }
}

async function firstBytes(pieces: AsyncGenerator<Buffer>): Promise<Buffer> {
  let start: Buffer = Buffer.alloc(0);
  while (start.length < 512) {
    const next = await pieces.next();
    if (next.done) break;
    start = Buffer.concat([start, next.value]);
  }
  return start;
}
