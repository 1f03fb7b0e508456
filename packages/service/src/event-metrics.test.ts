import type { Envelope } from '@atende/events';
import { expect, test } from '@jest/globals';
import { Registry } from 'prom-client';
import type { EventRow } from './event.ts';
import { eventMetrics } from './event-metrics.ts';
import { demoId } from './ids.ts';

test('the lag of relay and consumers is to be read at each stop, and unknown types share one label', async () => {
  const registry = new Registry();
  const metrics = eventMetrics(registry);
  const before = (ms: number) => demoId('evt', 'e', new Date(Date.now() - ms));
  const foreign = (type: string, ms: number) => ({ id: before(ms), service: 'tickets', type }) as Envelope;
  metrics.relayed({ numbered: 2, lastPosition: 9, publishedPosition: 7 });
  metrics.rebuilt('the stream was wiped');
  metrics.numbered([before(3_000), before(-60_000)]);
  metrics.published([{ id: before(20_000) } as EventRow], 0);
  metrics.consumed(foreign('ticket.opened', 4_000), 'HANDLED');
  metrics.consumed(foreign('ticket.teleported', -5), 'UNKNOWN');
  metrics.reached('tickets', 41);
  const text = await registry.metrics();
  for (const line of [
    'atende_events_last_position 9',
    'atende_events_published_position 7',
    'atende_events_stream_rebuilds_total{reason="the stream was wiped"} 1',
    'atende_events_numbered_lag_seconds_bucket{le="0.01"} 1',
    'atende_events_numbered_lag_seconds_bucket{le="5"} 2',
    'atende_events_published_lag_seconds_bucket{le="5"} 0',
    'atende_events_published_lag_seconds_bucket{le="30"} 1',
    'atende_events_consumed_total{owner="tickets",type="ticket.opened",outcome="HANDLED"} 1',
    'atende_events_consumed_total{owner="tickets",type="unknown",outcome="UNKNOWN"} 1',
    'atende_events_consumed_lag_seconds_bucket{le="0.01",owner="tickets"} 1',
    'atende_events_consumed_lag_seconds_bucket{le="5",owner="tickets"} 2',
    'atende_events_consumed_position{owner="tickets"} 41',
  ]) {
    expect(text).toContain(line);
  }
});
