import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import { inspectArchive } from './archive.ts';
import { isProgram } from './archive-entry.ts';
import { ByteSearch, searchForMarkup, searchForTestVirus } from './byte-search.ts';
import { declaredFits, type FileKind, isZipOrRar, kindOfExtension, kindOfMagic, plainText, unknownBinary } from './file-kinds.ts';
import { inspectOle, MACRO_PROJECT } from './ole.ts';
import { Refusal, type Verdict } from './refusal.ts';
import { readAsText, sniffText } from './text.ts';
import { endsAsZip } from './trailing-zip.ts';
import { MACRO_DOCUMENTS, MAGIC_OF_ACTIVE, MAGIC_OF_CLOSED_ARCHIVES, MAGIC_OF_PROGRAMS } from './unsafe-types.ts';

/** A complete file as its sender describes it, and what the form asks of it. */
export interface FileToInspect {
  path: string;
  size: number;
  extension: string | null;
  declaredType: string;
  archivesOnly: boolean;
}

/** Judges a complete file by its bytes. The first reason found decides; everything else about the file is then of no interest. */
export async function inspect(file: FileToInspect, signal: AbortSignal): Promise<Verdict> {
  let kind: FileKind = unknownBinary;
  const handle = await open(file.path);
  try {
    const head = await firstBytes(handle);
    await refuseFound(file.path, searchForTestVirus(), 'MALWARE', signal);
    const magic = await detect(file.path);
    refuseUnsafe(magic, head);
    kind = agreedKind(file, magic, readAsText(head));
    if (file.archivesOnly && !isZipOrRar(kind)) throw new Refusal('NOT_AN_ARCHIVE');
    await refuseByFamily({ file, kind, handle, head }, signal);
    return { passed: true, mediaType: kind.mediaType, archive: isZipOrRar(kind) };
  } catch (error) {
    if (error instanceof Refusal) return { passed: false, reason: error.reason, mediaType: kind.mediaType };
    throw error;
  } finally {
    await handle.close();
  }
}

function refuseUnsafe(magic: string | null, head: Buffer): void {
  if (isProgram(head) || (magic !== null && MAGIC_OF_PROGRAMS.has(magic))) throw new Refusal('EXECUTABLE');
  if (magic === null) return;
  if (MAGIC_OF_ACTIVE.has(magic)) throw new Refusal('ACTIVE_CONTENT');
  if (MACRO_DOCUMENTS.has(magic)) throw new Refusal('MACROS');
  if (MAGIC_OF_CLOSED_ARCHIVES.has(magic)) throw new Refusal('ARCHIVE_NOT_INSPECTABLE');
}

// Found by bytes that a text would not begin with by chance.
const NEVER_TEXT = new Set(['pdf', 'rtf', 'ps', 'eps']);

/** What the file is, if its name, its declared type and its bytes tell the same story. */
function agreedKind(file: FileToInspect, magic: string | null, text: string | null): FileKind {
  const named = kindOfExtension(file.extension);
  const isText = text !== null && !(magic !== null && NEVER_TEXT.has(magic));
  const found = named ?? kindOfMagic(magic) ?? (isText ? plainText : unknownBinary);
  if (named) {
    const agrees = named.magic === 'TEXT' ? isText : magic !== null && named.magic.includes(magic);
    if (!agrees) throw new Refusal(sniffText(text ?? '') === null ? 'DISGUISED' : 'ACTIVE_CONTENT');
  }
  if (!declaredFits(file.declaredType, found)) throw new Refusal('DISGUISED');
  return found;
}

interface Known {
  file: FileToInspect;
  kind: FileKind;
  handle: FileHandle;
  head: Buffer;
}

async function refuseByFamily({ file, kind, handle, head }: Known, signal: AbortSignal): Promise<void> {
  const inside = { packed: file.size, room: file.path, signal };
  if (kind.family === 'ZIPPED' || kind.mediaType === 'application/zip') return inspectArchive(file.path, 'ZIP', inside);
  if (kind.mediaType === 'application/vnd.rar') return inspectArchive(file.path, 'RAR', inside);
  if (kind.mediaType === 'application/gzip') return inspectArchive(file.path, 'GZIP', inside);
  if (await endsAsZip(handle, file.size)) throw new Refusal('POLYGLOT');
  if (kind.family === 'IMAGE') await refuseFound(file.path, searchForMarkup(), 'POLYGLOT', signal);
  if (kind.family === 'OLE') {
    await inspectOle(handle);
    await refuseFound(file.path, new ByteSearch([MACRO_PROJECT]), 'MACROS', signal);
  }
  if (kind.family === 'TEXT' || kind === unknownBinary) {
    const does = sniffText(readAsText(head) ?? '');
    if (does) throw new Refusal(does === 'SCRIPT' ? 'EXECUTABLE' : 'ACTIVE_CONTENT');
  }
}

async function refuseFound(
  path: string,
  search: ByteSearch,
  reason: 'MALWARE' | 'POLYGLOT' | 'MACROS',
  signal: AbortSignal,
): Promise<void> {
  for await (const piece of createReadStream(path, { highWaterMark: 256 * 1024, signal }) as AsyncIterable<Buffer>) {
    if (search.finds(piece)) throw new Refusal(reason);
  }
}

/** The extension that the magic bytes stand for. What cannot even be parsed is no known kind. */
async function detect(path: string): Promise<string | null> {
  try {
    return (await fileTypeFromFile(path))?.ext ?? null;
  } catch {
    return null;
  }
}

async function firstBytes(handle: FileHandle): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(64 * 1024), 0, 64 * 1024, 0);
  return buffer.subarray(0, bytesRead);
}
