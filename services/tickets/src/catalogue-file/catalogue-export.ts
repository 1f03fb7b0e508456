import { decodePageCursor, encodePageCursor } from '@atende/service';
import type { MemoryCatalogue } from '../catalogue/catalogue-memory.ts';
import { csvHeader, csvOf } from './catalogue-csv.ts';
import type { CatalogueFormat } from './catalogue-import.ts';
import { jsonOf } from './catalogue-json.ts';

/** Bytes of one piece as a JSON string: the gateway takes it back as a part of an import. */
const PIECE = 200_000;

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
  const pathOf = (id: string | null): string | null => (id === null ? null : (catalogue.byId(id)?.path ?? null));
  const rows: string[] = [];
  let size = 0;
  for (const { own } of entries) {
    const row = format === 'CSV' ? csvOf(own, pathOf) : jsonOf(own, pathOf);
    size += Buffer.byteLength(JSON.stringify(row));
    if (size > PIECE && rows.length > 0) break;
    rows.push(row);
  }
  const isLast = rows.length === entries.length;
  const content = format === 'CSV' ? csvPiece(rows, after === null) : jsonPiece(rows, after === null, isLast);
  return { content, next: isLast ? null : encodePageCursor([entries[rows.length - 1]?.path ?? '']) };
}

const csvPiece = (rows: string[], isFirst: boolean): string =>
  [...(isFirst ? [csvHeader] : []), ...rows].map((row) => `${row}\r\n`).join('');

const jsonPiece = (rows: string[], isFirst: boolean, isLast: boolean): string =>
  `${isFirst ? '[\n' : rows.length > 0 ? ',\n' : ''}${rows.join(',\n')}${isLast ? '\n]\n' : ''}`;
