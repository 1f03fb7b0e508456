import { demoId } from '@atende/service/ids';
import { type CatalogueEntry, pathOf } from '../catalogue/catalogue.ts';
import { type Localized, text } from '../form/form-text.ts';

type EntryDraft = Pick<CatalogueEntry, 'level' | 'code' | 'labels'> & Partial<CatalogueEntry>;

/** An entry of the seed; its id follows from its path, so that every service and test can name it. */
export function entry(parent: CatalogueEntry | null, draft: EntryDraft): CatalogueEntry {
  const path = pathOf(parent?.path ?? null, draft.level, draft.code);
  const empty = { help: null, aliases: [], serviceGroup: null, kind: null, retired: false, replacedById: null, version: 0, position: 0 };
  return { ...empty, ...draft, id: demoId('opt', path), parentId: parent?.id ?? null, path };
}

/** A list with an order of its own: `[code, labels, help?]` per entry. */
export const list = (
  parent: CatalogueEntry | null,
  level: string,
  rows: readonly (readonly [string, Localized, Localized?])[],
): CatalogueEntry[] => rows.map(([code, labels, help], position) => entry(parent, { level, code, labels, help: help ?? null, position }));

/**
 * Reads a tree written as an outline: two spaces per level, `code | pt-BR | en | es`, then optionally `~ alias, alias`
 * and `@ service group`. One name alone stands for all three languages.
 */
export function outline(parent: CatalogueEntry, levels: readonly string[], lines: string): CatalogueEntry[] {
  const line = [parent];
  return lines
    .split('\n')
    .filter((row) => row.trim() !== '')
    .map((row) => {
      const depth = (row.length - row.trimStart().length) / 2;
      const above = line[depth];
      const level = levels[depth];
      if (!above || !level) throw new Error(`the outline of ${parent.path} does not reach this deep: ${row}`);
      const read = entry(above, { level, ...readRow(row) });
      line.splice(depth + 1, line.length, read);
      return read;
    });
}

function readRow(row: string): Omit<EntryDraft, 'level'> {
  const cells = row.split('|').map((cell) => cell.trim());
  const after = (mark: string) =>
    cells
      .find((cell) => cell.startsWith(mark))
      ?.slice(1)
      .trim();
  const [code = '', pt = '', en = pt, es = pt] = cells.filter((cell) => !/^[~@]/.test(cell));
  return { code, labels: text(pt, en, es), aliases: after('~')?.split(/\s*,\s*/) ?? [], serviceGroup: after('@') ?? null };
}
