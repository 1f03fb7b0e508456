import { ErrorCode, RequestError } from './errors.ts';

/** The arguments of every connection (Relay): `first` or `last` is required. */
export interface PageArguments {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
}

/** A page of rows by key set, in the order of the list. */
export interface Page<Row> {
  rows: Row[];
  cursorOf(row: Row): string;
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}

const MOST = 100;

/** How many, in which direction. Throws FIRST_REQUIRED. */
export function pageSize({ first, last }: PageArguments): { size: number; backwards: boolean } {
  const size = first ?? last ?? 0;
  const both = typeof first === 'number' && typeof last === 'number';
  if (size < 1 || size > MOST || both) throw new RequestError(ErrorCode.FIRST_REQUIRED, `Ask for \`first\` or \`last\`, 1 to ${MOST}.`);
  return { size, backwards: typeof first !== 'number' };
}

export const encodePageCursor = (key: (string | number)[]): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/** What a caller reads whose cursor was made by nobody, or by another list. */
export const foreignCursor = (): RequestError => new RequestError(ErrorCode.BAD_USER_INPUT, 'That is no cursor of this list.');

/** The key that a cursor of ours holds. Throws BAD_USER_INPUT for anything else. */
export function decodePageCursor(cursor: string, length: number): (string | number)[] {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(key) && key.length === length && key.every(isKeyPart)) return key;
  } catch {}
  throw foreignCursor();
}

// PostgreSQL knows no NUL inside a text.
const isKeyPart = (part: unknown): boolean => typeof part === 'number' || (typeof part === 'string' && !part.includes('\0'));

/**
 * The page out of up to `size + 1` rows that were read in the direction asked for: one row more says that there is more.
 */
export function pageOf<Row>(read: Row[], page: PageArguments, keyOf: (row: Row) => (string | number)[]): Page<Row> {
  const { size, backwards } = pageSize(page);
  const more = read.length > size;
  const rows = read.slice(0, size);
  if (backwards) rows.reverse();
  return {
    rows,
    cursorOf: (row) => encodePageCursor(keyOf(row)),
    hasNextPage: backwards ? Boolean(page.before) : more,
    hasPreviousPage: backwards ? more : Boolean(page.after),
  };
}

/** A page as the public schema has it (Relay). */
export interface Connection<Row> {
  edges: { node: Row; cursor: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

export function connection<Row>({ rows, cursorOf, hasNextPage, hasPreviousPage }: Page<Row>): Connection<Row> {
  const edges = rows.map((node) => ({ node, cursor: cursorOf(node) }));
  return {
    edges,
    pageInfo: { hasNextPage, hasPreviousPage, startCursor: edges[0]?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null },
  };
}
