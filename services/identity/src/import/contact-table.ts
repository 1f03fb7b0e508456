import { ErrorCode, type Fault, Refused } from '@atende/service';
import { CsvError, type Info, parse } from 'csv-parse/sync';
import { type Column, columnOf } from './contact-columns.ts';

/** Most contacts in one file. */
export const MOST_LINES = 1_000;
/** Longest file in characters: what the gateway's limit of a body lets through. */
const MAX_LENGTH = 262_144;
/** Longest record in characters; a longer one is a quote that never ends. */
const MAX_RECORD = 10_000;

/** One record of the file; null when it has not the header's columns. Empty cells are left out. */
export interface TableRow {
  /** Where it stands in the file, from 1; the header is line 1. */
  line: number;
  cells: Partial<Record<Column, string>> | null;
}

/** Reads a table with a header. What is wrong with the whole file is refused, all at once. */
export function readTable(csv: string): TableRow[] {
  if (csv.length > MAX_LENGTH) throw refused({ code: ErrorCode.TOO_LONG, params: { max: MAX_LENGTH, length: csv.length } });
  const [header, ...rows] = recordsIn(csv.toWellFormed().replace(/\r\n?/g, '\n'));
  if (!header) throw refused({ code: ErrorCode.REQUIRED });
  const names = header.cells.map(columnOf);
  const faults = header.cells.flatMap((value, at): Omit<Fault, 'field'>[] => {
    const name = names[at];
    return name && names.indexOf(name) === at ? [] : [{ code: ErrorCode.UNKNOWN_FIELD, params: { value: value.slice(0, 40) } }];
  });
  if (!names.includes('email')) throw refused(...faults, { code: ErrorCode.NOT_CSV });
  if (rows.length > MOST_LINES) faults.push({ code: ErrorCode.TOO_MANY, params: { max: MOST_LINES } });
  if (faults.length > 0) throw refused(...faults);
  return rows.map(({ line, cells }) => ({
    line,
    cells:
      cells.length === names.length
        ? Object.fromEntries(cells.map((cell, at) => [names[at], cell] as const).filter(([, cell]) => cell !== ''))
        : null,
  }));
}

interface CsvRecord {
  line: number;
  cells: string[];
}

function recordsIn(csv: string): CsvRecord[] {
  const options = {
    bom: true,
    info: true,
    ltrim: true,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: MAX_RECORD,
  } as const;
  try {
    const found = parse(csv, { ...options, delimiter: separatorOf(csv), record_delimiter: '\n', skip_records_with_empty_values: true });
    return (found as unknown as { record: string[]; info: Info }[]).map(({ record, info }) => ({
      line: info.lines,
      cells: record.map((cell) => cell.trim()),
    }));
  } catch (error) {
    if (error instanceof CsvError) throw refused({ code: ErrorCode.NOT_CSV });
    throw error;
  }
}

/** Spreadsheets write commas or semicolons, depending on their country: the header has more of the one that separates. */
function separatorOf(csv: string): string {
  const header = /^.*$/m.exec(csv.trimStart())?.[0] ?? '';
  return header.split(';').length > header.split(',').length ? ';' : ',';
}

const refused = (...faults: Omit<Fault, 'field'>[]): Refused =>
  new Refused(...faults.map((fault) => ({ ...fault, field: ['input', 'csv'] })));
