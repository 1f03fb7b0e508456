import { decodePageCursor, encodePageCursor } from '@atende/service';
import type { MemoryCatalogue } from '../catalogue/catalogue-memory.ts';
import { csvHeader, csvOf } from './catalogue-csv.ts';
import type { CatalogueFormat } from './catalogue-import.ts';
import { jsonOf } from './catalogue-json.ts';

/** Entries in one piece of a file. */
const PIECE = 1_000;

/** A piece of the whole catalogue, retired entries too, in the order of paths: to import it again changes nothing. */
export function exportCatalogue(
  catalogue: MemoryCatalogue,
  format: CatalogueFormat,
  after: string | null,
): { content: string; next: string | null } {
  const last = after === null ? '' : String(decodePageCursor(after, 1)[0]);
  const entries = catalogue
    .all()
    .filter(({ path }) => path > last)
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const piece = entries.slice(0, PIECE);
  const isLast = entries.length <= PIECE;
  const pathOf = (id: string | null): string | null => (id === null ? null : (catalogue.byId(id)?.path ?? null));
  const rows = piece.map(({ own }) => (format === 'CSV' ? csvOf(own, pathOf) : jsonOf(own, pathOf)));
  const content = format === 'CSV' ? csvPiece(rows, after === null) : jsonPiece(rows, after === null, isLast);
  return { content, next: isLast ? null : encodePageCursor([piece.at(-1)?.path ?? '']) };
}

const csvPiece = (rows: string[], isFirst: boolean): string =>
  [...(isFirst ? [csvHeader] : []), ...rows].map((row) => `${row}\r\n`).join('');

const jsonPiece = (rows: string[], isFirst: boolean, isLast: boolean): string =>
  `${isFirst ? '[\n' : rows.length > 0 ? ',\n' : ''}${rows.join(',\n')}${isLast ? '\n]\n' : ''}`;
