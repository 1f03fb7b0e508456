import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { BreakerState } from './breaker.ts';

const BREAKER: Record<BreakerState, number> = { closed: 0, 'half-open': 1, open: 2 };
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10];

/** What the gateway counts. One lag figure for each stop on the way from a service to a screen. */
export interface Metrics {
  requested(status: number, seconds: number): void;
  called(service: string, seconds: number, answered: boolean): void;
  breaker(service: string, state: BreakerState): void;
  delivered(service: string, seconds: number, frames: number): void;
  supergraphRefused(): void;
  slowSocket(): void;
}

/** Gauges that are read when somebody looks. */
export interface Counted {
  sockets(): number;
  streams(): number;
  live(): { watchers: number; groups: number };
}

export function makeMetrics(registry: Registry, counted: Counted): Metrics {
  const registers = [registry];
  const requests = new Histogram({
    name: 'gateway_request_seconds',
    help: 'GraphQL requests over HTTP',
    labelNames: ['status'],
    buckets: SECONDS,
    registers,
  });
  const calls = new Histogram({
    name: 'gateway_call_seconds',
    help: 'Calls to services',
    labelNames: ['service', 'answered'],
    buckets: SECONDS,
    registers,
  });
  const breakers = new Gauge({ name: 'gateway_breaker', help: '0 closed, 1 half open, 2 open', labelNames: ['service'], registers });
  const lag = new Histogram({
    name: 'gateway_event_lag_seconds',
    help: 'From an event to its frames',
    labelNames: ['service'],
    buckets: SECONDS,
    registers,
  });
  const frames = new Counter({ name: 'gateway_frames_total', help: 'Frames sent to watchers', labelNames: ['service'], registers });
  const refused = new Counter({ name: 'gateway_supergraph_refused_total', help: 'Supergraphs that were no good', registers });
  const slow = new Counter({
    name: 'gateway_slow_sockets_total',
    help: 'Sockets and event streams closed because the client did not read',
    registers,
  });
  gauge('gateway_sockets', 'Open sockets', () => counted.sockets());
  gauge('gateway_streams', 'Open event streams', () => counted.streams());
  gauge('gateway_watchers', 'Subscriptions', () => counted.live().watchers);
  gauge('gateway_groups', 'Groups of equal watchers', () => counted.live().groups);

  // Finding the child of a set of labels costs more than counting on it.
  const requestsWith = remembered((status: number) => requests.labels({ status }));
  const answeredBy = remembered((service: string) => calls.labels({ service, answered: 'true' }));
  const unansweredBy = remembered((service: string) => calls.labels({ service, answered: 'false' }));
  const callsWith = (service: string, answered: boolean) => (answered ? answeredBy(service) : unansweredBy(service));

  return {
    requested: (status, seconds) => requestsWith(status).observe(seconds),
    called: (service, seconds, answered) => callsWith(service, answered).observe(seconds),
    breaker: (service, state) => breakers.set({ service }, BREAKER[state]),
    delivered(service, seconds, count) {
      lag.observe({ service }, seconds);
      frames.inc({ service }, count);
    },
    supergraphRefused: () => refused.inc(),
    slowSocket: () => slow.inc(),
  };

  function gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  }
}

function remembered<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
}
