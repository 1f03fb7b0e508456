/** An insert of whole rows. */
export interface Insert {
  /** With `$1` and so on where the values go. */
  text: string;
  /** What a connection of PostgreSQL prepares it as. */
  name: string;
  /** It answers nothing but that it was done. */
  isSilent: boolean;
}

const MOST_TEXTS = 200; // each is kept by every connection that ran it
const MOST_VALUES = 100; // batches of any length would be as many texts
const SHAPE = /^insert into [^()]+ \([^()]+\) values (\((\?, )*\?\)(, )?)+( on conflict do nothing returning \w+)?$/;

const bySql = new Map<string, Insert | null>();
const byText = new Map<string, Insert>();

/** The insert of whole rows that this is, with `?` where its values go; null: it is something else, or worth no plan of its own. */
export function insertOf(sql: string, values: readonly unknown[]): Insert | null {
  if (!sql.startsWith('insert into ') || values.length > MOST_VALUES || !values.every(isScalar)) return null;
  const known = bySql.get(sql);
  if (known !== undefined || bySql.size >= MOST_TEXTS) return known ?? null;
  const insert = SHAPE.test(sql) ? numbered(sql) : null;
  bySql.set(sql, insert);
  if (insert) byText.set(insert.text, insert);
  return insert;
}

/** The same insert by the text that was made of it. */
export const insertByText = (text: string): Insert | undefined => byText.get(text);

function numbered(sql: string): Insert {
  let place = 0;
  return { text: sql.replaceAll('?', () => `$${++place}`), name: `insert ${byText.size}`, isSilent: !sql.includes(' returning ') };
}

/** What the driver writes as MikroORM would: no list and no piece of SQL. */
const isScalar = (value: unknown): boolean => value === null || value instanceof Date || /^(string|number|boolean)$/.test(typeof value);
