import type { FileHandle } from 'node:fs/promises';

const END_RECORD = 22; // bytes, before a comment of up to 65,535
const SIGNATURE = Buffer.from('PK\x05\x06', 'latin1');

/**
 * Whether a file that is no zip ends like one: zip readers start at the end, so such a file is two files at once. The
 * comment must reach exactly to the end of the file; four bytes alone occur by chance.
 */
export async function endsAsZip(handle: FileHandle, size: number): Promise<boolean> {
  const length = Math.min(size, END_RECORD + 0xffff);
  const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
  for (let at = buffer.lastIndexOf(SIGNATURE); at >= 0; at = at === 0 ? -1 : buffer.lastIndexOf(SIGNATURE, at - 1)) {
    if (at + END_RECORD <= length && at + END_RECORD + buffer.readUInt16LE(at + 20) === length) return true;
  }
  return false;
}
