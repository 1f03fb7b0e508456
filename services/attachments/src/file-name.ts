import { ErrorCode, type Fault } from '@atende/service';
import { ACTIVE, PROGRAMS, TELLTALE } from './content/unsafe-types.ts';

const LONGEST = 200; // characters; every file system takes 255 bytes
const ARCHIVES = new Set(['zip', 'rar', 'gz']);

// Letters that turn the direction of writing make `exe.fdp` look like `pdf.exe` the other way round.
const DIRECTION_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const NOT_IN_A_NAME = /[\u0000-\u001f\u007f/\\:]|%2f|%5c|%00|%2e%2e/i;
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** The last extension in lower case, if what follows the last dot looks like one. */
export function extensionOf(fileName: string): string | null {
  return /\.([a-z0-9][a-z0-9-]{0,15})[. ]*$/i.exec(fileName)?.[1]?.toLowerCase() ?? null;
}

/** What is wrong with a file's name: everything at once. */
export function nameFaults(fileName: string): Fault[] {
  if (fileName.trim() === '') return [{ code: ErrorCode.REQUIRED }];
  const faults: Fault[] = [];
  if (fileName.length > LONGEST) faults.push({ code: ErrorCode.TOO_LONG, params: { max: LONGEST, length: fileName.length } });
  if (!isPlainName(fileName)) faults.push({ code: ErrorCode.FILE_NAME_REFUSED });
  if (isUnsafe(fileName)) faults.push({ code: ErrorCode.FILE_TYPE_REFUSED, params: { name: fileName, accepted: '' } });
  return faults;
}

/** A name and no path, device, stream or trick of writing. */
function isPlainName(fileName: string): boolean {
  return (
    !NOT_IN_A_NAME.test(fileName) &&
    !DIRECTION_MARKS.test(fileName) &&
    !DEVICES.test(fileName) &&
    !/^\.{1,2}$/.test(fileName) &&
    !/[. ]$/.test(fileName)
  );
}

/** The extension that runs: the last one, or one before it that nobody puts there honestly (`invoice.exe.pdf`). */
function isUnsafe(fileName: string): boolean {
  const last = extensionOf(fileName);
  if (last && (PROGRAMS.has(last) || ACTIVE.has(last))) return true;
  const inner = fileName
    .toLowerCase()
    .split('.')
    .slice(1, -1)
    .map((part) => part.trim());
  return inner.some((part) => TELLTALE.has(part) && (PROGRAMS.has(part) || !ARCHIVES.has(last ?? '')));
}
