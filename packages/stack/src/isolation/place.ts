import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

/** A running stack as its data folder tells of it, so that the matrix can also be held against one that runs already. */
export interface Place {
  dataDir: string;
  url: string;
  /** The environment of each service. */
  services: Record<string, Record<string, string>>;
}

export const placeOf = (dataDir: string): Place => ({ dataDir, ...JSON.parse(readFileSync(join(dataDir, 'running.json'), 'utf8')) });

export const addressOf = ({ services }: Place, service: string): string => `http://127.0.0.1:${services[service]?.PORT}`;

/** Reads a service's rows as its worker, whom row-level security shows everything. */
export async function rowsOf<Row extends object>(
  { services }: Place,
  service: string,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: services[service]?.DATABASE_WORKER_URL });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}
