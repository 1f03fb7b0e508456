import { ErrorCode, RequestError } from '@atende/service';

/** The arguments of every list. */
export interface PageArguments {
  first?: number | null;
  after?: string | null;
}

/** Where a row stands in a list that is sorted by name: its key is its cursor. */
export interface NamedRow {
  id: string;
  searchName: string;
}

export interface Connection<Row> {
  edges: { node: Row; cursor: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

/** `first`, which every list wants: 1 to 100. */
export function pageSize({ first }: PageArguments): number {
  if (typeof first === 'number' && first >= 1 && first <= 100) return first;
  throw new RequestError(ErrorCode.FIRST_REQUIRED, 'Give `first`, 1 to 100.');
}

const cursorOf = ({ searchName, id }: NamedRow): string => Buffer.from(JSON.stringify([searchName, id])).toString('base64url');

/** The condition of the rows after a cursor; nothing without one. Keyset: a page costs the same wherever it stands. */
export function afterCursor({ after }: PageArguments): object {
  if (after === null || after === undefined) return {};
  const [searchName, id] = readCursor(after);
  return { $or: [{ searchName: { $gt: searchName } }, { searchName, id: { $gt: id } }] };
}

function readCursor(after: string): [string, string] {
  try {
    const key: unknown = JSON.parse(Buffer.from(after, 'base64url').toString());
    if (Array.isArray(key) && key.length === 2 && key.every((part) => typeof part === 'string' && !part.includes('\0')))
      return key as [string, string];
  } catch {
    // not JSON: no cursor of ours
  }
  throw new RequestError(ErrorCode.BAD_USER_INPUT, 'This is not a cursor of this list.');
}

/** How every list is sorted, and how many rows are read: one more than asked tells whether something follows. */
export const inOrder = (size: number) => ({ orderBy: { searchName: 'asc', id: 'asc' } as const, limit: size + 1 });

export function connection<Row extends NamedRow>(rows: Row[], size: number, { after }: PageArguments): Connection<Row> {
  const edges = rows.slice(0, size).map((node) => ({ node, cursor: cursorOf(node) }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > size,
      hasPreviousPage: after !== null && after !== undefined,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
