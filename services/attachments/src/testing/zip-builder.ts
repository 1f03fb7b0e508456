import { crc32, deflateRawSync } from 'node:zlib';

/** One file of a zip under test; every lie is optional. */
export interface ZipEntry {
  name: string;
  data?: Buffer | string;
  stored?: boolean;
  encrypted?: boolean;
  /** Unix mode, e.g. 0o120777 for a link. */
  mode?: number;
  /** The unpacked size it claims. */
  claims?: number;
  /** Another name in the local header than in the directory. */
  localName?: string;
  method?: number;
}

/** Builds a zip byte by byte, honest or not. */
export function buildZip(...entries: ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { name, data = '', stored = false, encrypted = false, mode = 0o100644, localName = name } = entry;
    const plain = Buffer.from(data as string);
    const packed = stored ? plain : deflateRawSync(plain);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE((encrypted ? 1 : 0) | 0x0800, 2);
    common.writeUInt16LE(entry.method ?? (stored ? 0 : 8), 4);
    common.writeUInt32LE(crc32(plain), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(entry.claims ?? plain.length, 18);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), withNameLength(common, localName), Buffer.from(localName), packed]);
    const trailer = Buffer.alloc(14);
    trailer.writeUInt32LE(mode * 2 ** 16, 6);
    trailer.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 3]), withNameLength(common, name), trailer, Buffer.from(name)]),
    );
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, central, end]);
}

function withNameLength(common: Buffer, name: string): Buffer {
  const header = Buffer.from(common);
  header.writeUInt16LE(Buffer.byteLength(name), 22);
  return header;
}
