import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { catalogue } from '@atende/events';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Bus } from './bus.ts';
import type { Clock } from './clock.ts';
import type { Consumer } from './consumer.ts';
import { ConsumerLease } from './consumer-lease.ts';
import { retryOne } from './consumer-retry.ts';
import { ConsumedStream, type ConsumerObserver, type FetchFeed } from './consumer-stream.ts';
import { newId } from './ids.ts';
import type { Log } from './log.ts';
import type { Tracer } from './tracing.ts';

export interface ConsumersOptions {
  /** The consuming service; also the name of its durable consumers. */
  service: string;
  consumers: readonly Consumer[];
  bus: Bus;
  /** A fresh unit of work of the worker role. */
  forWorker(): EntityManager;
  clock: Clock;
  log: Log;
  feed?: FetchFeed;
  observe?: ConsumerObserver;
  leaseMs?: number;
  /** ms between looks for parked events that are due. */
  retryMs?: number;
  tracer?: Tracer | null;
}

export interface RunningConsumers {
  stop(): Promise<void>;
}

const LONGEST_BACK_OFF_MS = 5_000;

/**
 * Consumes the streams of all services that the handlers listen to, one after the other's lease in any number of
 * replicas. Runs until stopped, whatever comes and goes.
 */
export function startConsumers({ service, consumers, leaseMs = 3_000, retryMs = 500, ...parts }: ConsumersOptions): RunningConsumers {
  const byType = new Map(Map.groupBy(consumers, (consumer) => consumer.event.type));
  const owners = [...new Set(consumers.flatMap(({ from }) => from))];
  const replica = newId('rep');
  const stopping = new AbortController();
  const { signal } = stopping;
  setMaxListeners(0, signal);
  const leases = owners.map((owner) => new ConsumerLease(owner, replica, leaseMs, parts.forWorker));
  const loops = owners.map((owner, index) => {
    const lease = leases[index] as ConsumerLease;
    const stream = new ConsumedStream({ ...parts, owner, service, lease, consumers: byType, known: (type) => catalogue.has(type) });
    return forEver(() => stream.consume(signal), { everyMs: leaseMs / 3, signal, log: parts.log.child({ owner }), what: 'consuming' });
  });
  const retrying = async (): Promise<void> => {
    while (!signal.aborted && (await retryOne({ ...parts, owners, consumers: byType })));
  };
  if (owners.length > 0) loops.push(forEver(retrying, { everyMs: retryMs, signal, log: parts.log, what: 'trying parked events again' }));
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(loops);
      await Promise.all(leases.map((lease) => lease.release().catch(() => {})));
    },
  };
}

interface Loop {
  everyMs: number;
  signal: AbortSignal;
  log: Log;
  what: string;
}

/** Does it again and again; after failures with growing pauses, logging the first and the recovery. */
async function forEver(work: () => Promise<void>, { everyMs, signal, log, what }: Loop): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    try {
      await work();
      if (failures > 0) log.info(`${what} goes on`);
      failures = 0;
    } catch (error) {
      if (failures++ === 0) log.warn({ err: error }, `${what} failed; it goes on`);
    }
    const ms = failures > 0 ? Math.min(LONGEST_BACK_OFF_MS, 100 * 2 ** failures) : everyMs;
    await pause(ms, undefined, { signal }).catch(() => {});
  }
}
