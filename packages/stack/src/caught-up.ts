import pg from 'pg';

const UNDEFINED_TABLE = '42P01';

/** The services' databases, by name: URLs that may read everything. */
export type Databases = ReadonlyMap<string, string>;

/**
 * Whether every service has had the effects of all events that the others have recorded. At a first start that is what
 * makes the product usable: a form that was just seeded takes files once attachments knows of it.
 */
export async function isCaughtUp(databases: Databases): Promise<boolean> {
  const recorded = new Map<string, number | null>();
  for (const [name, url] of databases) recorded.set(name, await lastPosition(url));
  for (const url of databases.values()) {
    for (const { owner, position } of await consumed(url)) {
      const last = recorded.get(owner);
      if (last === null || (last !== undefined && Number(position) < last)) return false;
    }
  }
  return true;
}

/** The last position of a service's events; null while some have none yet. */
async function lastPosition(url: string): Promise<number | null> {
  const [row] = await query<{ last: string | null; open: boolean }>(
    url,
    'select (select last_position from relay) as last, exists (select from event where position is null) as open',
  );
  return row?.open ? null : Number(row?.last ?? 0);
}

const consumed = (url: string) => query<{ owner: string; position: string }>(url, 'select owner, position from consumer_position');

async function query<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } catch (error) {
    if ((error as { code?: string }).code === UNDEFINED_TABLE) return []; // a service that has no events
    throw error;
  } finally {
    await client.end();
  }
}
