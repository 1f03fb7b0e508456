import { readTable, type TableRow } from '@atende/service/table';
import { type Column, columnOf } from './contact-columns.ts';

/** A record of a table of contacts. */
export type ContactRow = TableRow<Column>;

/** Reads a table of contacts: 1,000 at most, in what the gateway's limit of a body lets through. Empty cells are left out. */
export async function contactRows(csv: string): Promise<ContactRow[]> {
  const rows = await readTable(csv, { columnOf, required: ['email'], mostLines: 1_000, maxLength: 262_144, field: ['input', 'csv'] });
  return rows.map(({ line, cells }) => ({
    line,
    cells: cells && Object.fromEntries(Object.entries(cells).filter(([, cell]) => cell !== '')),
  }));
}
