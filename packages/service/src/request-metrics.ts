import type { Registry } from 'prom-client';
import { histogram } from './histogram.ts';

/** How long requests take and how they end, as the service sees them. */
export function requestMetrics(registry: Registry): (seconds: number, status: number) => void {
  const took = histogram(registry, {
    name: 'atende_request_seconds',
    help: 'Requests of gateways, by HTTP status',
    labelNames: ['status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 2.5, 10],
  });
  return (seconds, status) => took({ status }).observe(seconds);
}
