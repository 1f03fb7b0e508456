import { crc32 } from 'node:zlib';

/** One stored file of a rar under test. */
export interface RarFile {
  name: string;
  data?: string;
  encrypted?: boolean;
  link?: boolean;
  /** The unpacked size it claims. */
  claims?: number;
}

/** A RAR 5 with stored files. */
export function buildRar5(files: RarFile[], { headersEncrypted = false } = {}): Buffer {
  const blocks = [headersEncrypted ? block5(4, Buffer.from([0, 0, 15])) : block5(1, Buffer.from([0]))];
  for (const file of files) blocks.push(file5(file));
  return Buffer.concat([Buffer.from('526172211a070100', 'hex'), ...blocks, block5(5, Buffer.from([0]))]);
}

function file5({ name, data = '', encrypted = false, link = false, claims }: RarFile): Buffer {
  const content = Buffer.from(data);
  const crc = Buffer.alloc(4);
  crc.writeUInt32LE(crc32(content));
  const fields = [
    vint(4),
    vint(claims ?? content.length),
    vint(0o644),
    crc,
    vint(0),
    vint(1),
    vint(Buffer.byteLength(name)),
    Buffer.from(name),
  ];
  const extras = [...(encrypted ? [record(1, Buffer.alloc(33))] : []), ...(link ? [record(5, Buffer.from([1, 0, 1, 0x78]))] : [])];
  return block5(2, Buffer.concat(fields), Buffer.concat(extras), content);
}

const record = (type: number, body: Buffer): Buffer => Buffer.concat([vint(body.length + 1), vint(type), body]);

function block5(type: number, fields: Buffer, extra: Buffer = Buffer.alloc(0), data: Buffer = Buffer.alloc(0)): Buffer {
  const flags = (extra.length > 0 ? 1 : 0) | (type === 2 ? 2 : 0);
  const sizes = [...(extra.length > 0 ? [vint(extra.length)] : []), ...(type === 2 ? [vint(data.length)] : [])];
  const body = Buffer.concat([vint(type), vint(flags), ...sizes, fields, extra]);
  const sized = Buffer.concat([vint(body.length), body]);
  const crc = Buffer.alloc(4);
  crc.writeUInt32LE(crc32(sized));
  return Buffer.concat([crc, sized, data]);
}

function vint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) | 0x80);
  }
}

/** A RAR 4 with stored files; `field` overrides the raw name field. */
export function buildRar4(files: (RarFile & { field?: Buffer })[], { headersEncrypted = false } = {}): Buffer {
  const main = block4(0x73, headersEncrypted ? 0x80 : 0, Buffer.alloc(6));
  return Buffer.concat([Buffer.from('526172211a0700', 'hex'), main, ...files.map(file4), block4(0x7b, 0x4000, Buffer.alloc(0))]);
}

function file4({
  name,
  data = '',
  encrypted = false,
  link = false,
  claims,
  field = Buffer.from(name),
}: RarFile & { field?: Buffer }): Buffer {
  const content = Buffer.from(data);
  const head = Buffer.alloc(25);
  head.writeUInt32LE(content.length, 0);
  head.writeUInt32LE(claims ?? content.length, 4);
  head.writeUInt8(3, 8);
  head.writeUInt32LE(crc32(content), 9);
  head.writeUInt8(20, 17);
  head.writeUInt8(0x30, 18);
  head.writeUInt16LE(field.length, 19);
  head.writeUInt32LE(link ? 0o120777 : 0o100644, 21);
  const unicode = field.includes(0) ? 0x0200 : 0;
  return Buffer.concat([block4(0x74, 0x8000 | unicode | (encrypted ? 4 : 0), Buffer.concat([head, field])), content]);
}

function block4(type: number, flags: number, body: Buffer): Buffer {
  const header = Buffer.alloc(5);
  header.writeUInt8(type, 0);
  header.writeUInt16LE(flags, 1);
  header.writeUInt16LE(7 + body.length, 3);
  const rest = Buffer.concat([header, body]);
  const crc = Buffer.alloc(2);
  crc.writeUInt16LE(crc32(rest) & 0xffff);
  return Buffer.concat([crc, rest]);
}
