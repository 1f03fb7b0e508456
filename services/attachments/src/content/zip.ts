import yauzl from 'yauzl';
import { refuseEntryName } from './archive-entry.ts';
import { Refusal } from './refusal.ts';
import { archiveLimits, type Unpacking } from './unpacking.ts';

const UNIX = 3;
const LINK = 0o120000;

/** Walks a zip: names, links, encryption, sizes as said and as they are, and everything inside it that is an archive again. */
export async function inspectZip(path: string, unpacking: Unpacking, depth: number): Promise<void> {
  // Names are judged here instead of in yauzl, so that each refusal has its own reason.
  const zip = await yauzl.openPromise(path, { decodeStrings: false, validateEntrySizes: true }).catch(broken);
  try {
    const entries = await listed(zip);
    unpacking.expect(
      entries.length,
      entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0),
    );
    for (const entry of entries) await examineEntry(zip, entry, unpacking, depth);
  } finally {
    zip.close();
  }
}

/** The whole directory first: its names and sizes decide before anything is unpacked. */
async function listed(zip: yauzl.ZipFile): Promise<yauzl.Entry[]> {
  if (zip.entryCount > archiveLimits.entries) throw new Refusal('BOMB');
  const entries: yauzl.Entry[] = [];
  zip.autoClose = false;
  try {
    for await (const entry of zip.eachEntry()) {
      refuseEntry(entry);
      entries.push(entry);
    }
  } catch (error) {
    broken(error);
  }
  return entries;
}

function refuseEntry(entry: yauzl.Entry): void {
  const name = yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
  if (entry.versionMadeBy >> 8 === UNIX && ((entry.externalFileAttributes >>> 16) & 0o170000) === LINK) throw new Refusal('TRAVERSAL');
  refuseEntryName(name);
  if (entry.isEncrypted()) throw new Refusal('ENCRYPTED');
  if (!entry.canDecodeFileData()) throw new Refusal('ARCHIVE_NOT_INSPECTABLE');
}

async function examineEntry(zip: yauzl.ZipFile, entry: yauzl.Entry, unpacking: Unpacking, depth: number): Promise<void> {
  try {
    // A program that trusts local headers must see the names that were judged.
    const local = await zip.readLocalFileHeaderPromise(entry);
    if (!local.fileName.equals(entry.fileNameRaw)) throw new Refusal('BROKEN_ARCHIVE');
    const content = await zip.openReadStreamPromise(entry);
    try {
      await unpacking.examine(content, depth);
    } finally {
      content.destroy();
    }
  } catch (error) {
    broken(error);
  }
}

/** What yauzl or zlib complain about is a broken archive; our own refusals and an abort pass. */
function broken(error: unknown): never {
  if (error instanceof Refusal || (error as Error).name === 'AbortError') throw error;
  throw new Refusal('BROKEN_ARCHIVE');
}
