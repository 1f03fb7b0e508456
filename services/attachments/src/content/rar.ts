import { type FileHandle, open } from 'node:fs/promises';
import { refuseEntryName } from './archive-entry.ts';
import { rar4Entries } from './rar4.ts';
import { rar5Entries } from './rar5.ts';
import { Refusal } from './refusal.ts';
import type { Unpacking } from './unpacking.ts';

/** One file in a rar, as its header describes it. */
export interface RarEntry {
  /** As different programs would read it. */
  names: string[];
  unpackedSize: number;
  encrypted: boolean;
  link: boolean;
}

/** Headers of a rar come one after the other; nobody needs to unpack the data between them. */
export interface RarReader {
  /** Up to `length` bytes at a place; fewer at the end of the file. */
  at(position: number, length: number): Promise<Buffer>;
  size: number;
}

const RAR4 = '526172211a0700';
const RAR5 = '526172211a070100';
const ARCHIVES = /\.(?:zip|rar|7z|gz|tgz|bz2|xz|zst|tar|cab|r\d\d)[. ]*$/i;

/** Judges a rar by its headers: names, links, encryption, sizes. An archive in it cannot be looked into, so it is refused. */
export async function inspectRar(path: string, unpacking: Unpacking): Promise<void> {
  const file = await open(path);
  try {
    const reader: RarReader = { at: (position, length) => bytesAt(file, position, length), size: (await file.stat()).size };
    for await (const entry of await entriesOf(reader)) {
      if (entry.link) throw new Refusal('TRAVERSAL');
      for (const name of entry.names) refuseEntryName(name);
      if (entry.encrypted) throw new Refusal('ENCRYPTED');
      unpacking.expect(1, 0);
      unpacking.spend(entry.unpackedSize);
      if (entry.names.some((name) => ARCHIVES.test(name))) throw new Refusal('NESTED_TOO_DEEP');
    }
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal('BROKEN_ARCHIVE');
    throw error;
  } finally {
    await file.close();
  }
}

async function entriesOf(reader: RarReader): Promise<AsyncIterable<RarEntry>> {
  const signature = (await reader.at(0, 8)).toString('hex');
  if (signature === RAR5) return rar5Entries(reader);
  if (signature.startsWith(RAR4)) return rar4Entries(reader);
  throw new Refusal('BROKEN_ARCHIVE');
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
