import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { ConsumerObserver } from './consumer-stream.ts';
import { bornAt } from './ids.ts';
import type { RelayObserver } from './relay.ts';

const SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 30, 300];

/** The lag of events at each stop, for `observe` of relay and consumers. Every one counts from the moment the event was recorded. */
export function eventMetrics(registry: Registry): RelayObserver & ConsumerObserver {
  const registers = [registry];
  const histogram = (name: string, help: string, labelNames: string[] = []) =>
    new Histogram({ registers, name, help, labelNames, buckets: SECONDS });
  const last = new Gauge({ registers, name: 'atende_events_last_position', help: 'Position of the last numbered event' });
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
  const reached = new Gauge({
    registers,
    name: 'atende_events_consumed_position',
    help: 'Position reached in the stream of another service',
    labelNames: ['owner'],
  });
  const numberedLag = histogram('atende_events_numbered_lag_seconds', 'From the recording of an own event to its position');
  const publishedLag = histogram('atende_events_published_lag_seconds', 'From the recording of an own event to its place in the stream');
  const consumedLag = histogram('atende_events_consumed_lag_seconds', 'From the recording of a foreign event to its effect here', [
    'owner',
  ]);
  return {
    relayed: ({ lastPosition, publishedPosition }) => {
      last.set(lastPosition);
      published.set(publishedPosition);
    },
    rebuilt: (reason) => rebuilds.inc({ reason }),
    numbered: (ids) => {
      for (const id of ids) numberedLag.observe(ageOf(id));
    },
    published: (events) => {
      for (const { id } of events) publishedLag.observe(ageOf(id));
    },
    consumed: ({ id, service: owner, type }, outcome) => {
      // The types of events this version does not know must not grow a label without end.
      outcomes.inc({ owner, type: outcome === 'UNKNOWN' ? 'unknown' : type, outcome });
      consumedLag.observe({ owner }, ageOf(id));
    },
    reached: (owner, position) => reached.set({ owner }, position),
  };
}

/** Seconds. Clocks of two machines differ a little; nothing takes less than no time. */
const ageOf = (id: string): number => Math.max(0, Date.now() - bornAt(id)) / 1_000;
