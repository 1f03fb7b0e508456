import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ana } from './testing/toy-people.ts';
import { toyIds, toys } from './testing/toy-service.ts';
import { type CollectedSpan, type Collector, startCollector } from './testing-collector.ts';
import { startTestService, type TestService } from './testing-service.ts';

const RELABEL = 'mutation Relabel($input: RelabelBoxInput!) { relabelBox(input: $input) { box { version } errors { code } } }';
const TRACE = 'a'.repeat(32);
const FETCH = 'b'.repeat(16); // the span of the gateway's call

let collector: Collector;
let service: TestService;
beforeAll(async () => {
  process.env.OTEL_BSP_SCHEDULE_DELAY = '50';
  collector = await startCollector();
  service = await startTestService(toys, { environment: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url } });
}, 60_000);
afterAll(async () => {
  delete process.env.OTEL_BSP_SCHEDULE_DELAY;
  await service[Symbol.asyncDispose]();
  await collector[Symbol.asyncDispose]();
});

const named = (spans: readonly CollectedSpan[], name: string) => spans.find((span) => span.name === name);

describe('a request that is part of a trace', () => {
  it('is noted with its commit and the way of its event into the stream, all under one id', async () => {
    const headers = { traceparent: `00-${TRACE}-${FETCH}-01`, 'x-request-id': 'req_12345678' };
    const { data } = await service.ask(ana, RELABEL, { input: { id: toyIds.box, label: 'new', expectedVersion: 0 } }, headers);
    expect(data.relabelBox.errors).toEqual([]);
    await collector.until((spans) => named(spans, 'publish box.packed') && named(spans, 'POST /graphql'));
    const work = named(collector.spans, 'POST /graphql');
    expect(work).toMatchObject({ kind: 2, parentSpanId: FETCH, facts: { 'http.response.status_code': 200 } });
    expect(named(collector.spans, 'commit box.packed')).toMatchObject({ kind: 1, parentSpanId: work?.spanId });
    expect(named(collector.spans, 'publish box.packed')).toMatchObject({ kind: 4, parentSpanId: work?.spanId });
    for (const { service: told, traceId, facts } of collector.spans)
      expect([told, traceId, facts['atende.request_id']]).toEqual(['toys', TRACE, 'req_12345678']);
    const [event] = await service.worker().execute('select traceparent from event');
    expect(event).toEqual({ traceparent: `00-${TRACE}-${work?.spanId}-01` });
  });

  it('is not noted when the gateway asks for itself, outside of any trace', async () => {
    const before = collector.spans.length;
    await service.ask(ana, '{ greeting }');
    const headers = { traceparent: `00-${TRACE}-${FETCH}-01` };
    await service.ask(ana, '{ boxes { id } }', {}, headers);
    await collector.until((spans) => (spans.length > before ? true : undefined));
    expect(collector.spans.slice(before)).toHaveLength(1);
  });
});
