import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { ConsumerObserver } from './consumer-stream.ts';
import type { RelayObserver } from './relay.ts';

/** The lag of events at each stop, for `observe` of relay and consumers. */
export function eventMetrics(registry: Registry): RelayObserver & ConsumerObserver {
  const registers = [registry];
  const numbered = new Gauge({ registers, name: 'atende_events_last_position', help: 'Position of the last numbered event' });
  const published = new Gauge({ registers, name: 'atende_events_published_position', help: 'Position of the last event in the stream' });
  const rebuilds = new Counter({
    registers,
    name: 'atende_events_stream_rebuilds_total',
    help: 'Streams published again from PostgreSQL',
    labelNames: ['reason'],
  });
  const outcomes = new Counter({
    registers,
    name: 'atende_events_consumed_total',
    help: 'Foreign events by outcome',
    labelNames: ['owner', 'type', 'outcome'],
  });
  const lag = new Histogram({
    registers,
    name: 'atende_events_consumed_lag_seconds',
    help: 'From the recording of a foreign event to its effect here',
    labelNames: ['owner'],
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 30, 300],
  });
  return {
    relayed: ({ lastPosition, publishedPosition }) => {
      numbered.set(lastPosition);
      published.set(publishedPosition);
    },
    rebuilt: (reason) => rebuilds.inc({ reason }),
    consumed: (owner, type, outcome, lagMs) => {
      // The types of events this version does not know must not grow a label without end.
      outcomes.inc({ owner, type: outcome === 'UNKNOWN' ? 'unknown' : type, outcome });
      lag.observe({ owner }, Math.max(0, lagMs) / 1_000);
    },
  };
}
