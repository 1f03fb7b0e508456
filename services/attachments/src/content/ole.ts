import type { FileHandle } from 'node:fs/promises';
import { Refusal } from './refusal.ts';

// The class ids that say "I am an installer" in the root entry of an OLE compound file: {000C1084…} and {000C1086…}.
const INSTALLERS = ['84100c0000000000c000000000000046', '86100c0000000000c000000000000046'];

/** Old Office documents and Windows installers share one container: its root entry tells them apart. */
export async function inspectOle(file: FileHandle): Promise<void> {
  const header = await bytesAt(file, 0, 512);
  const shift = header.length < 512 ? 0 : header.readUInt16LE(0x1e);
  if (shift !== 9 && shift !== 12) throw new Refusal('DISGUISED');
  const sectorSize = 2 ** shift;
  const directory = (header.readUInt32LE(0x30) + 1) * sectorSize;
  const root = await bytesAt(file, directory, 128);
  if (root.length < 128) throw new Refusal('DISGUISED');
  if (INSTALLERS.includes(root.subarray(80, 96).toString('hex'))) throw new Refusal('EXECUTABLE');
}

/** The name under which a macro project stands in the container's directory. */
export const MACRO_PROJECT = Buffer.from('_VBA_PROJECT', 'utf16le');

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
