import { foreignCursor, pageSize } from '@atende/service';
import type { TicketsContext } from '../tickets-context.ts';
import type { CatalogueEntriesArgs, CatalogueFilter } from './catalogue.graphql.ts';
import { type ListedEntry, ROOTS, type TreeScope } from './catalogue.ts';
import { readOptionCursor } from './catalogue-search.ts';

/** A page of the tree as supervisors look at it, sorted as options are in their language. */
export async function catalogueEntries({ deps, language }: TicketsContext, { filter, first, after }: CatalogueEntriesArgs) {
  const { size } = pageSize({ first });
  if (after && !readOptionCursor(after)) throw foreignCursor();
  const catalogue = await deps.library.catalogue();
  const request = { search: filter?.search ?? null, language, first: size, after: after ?? null };
  const { entries, cursors, hasNextPage } = await catalogue.page(scopeOf(filter), request);
  const edges = entries.map((node, index) => ({ node, cursor: cursors[index] ?? '' }));
  const [startCursor, endCursor] = [cursors[0] ?? null, cursors.at(-1) ?? null];
  return { edges, pageInfo: { hasNextPage, hasPreviousPage: Boolean(after), startCursor, endCursor } };
}

function scopeOf(filter: CatalogueFilter | null): TreeScope {
  const { parentId = null, deep, level, state } = filter ?? {};
  return {
    levels: level?.length ? [...new Set(level)].sort() : null,
    below: parentId ?? (deep ? null : ROOTS),
    depth: deep ? 'DESCENDANTS' : 'CHILDREN',
    state: state ?? 'ANY',
  };
}

/** One entry as it is now. */
export const entryNow = async ({ deps }: TicketsContext, id: string): Promise<ListedEntry | null> =>
  (await (await deps.library.catalogue()).listed([id]))[0] ?? null;
