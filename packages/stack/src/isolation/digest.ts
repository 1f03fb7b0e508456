import pg from 'pg';
import type { Place } from './place.ts';

/** Leases of who relays and consumes, and the audit log, which takes note of every denial: they tick by themselves. */
const TICKING = /^(relay|consumer_position|inbox|audit_.*)$/;

const NO_AUDIT = `where type <> 'audit.recorded'`;

/** Every row of every service's every table that its worker may read, as `service.table` and a digest of each row. */
export async function everyRow({ services }: Place): Promise<Map<string, Set<string>>> {
  const tables = await Promise.all(
    Object.entries(services).map(async ([service, { DATABASE_WORKER_URL }]) => {
      const client = new pg.Client({ connectionString: DATABASE_WORKER_URL });
      await client.connect();
      try {
        const { rows } = await client.query<{ name: string }>(
          `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and has_table_privilege(oid, 'select')`,
        );
        const read: [string, Set<string>][] = [];
        for (const { name } of rows.filter((row) => !TICKING.test(row.name))) {
          const digests = await client.query<{ row: string }>(
            `select md5(t::text) as row from "${name}" t ${name === 'event' ? NO_AUDIT : ''}`,
          );
          read.push([`${service}.${name}`, new Set(digests.rows.map(({ row }) => row))]);
        }
        return read;
      } finally {
        await client.end();
      }
    }),
  );
  return new Map(tables.flat());
}

/** The tables where a row came, went or changed, with how many. */
export function changesBetween(before: Map<string, Set<string>>, after: Map<string, Set<string>>): string[] {
  return [...after].flatMap(([table, rows]) => {
    const known = before.get(table) ?? new Set();
    const [came, went] = [missingIn(known, rows), missingIn(rows, known)];
    return came + went > 0 ? [`${table}: ${came} came, ${went} went`] : [];
  });
}

const missingIn = (known: Set<string>, rows: Set<string>): number => [...rows].filter((row) => !known.has(row)).length;
