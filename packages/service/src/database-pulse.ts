import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import { Steady } from './steady.ts';

/** Something that may pile up, counted by a scalar query; `$1` is the moment. */
export interface Backlog {
  /** Of the gauge: `atende_…`. */
  name: string;
  help: string;
  sql: string;
}

export interface PulseOptions {
  service: string;
  /** The service's database as role worker. */
  url: string;
  backlogs: readonly Backlog[];
  clock: Clock;
  log: Log;
  /** The database has gone, or is back. */
  onChange(isThere: boolean): void;
  /** Told at each look; null: nobody knows now. */
  found(backlog: string, count: number | null): void;
  everyMs?: number;
}

export interface Pulse {
  stop(): Promise<void>;
}

// What hangs is as good as gone. A connection of its own: a pool that is full says nothing about the database.
const PATIENCE = { connectionTimeoutMillis: 2_000, query_timeout: 2_000 };

/** Looks after the database as long as the process lives: is it there, and what piles up in it? */
export function startPulse({ service, url, backlogs, clock, log, onChange, found, everyMs = 1_000 }: PulseOptions): Pulse {
  const stopping = new AbortController();
  const { signal } = stopping;
  const steady = new Steady(true);
  const counts = backlogs.map(({ name, sql }) => `(${sql})::float8 as "${name}"`);
  const query = `select $1::timestamptz as moment${counts.map((count) => `, ${count}`).join('')}`;
  let client: pg.Client | null = null;
  let told = false;

  const look = async (): Promise<void> => {
    client ??= await connect({ ...PATIENCE, connectionString: url, application_name: `${service} pulse` });
    const { rows } = await client.query<Record<string, number>>(query, [clock.now()]);
    for (const { name } of backlogs) found(name, rows[0]?.[name] ?? null);
  };
  const hangUp = async (): Promise<void> => {
    const gone = client;
    client = null;
    await gone?.end().catch(() => {});
  };
  const note = (failure: unknown): void => {
    if (failure !== null) for (const { name } of backlogs) found(name, null);
    const isDefect = isAboutTheQuery(failure);
    if (isDefect && !told) log.error({ err: failure }, 'what piles up in the database cannot be counted');
    told ||= isDefect;
    if (!steady.note(failure === null || isDefect)) return;
    if (steady.isThere) log.info('the database is back');
    else log.warn({ err: failure }, 'the database is away; not ready until it is back');
    onChange(steady.isThere);
  };
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      const failure = await look().then(
        () => null,
        (error: unknown) => error ?? 'no answer',
      );
      if (failure !== null) void hangUp();
      if (!signal.aborted) note(failure);
      await setTimeout(everyMs, undefined, { signal }).catch(() => {});
    }
    await hangUp();
  };
  const running = run();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

async function connect(options: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client(options);
  client.on('error', () => {}); // also told to the query that waits
  try {
    await client.connect();
    return client;
  } catch (error) {
    client.end().catch(() => {});
    throw error;
  }
}

/** PostgreSQL is there and does not like the question. */
const isAboutTheQuery = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && String(error.code).startsWith('42');
