import type { RarEntry, RarReader } from './rar.ts';
import { Refusal } from './refusal.ts';

// Header types, flags and extra records of RAR 5.
const FILE = 2;
const ENCRYPTION = 4;
const END = 5;
const HAS_EXTRA = 0x01;
const HAS_DATA = 0x02;
const HAS_TIME = 0x02;
const HAS_CRC = 0x04;
const EXTRA_ENCRYPTION = 1;
const EXTRA_REDIRECTION = 5;
const MAX_HEADER = 2 * 1024 ** 2; // the format's own bound

/** Numbers of variable length: seven bits a byte, the low ones first. */
class Cursor {
  position = 0;
  readonly bytes: Buffer;
  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }
  number(): number {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.bytes.readUInt8(this.position++);
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new Refusal('BROKEN_ARCHIVE');
  }
}

/** Walks the headers: CRC(4), size, type, flags, [size of extra], [size of data], what the type says, extra, data. */
export async function* rar5Entries(reader: RarReader): AsyncGenerator<RarEntry> {
  let position = 8;
  while (position + 7 <= reader.size) {
    const start = new Cursor(await reader.at(position + 4, 10));
    const size = start.number();
    if (size > MAX_HEADER || size < 2) throw new Refusal('BROKEN_ARCHIVE');
    const headerAt = position + 4 + start.position;
    const header = new Cursor(await reader.at(headerAt, size));
    if (header.bytes.length < size) throw new Refusal('BROKEN_ARCHIVE');
    const type = header.number();
    const flags = header.number();
    const extraSize = flags & HAS_EXTRA ? header.number() : 0;
    const dataSize = flags & HAS_DATA ? header.number() : 0;
    if (type === END) return;
    if (type === ENCRYPTION) throw new Refusal('ENCRYPTED');
    if (type === FILE) yield fileOf(header, extraSize);
    position = headerAt + size + dataSize;
  }
}

function fileOf(header: Cursor, extraSize: number): RarEntry {
  const flags = header.number();
  const unpackedSize = header.number();
  header.number(); // attributes
  header.position += (flags & HAS_TIME ? 4 : 0) + (flags & HAS_CRC ? 4 : 0);
  header.number(); // compression
  header.number(); // system
  const length = header.number();
  const name = header.bytes.toString('utf8', header.position, header.position + length);
  const extras = extraTypes(new Cursor(header.bytes.subarray(header.bytes.length - extraSize)));
  return { names: [name], unpackedSize, encrypted: extras.includes(EXTRA_ENCRYPTION), link: extras.includes(EXTRA_REDIRECTION) };
}

function extraTypes(extra: Cursor): number[] {
  const types: number[] = [];
  while (extra.position < extra.bytes.length) {
    const size = extra.number();
    const from = extra.position;
    types.push(extra.number());
    extra.position = from + size;
  }
  return types;
}
