import { type HistogramOptions, histogram, type Spread } from '@atende/service/process';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { BreakerState } from './breaker.ts';
import type { LiveObserver } from './live/observer.ts';
import { type OperationMetrics, operationMetrics, SECONDS } from './operation-metrics.ts';
import type { Scope } from './rate-budget.ts';

const BREAKER: Record<BreakerState, number> = { closed: 0, 'half-open': 1, open: 2 };

/** What the gateway counts. One lag figure for each stop on the way from a service to a screen. */
export interface Metrics {
  requested(status: number, seconds: number): void;
  operations: OperationMetrics;
  called(service: string, seconds: number, answered: boolean): void;
  breaker(service: string, state: BreakerState): void;
  live: LiveObserver;
  supergraphRefused(): void;
  slowSocket(): void;
  rateLimited(scope: Scope): void;
}

/** Gauges that are read when somebody looks. */
export interface Counted {
  sockets(): number;
  streams(): number;
  live(): { watchers: number; groups: number };
  rates(): { scope: Scope; owing: number; exhausted: number }[];
}

export function makeMetrics(registry: Registry, counted: Counted): Metrics {
  const registers = [registry];
  const requests = seconds('request', 'GraphQL requests over HTTP', ['status']);
  const calls = seconds('call', 'Calls to services', ['service', 'answered']);
  const lag = seconds('push_lag', 'From the recording of an event to its frames', ['service']);
  const breakers = new Gauge({ name: 'atende_gateway_breaker', help: '0 closed, 1 half open, 2 open', labelNames: ['service'], registers });
  const frames = counter('frames', 'Frames sent to watchers', ['service']);
  const asked = counter('audience_calls', 'Questions to owners: who may hear of an event?', ['service']);
  const pairs = counter('audience_pairs', 'Pairs of class and filter in those questions', ['service']);
  const ended = counter('subscriptions_ended', 'Subscriptions ended by the gateway, by what it told the client', ['service', 'code']);
  const refused = counter('supergraph_refused', 'Supergraphs that were no good');
  const slow = counter('slow_clients', 'Sockets and event streams closed because the client did not read');
  const limited = counter('rate_limited', 'Operations refused because a budget was exhausted', ['scope']);
  perScope('rate_payers', 'Who has spent lately and not got it all back', ({ owing }) => owing);
  perScope('rate_exhausted', 'Whose budget has nothing left', ({ exhausted }) => exhausted);
  gauge('sockets', 'Open sockets', () => counted.sockets());
  gauge('streams', 'Open event streams', () => counted.streams());
  gauge('subscriptions', 'Open subscriptions', () => counted.live().watchers);
  gauge('groups', 'Groups of equal subscriptions', () => counted.live().groups);

  // Finding the spread of a set of labels costs more than counting on it.
  const requestsWith = remembered((status: number) => requests({ status }));
  const answeredBy = remembered((service: string) => calls({ service, answered: 'true' }));
  const unansweredBy = remembered((service: string) => calls({ service, answered: 'false' }));
  const lagOf = remembered((service: string) => lag({ service }));
  const callsWith = (service: string, answered: boolean) => (answered ? answeredBy(service) : unansweredBy(service));

  return {
    requested: (status, took) => requestsWith(status).observe(took),
    operations: operationMetrics(registry),
    called: (service, took, answered) => callsWith(service, answered).observe(took),
    breaker: (service, state) => breakers.set({ service }, BREAKER[state]),
    live: {
      delivered(service, late, count) {
        lagOf(service).observe(late);
        frames.inc({ service }, count);
      },
      asked(service, count) {
        asked.inc({ service });
        pairs.inc({ service }, count);
      },
      ended: (service, code) => ended.inc({ service, code }),
    },
    supergraphRefused: () => refused.inc(),
    slowSocket: () => slow.inc(),
    rateLimited: (scope) => limited.inc({ scope }),
  };

  function seconds<Label extends string>(name: string, help: string, labelNames: HistogramOptions<Label>['labelNames']) {
    return histogram(registry, { name: `atende_gateway_${name}_seconds`, help, labelNames, buckets: SECONDS });
  }
  function counter(name: string, help: string, labelNames: string[] = []) {
    return new Counter({ name: `atende_gateway_${name}_total`, help, labelNames, registers });
  }
  function perScope(name: string, help: string, figure: (counted: ReturnType<Counted['rates']>[number]) => number): void {
    new Gauge({
      ...{ name: `atende_gateway_${name}`, help, labelNames: ['scope'], registers },
      collect() {
        for (const each of counted.rates()) this.set({ scope: each.scope }, figure(each));
      },
    });
  }
  function gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      ...{ name: `atende_gateway_${name}`, help, registers },
      collect() {
        this.set(read());
      },
    });
  }
}

function remembered<Key>(make: (key: Key) => Spread): (key: Key) => Spread {
  const known = new Map<Key, Spread>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
}
