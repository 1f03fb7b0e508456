import { ErrorCode, type Fault } from '@atende/service';
import { cellText, csvLine, flagOf, readTable, type TableRow } from '@atende/service/table';
import type { CatalogueEntry } from '../catalogue/catalogue.ts';
import type { SaidLine } from '../catalogue/catalogue-plan.ts';
import type { SaidTexts } from '../catalogue/catalogue-said.ts';
import { aliasesCell, aliasesIn, type Column, columnOf, columns, headingOf } from './catalogue-columns.ts';

/** Most entries in one file, and its length in characters. */
export const MOST_LINES = 50_000;
export const MAX_LENGTH = 12_000_000;

/** Reads a table of the catalogue. A column that is absent leaves everything as it is, an empty cell says that there is none. */
export async function linesOfCsv(csv: string, field: string[]): Promise<SaidLine[]> {
  const required = ['level', 'code'] as const;
  return (await readTable(csv, { columnOf, required, mostLines: MOST_LINES, maxLength: MAX_LENGTH, field })).map(lineOf);
}

function lineOf({ line, cells }: TableRow<Column>): SaidLine {
  if (!cells) return { line, said: null, faults: [{ code: ErrorCode.NOT_CSV, field: [] }] };
  const faults: Fault[] = [];
  const cell = (column: Column): string | undefined => (cells[column] === undefined ? undefined : cellText(cells[column]));
  const read = <Value>(column: Column, by: (text: string) => Value | undefined): Value | undefined => {
    const text = cell(column);
    if (text === undefined || text === '') return;
    const value = by(text);
    if (value === undefined) faults.push({ code: ErrorCode.BAD_USER_INPUT, field: [column] });
    return value;
  };
  const aliases = cell('aliases');
  const said = {
    parent: cell('parent') || null,
    level: cell('level') ?? '',
    code: cell('code') ?? '',
    labels: textsOf(cell('labelPt'), cell('labelEn'), cell('labelEs')),
    help: textsOf(cell('helpPt'), cell('helpEn'), cell('helpEs')),
    aliases: aliases === undefined ? undefined : aliasesIn(aliases),
    serviceGroup: cell('serviceGroup'),
    kind: cell('kind'),
    position: read('position', countOf),
    retired: read('retired', flagOf),
    replacedBy: cell('replacedBy'),
    version: read('version', countOf),
  };
  return { line, said, faults };
}

const textsOf = (...[ptBR, en, es]: (string | undefined)[]): SaidTexts | undefined => {
  const said = Object.entries({ ptBR, en, es }).filter(([, text]) => text !== undefined);
  return said.length > 0 ? (Object.fromEntries(said) as SaidTexts) : undefined;
};

const countOf = (text: string): number | undefined => (/^\d{1,9}$/.test(text) ? Number(text) : undefined);

export const csvHeader = csvLine(columns.map(headingOf));

/** An entry as a line; `pathOf` finds the paths of the entries that it names. */
export function csvOf(entry: CatalogueEntry, pathOf: (id: string | null) => string | null): string {
  const cells: Record<Column, string> = {
    parent: pathOf(entry.parentId) ?? '',
    level: entry.level,
    code: entry.code,
    ...{ labelPt: entry.labels['pt-BR'], labelEn: entry.labels.en, labelEs: entry.labels.es },
    ...{ helpPt: entry.help?.['pt-BR'] ?? '', helpEn: entry.help?.en ?? '', helpEs: entry.help?.es ?? '' },
    aliases: aliasesCell(entry.aliases),
    serviceGroup: entry.serviceGroup ?? '',
    kind: entry.kind ?? '',
    position: String(entry.position),
    retired: entry.retired ? 'yes' : 'no',
    replacedBy: pathOf(entry.replacedById) ?? '',
    version: String(entry.version),
  };
  return csvLine(columns.map((column) => cells[column]));
}
