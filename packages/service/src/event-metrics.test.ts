import { expect, test } from '@jest/globals';
import { Registry } from 'prom-client';
import { eventMetrics } from './event-metrics.ts';

test('the lag of relay and consumers is to be read, and unknown types share one label', async () => {
  const registry = new Registry();
  const metrics = eventMetrics(registry);
  metrics.relayed({ numbered: 2, lastPosition: 9, publishedPosition: 7 });
  metrics.rebuilt('the stream was wiped');
  metrics.consumed('tickets', 'ticket.opened', 'HANDLED', 40);
  metrics.consumed('tickets', 'ticket.teleported', 'UNKNOWN', -5);
  const text = await registry.metrics();
  for (const line of [
    'atende_events_last_position 9',
    'atende_events_published_position 7',
    'atende_events_stream_rebuilds_total{reason="the stream was wiped"} 1',
    'atende_events_consumed_total{owner="tickets",type="ticket.opened",outcome="HANDLED"} 1',
    'atende_events_consumed_total{owner="tickets",type="unknown",outcome="UNKNOWN"} 1',
    'atende_events_consumed_lag_seconds_bucket{le="0.05",owner="tickets"} 2',
  ]) {
    expect(text).toContain(line);
  }
});
