import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { BadConfiguration } from './config.ts';
import type { Log } from './log.ts';

export interface Waiting {
  log: Log;
  /** Ends the wait: the process is told to stop. */
  signal?: AbortSignal;
  /** ms between tries. */
  retryMs?: number;
}

const ASK = `select rolsuper or rolbypassrls as mighty, to_regclass('public.event') is not null as migrated from pg_roles where rolname = current_user`;

/**
 * Waits until a role can work in its database, however late that comes: PostgreSQL up, database and role made and, for the
 * two roles that serve, migrated by somebody. Says what is missing once, not at every try.
 */
export async function untilReady(url: string, serves: boolean, { log, signal, retryMs = 500 }: Waiting): Promise<void> {
  const { host, pathname, username } = new URL(url);
  let told = '';
  for (;;) {
    const missing = await whatIsMissing(url, serves);
    if (missing === null) break;
    if (missing !== told)
      log.warn({ database: host + pathname, role: username, reason: missing }, 'the database is not ready; trying until it is');
    told = missing;
    await setTimeout(retryMs, undefined, { signal });
  }
  if (told !== '') log.info({ database: host + pathname, role: username }, 'the database is ready');
}

async function whatIsMissing(connectionString: string, serves: boolean): Promise<string | null> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {}); // also told to the query that waits
  try {
    await client.connect();
    const { rows } = await client.query<{ mighty: boolean; migrated: boolean }>(ASK);
    if (serves && rows[0]?.mighty)
      throw new BadConfiguration(
        `PostgreSQL's row-level security does not hold for the role ${client.user}: a superuser or BYPASSRLS must not serve.`,
      );
    return serves && !rows[0]?.migrated ? 'no tables yet: it is waiting for its migration' : null;
  } catch (error) {
    if (error instanceof BadConfiguration) throw error;
    const { message, code } = error as { message?: string; code?: string };
    return message || code || 'no answer';
  } finally {
    client.end().catch(() => {});
  }
}
