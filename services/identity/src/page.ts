import {
  type Connection,
  connection,
  decodePageCursor,
  foreignCursor,
  isId,
  type PageArguments,
  pageOf,
  pageSize,
  searchWords,
} from '@atende/service';

/** A row of a list that is sorted by name. */
export interface NamedRow {
  id: string;
  searchName: string;
}

const byName = { searchName: 'asc', id: 'asc' } as const;

/** One page of a list sorted by name: `read` gets the condition of the rows after the cursor, the order and the limit. */
export async function namedPage<Row extends NamedRow>(
  { first, after }: PageArguments,
  read: (after: object, options: { orderBy: typeof byName; limit: number }) => Promise<Row[]>,
): Promise<Connection<Row>> {
  const { size } = pageSize({ first });
  const rows = await read(afterCursor(after), { orderBy: byName, limit: size + 1 });
  return connection(pageOf(rows, { first, after }, ({ searchName, id }) => [searchName, id]));
}

const MOST_WORDS = 8;

/** Rows whose name holds every word of a text; none when it has no word. */
export function named(text: string): object {
  const words = searchWords(text).slice(0, MOST_WORDS);
  return words.length > 0 ? { $and: words.map((word) => ({ searchName: { $like: `%${word}%` } })) } : { id: '' };
}

function afterCursor(after: string | null | undefined): object {
  if (after === null || after === undefined) return {};
  const [searchName, id = ''] = decodePageCursor(after, 2).map(String);
  if (!isId(id.slice(0, 3), id)) throw foreignCursor();
  return { $or: [{ searchName: { $gt: searchName } }, { searchName, id: { $gt: id } }] };
}
