import { setImmediate } from 'node:timers/promises';
import { CsvError, type Info, Parser } from 'csv-parse';
import { ErrorCode, type Fault, Refused } from './errors.ts';
import { searchable } from './searchable.ts';

/** How a file of lines is read. */
export interface TableRules<Column extends string> {
  /** The column that a heading names, e.g. by `reading`. */
  columnOf(heading: string): Column | undefined;
  /** Without these it is no such table. */
  required: readonly Column[];
  mostLines: number;
  /** Longest file in characters. */
  maxLength: number;
  /** Path of the file in the input, for faults. */
  field: string[];
}

/** One record of the file; null when it has not the header's columns. */
export interface TableRow<Column extends string> {
  /** Where it stands in the file, from 1; the header is line 1. */
  line: number;
  cells: Partial<Record<Column, string>> | null;
}

/** Longest record in characters; a longer one is a quote that never ends. */
const MAX_RECORD = 10_000;

/**
 * Reads CSV with a header, as spreadsheets of any country write it; cells without the space around them. Throws Refused with what
 * is wrong with the whole file, all at once. Other requests run in between.
 */
export async function readTable<Column extends string>(csv: string, rules: TableRules<Column>): Promise<TableRow<Column>[]> {
  const { columnOf, required, mostLines, maxLength, field } = rules;
  const refused = (...faults: Omit<Fault, 'field'>[]): Refused => new Refused(...faults.map((fault) => ({ ...fault, field })));
  if (csv.length > maxLength) throw refused({ code: ErrorCode.TOO_LONG, params: { max: maxLength, length: csv.length } });
  const [header, ...rows] = await recordsIn(csv.toWellFormed().replace(/\r\n?/g, '\n')).catch((error) => {
    throw error instanceof CsvError ? refused({ code: ErrorCode.NOT_CSV }) : error;
  });
  if (!header) throw refused({ code: ErrorCode.REQUIRED });
  const names = header.cells.map(columnOf);
  const faults = header.cells.flatMap((value, at): Omit<Fault, 'field'>[] => {
    const name = names[at];
    return name && names.indexOf(name) === at ? [] : [{ code: ErrorCode.UNKNOWN_FIELD, params: { value: value.slice(0, 40) } }];
  });
  if (required.some((column) => !names.includes(column))) throw refused(...faults, { code: ErrorCode.NOT_CSV });
  if (rows.length > mostLines) faults.push({ code: ErrorCode.TOO_MANY, params: { max: mostLines } });
  if (faults.length > 0) throw refused(...faults);
  return rows.map(({ line, cells }) => ({
    line,
    cells:
      cells.length === names.length ? (Object.fromEntries(cells.map((cell, at) => [names[at], cell])) as Record<Column, string>) : null,
  }));
}

interface CsvRecord {
  line: number;
  cells: string[];
}

const SLICE = 65_536; // characters; some milliseconds of reading

async function recordsIn(csv: string): Promise<CsvRecord[]> {
  const options = {
    bom: true,
    info: true,
    ltrim: true,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: MAX_RECORD,
  } as const;
  const parser = new Parser({ ...options, delimiter: separatorOf(csv), record_delimiter: '\n', skip_records_with_empty_values: true });
  const records: CsvRecord[] = [];
  const failed = new Promise<never>((_, reject) => parser.once('error', reject));
  failed.catch(() => {}); // looked at below, in its time
  const ended = new Promise<void>((resolve) => parser.once('end', resolve));
  parser.on('data', ({ record, info }: { record: string[]; info: Info }) =>
    records.push({ line: info.lines, cells: record.map((cell) => cell.trim()) }),
  );
  for (let at = 0; at < csv.length; at += SLICE) {
    parser.write(csv.slice(at, at + SLICE));
    await Promise.race([setImmediate(), failed]);
  }
  parser.end();
  await Promise.race([ended, failed]);
  return records;
}

/** Spreadsheets write commas or semicolons, depending on their country: the header has more of the one that separates. */
function separatorOf(csv: string): string {
  const header = /^.*$/m.exec(csv.trimStart())?.[0] ?? '';
  return header.split(';').length > header.split(',').length ? ';' : ',';
}

/** What people write for each value, in any language; accents, capitals, spaces and hyphens do not count. */
export function reading<Value>(words: readonly (readonly [Value, readonly string[]])[]): (text: string) => Value | undefined {
  const values = new Map(words.flatMap(([value, texts]) => texts.map((text) => [plain(text), value] as const)));
  return (text) => values.get(plain(text));
}

const plain = (text: string): string => searchable(text).replaceAll(' ', '');

export const flagOf = reading<boolean>([
  [true, ['yes', 'y', 'sim', 's', 'sí', 'true', '1', 'x']],
  [false, ['no', 'n', 'não', 'false', '0']],
]);

// What a spreadsheet would run, with any apostrophes before it.
const FORMULA = /^'*[=+\-@\t\r]/;

/** A cell that no spreadsheet takes for a formula; `cellText` reads it back, whatever stood there. */
export const safeCell = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);
export const cellText = (cell: string): string => (cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell);

/** A line of CSV, without its end. */
export const csvLine = (cells: readonly string[]): string =>
  cells
    .map(safeCell)
    .map((cell) => (/[",;\n\r]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(',');
