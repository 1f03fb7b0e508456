import { Refusal } from './refusal.ts';
import { PROGRAMS } from './unsafe-types.ts';

export type ArchiveKind = 'ZIP' | 'RAR' | 'GZIP';

/** Names in an archive stay inside the folder they are unpacked to, and start nothing. */
export function refuseEntryName(name: string): void {
  const path = name.replaceAll('\\', '/');
  if (path.startsWith('/') || /^[a-z]:/i.test(path) || path.includes('\0') || path.split('/').includes('..'))
    throw new Refusal('TRAVERSAL');
  const extension = /\.([^./]+?)[. ]*$/.exec(path)?.[1]?.toLowerCase();
  if (extension && PROGRAMS.has(extension)) throw new Refusal('EXECUTABLE');
}

const CLOSED = ['7z\xbc\xaf\x27\x1c', 'BZh', '\xfd7zXZ\0', '\x28\xb5\x2f\xfd', '\x04\x22\x4d\x18', 'MSCF'];

/** What archive a file is by its first 512 bytes; CLOSED: one whose inside nobody here can look at. */
export function archiveKindOf(start: Buffer): ArchiveKind | 'CLOSED' | null {
  const magic = start.toString('latin1', 0, 8);
  if (magic.startsWith('PK\x03\x04') || magic.startsWith('PK\x05\x06')) return 'ZIP';
  if (magic.startsWith('Rar!\x1a\x07')) return 'RAR';
  if (magic.startsWith('\x1f\x8b')) return 'GZIP';
  return CLOSED.some((signature) => magic.startsWith(signature)) || start.toString('latin1', 257, 262) === 'ustar' ? 'CLOSED' : null;
}

// ELF, Mach-O in its four spellings, Java class or fat Mach-O.
const PROGRAM_MAGIC = ['7f454c46', 'feedface', 'feedfacf', 'cefaedfe', 'cffaedfe', 'cafebabe'];

/** First bytes of programs for Windows, Linux, macOS and Java. MZ alone could begin a word: a program has zero bytes too. */
export function isProgram(start: Buffer): boolean {
  const magic = start.toString('hex', 0, 4);
  return PROGRAM_MAGIC.includes(magic) || (magic.startsWith('4d5a') && start.length >= 64 && start.includes(0));
}
