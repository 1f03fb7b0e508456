import { setMaxListeners } from 'node:events';
import pg from 'pg';
import type { Bus } from './bus.ts';
import type { EventRow } from './event.ts';
import { newId } from './ids.ts';
import type { Log } from './log.ts';
import { Alarm } from './relay-alarm.ts';
import { RelayLedger, WAKE_CHANNEL } from './relay-ledger.ts';
import { RelayPublisher } from './relay-publisher.ts';

export interface RelayOptions {
  service: string;
  /** The service's database as role worker. */
  databaseUrl: string;
  bus: Bus;
  log: Log;
  observe?: RelayObserver;
  pollMs?: number;
  leaseMs?: number;
  /** ms between looks at the stream while nothing is published. */
  checkMs?: number;
  /** As the bus was told; 0: streams keep all. */
  maxAge?: number;
}

/** Told what the holder does. */
export interface RelayObserver {
  /** After each turn. */
  relayed(lag: { numbered: number; lastPosition: number; publishedPosition: number }): void;
  rebuilt(reason: string): void;
  /** Events have their positions. */
  numbered(ids: readonly string[]): void;
  /** Events are in the stream; `since` is when their sending began, in ms of `performance.now()`. */
  published(events: readonly EventRow[], since: number): void;
}

export interface RunningRelay {
  /** Something was committed: look now and not at the next poll. Never waits. */
  wake(): void;
  stop(): Promise<void>;
}

// A replica that stands still under the lock of the relay row loses its connection and with it the lock.
const PATIENCE = { idle_in_transaction_session_timeout: 3_000, statement_timeout: 10_000, connectionTimeoutMillis: 5_000 };

// What was just numbered is still in the index of what is not: an ordinary index scan remembers which of it is dead.
const BY_INDEX = { options: '-c enable_bitmapscan=off -c enable_seqscan=off' };

const MOST_PER_TURN = 500;
const LONGEST_BACK_OFF_MS = 5_000;

/**
 * Carries a service's committed events to the bus, in order. Any number of replicas may run it. Runs until stopped;
 * PostgreSQL and NATS may come and go.
 */
export function startRelay({
  service,
  databaseUrl,
  bus,
  log,
  observe,
  pollMs = 500,
  leaseMs = 3_000,
  checkMs = 2_000,
  maxAge = 0,
}: RelayOptions): RunningRelay {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 2,
    application_name: `${service} relay`,
    pipeline: true,
    ...PATIENCE,
    ...BY_INDEX,
  });
  pool.on('error', (error) => log.warn({ err: error }, 'the relay lost an idle database connection'));
  pool.on('connect', (client) => client.on('error', () => {})); // in use: the query under way is told, or the next one
  const ledger = new RelayLedger(pool, newId('rly'), leaseMs);
  const publisher = new RelayPublisher({ service, ledger, bus, log, checkMs, maxAge, observe });
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal);
  const alarm = new Alarm();
  let otherHoldsUntil = 0;
  let wakingHolder = false;
  let woken = false;

  const turn = async (): Promise<boolean> => {
    const passOn = woken;
    woken = false;
    const seen = await ledger.turn(publisher.published, MOST_PER_TURN);
    otherHoldsUntil = seen.holds ? 0 : performance.now() + leaseMs / 2;
    if (!seen.holds) {
      if (passOn) await ledger.wakeHolder();
      return publisher.doubt();
    }
    observe?.numbered(seen.numbered.map(({ id }) => id));
    const sent = await publisher.publish(seen);
    observe?.relayed({
      numbered: seen.numbered.length,
      lastPosition: seen.position,
      publishedPosition: publisher.published?.position ?? seen.publishedPosition,
    });
    return sent || seen.numbered.length >= MOST_PER_TURN;
  };

  const run = async (): Promise<void> => {
    let failures = 0;
    while (!stopping.signal.aborted) {
      try {
        const more = await turn();
        if (failures > 0) log.info('the relay works again');
        failures = 0;
        if (!more) await alarm.wait(pollMs, stopping.signal);
      } catch (error) {
        if (failures++ === 0) log.warn({ err: error }, 'the relay cannot go on; events wait in PostgreSQL');
        publisher.doubt();
        // Another replica may have the link that this one lost.
        await ledger.release().catch(() => {});
        await new Alarm().wait(Math.min(LONGEST_BACK_OFF_MS, 100 * 2 ** failures), stopping.signal);
      }
    }
  };

  const wake = (): void => {
    if (performance.now() > otherHoldsUntil) {
      woken = true;
      return alarm.ring();
    }
    if (wakingHolder) return;
    wakingHolder = true;
    const done = (): void => {
      wakingHolder = false;
    };
    ledger.wakeHolder().then(done, done);
  };
  const listening = listen(databaseUrl, () => alarm.ring(), stopping.signal);
  const running = run();
  const end = async (): Promise<void> => {
    stopping.abort();
    await running;
    await listening;
    await ledger.release().catch(() => {});
    await pool.end();
  };
  let ended: Promise<void> | null = null;
  const stop = (): Promise<void> => {
    ended ??= end();
    return ended;
  };
  return { wake, stop };
}

/** Hears other replicas' wake-up calls. A deaf relay still polls, so that failures only cost time. */
async function listen(databaseUrl: string, onCall: () => void, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const client = new pg.Client({ connectionString: databaseUrl, keepAlive: true });
    const ended = new Promise<void>((resolve) => {
      client.on('error', () => resolve());
      client.on('end', () => resolve());
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    client.on('notification', onCall);
    try {
      await client.connect();
      await client.query(`listen ${WAKE_CHANNEL}`);
      await ended;
    } catch {
      await new Alarm().wait(1_000, signal);
    }
    await client.end().catch(() => {});
  }
}
