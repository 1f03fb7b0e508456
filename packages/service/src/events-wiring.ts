import { JetStreamBus } from './bus.jetstream.ts';
import type { Clock } from './clock.ts';
import type { ServiceConfig } from './config.ts';
import { startConsumers } from './consumer-run.ts';
import type { Database } from './database.ts';
import { eventMetrics } from './event-metrics.ts';
import type { Log } from './log.ts';
import type { Probes } from './probes.ts';
import { startRelay } from './relay.ts';
import { tracePublished } from './relay-tracing.ts';
import type { Service } from './service.ts';
import type { Tracer } from './tracing.ts';

interface Around {
  config: ServiceConfig;
  database: Database;
  log: Log;
  clock: Clock;
  probes: Probes;
  tracer: Tracer | null;
}

/** A service's two directions of events: its relay and its consumers. No request waits for either, NATS up or not. */
export function startEvents(
  { name, consumers }: Pick<Service, 'name' | 'consumers'>,
  { config, database, log, clock, probes, tracer }: Around,
): () => Promise<void> {
  const bus = new JetStreamBus({ url: config.NATS_URL, prefix: config.NATS_PREFIX, name, log });
  const metrics = eventMetrics(probes.registry);
  const observe = tracer ? tracePublished(metrics, tracer) : metrics;
  const relay = startRelay({ service: name, databaseUrl: config.DATABASE_WORKER_URL, bus, log, observe });
  database.onEventCommitted(() => relay.wake());
  const forWorker = () => database.forWorker();
  const consuming = startConsumers({ service: name, consumers, bus, forWorker, clock, log, observe, tracer });
  return async () => {
    await consuming.stop();
    await relay.stop();
    await bus.close();
  };
}
