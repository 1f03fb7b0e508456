import type { RarEntry, RarReader } from './rar.ts';
import { rar4Names } from './rar4-name.ts';
import { Refusal } from './refusal.ts';

// Block types and flags of RAR 1.5 to 4.
const MAIN = 0x73;
const FILE = 0x74;
const END = 0x7b;
const HEADERS_ENCRYPTED = 0x0080;
const FILE_ENCRYPTED = 0x0004;
const LARGE = 0x0100;
const HAS_DATA = 0x8000;
const UNIX = 3;
const LINK = 0o120000;

/** Walks the blocks: CRC(2) type(1) flags(2) size(2), then what the type says, then data. */
export async function* rar4Entries(reader: RarReader): AsyncGenerator<RarEntry> {
  let position = 7;
  while (position + 7 <= reader.size) {
    const block = await reader.at(position, 0xffff);
    const type = block.readUInt8(2);
    const flags = block.readUInt16LE(3);
    const size = block.readUInt16LE(5);
    if (size < 7 || size > block.length) throw new Refusal('BROKEN_ARCHIVE');
    if (type === END) return;
    if (type === MAIN && flags & HEADERS_ENCRYPTED) throw new Refusal('ENCRYPTED');
    const large = type === FILE && (flags & LARGE) !== 0;
    const packed = type === FILE || flags & HAS_DATA ? block.readUInt32LE(7) + (large ? block.readUInt32LE(32) * 2 ** 32 : 0) : 0;
    if (type === FILE) yield fileOf(block.subarray(0, size), flags, large);
    position += size + packed;
  }
}

function fileOf(block: Buffer, flags: number, large: boolean): RarEntry {
  const nameAt = large ? 40 : 32;
  const attributes = block.readUInt32LE(28);
  return {
    names: rar4Names(block.subarray(nameAt, nameAt + block.readUInt16LE(26))),
    unpackedSize: block.readUInt32LE(11) + (large ? block.readUInt32LE(36) * 2 ** 32 : 0),
    encrypted: (flags & FILE_ENCRYPTED) !== 0,
    link: block.readUInt8(15) === UNIX && (attributes & 0o170000) === LINK,
  };
}
