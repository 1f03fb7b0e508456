import { describe, expect, it } from '@jest/globals';
import { parseConfig, processSettings } from './config.ts';
import { makeLog } from './log.ts';
import { startCollector } from './testing-collector.ts';
import { startTracing, type Tracer } from './tracing.ts';

const GIVEN = { PORT: '0', PROBE_PORT: '0', NATS_URL: 'nats://127.0.0.1:1', NATS_PREFIX: 'toys' };
const CLIENT = `00-${'a'.repeat(32)}-${'b'.repeat(16)}`;

function start(environment: Record<string, string>, { level = 'info', edge = false } = {}) {
  const lines: Record<string, unknown>[] = [];
  const log = makeLog('toys', level, { write: (line) => lines.push(JSON.parse(line)) });
  const config = parseConfig(processSettings, { ...GIVEN, ...environment });
  return { lines, starting: startTracing({ service: 'toys', config, log, edge }) };
}

const begin = (tracer: Tracer | null, parent: string | null) =>
  tracer?.begin('query Boxes', { kind: 'SERVER', parent, requestId: 'req_12345678', facts: { 'graphql.operation.name': 'Boxes' } });

describe('tracing', () => {
  it('is not there unless it is asked for', async () => {
    expect(await start({}).starting).toBeNull();
    expect(await start({ OTEL_SDK_DISABLED: 'true', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' }).starting).toBeNull();
  });

  it('tells each piece of work as a line of the level debug, under the ids that lead on', async () => {
    const { lines, starting } = start({}, { level: 'debug' });
    const tracer = await starting;
    const outer = begin(tracer, null);
    const inner = begin(tracer, outer?.traceparent ?? null);
    inner?.end({ status: 200 }, new Error('what ana wrote'));
    outer?.end();
    const [first, second] = lines as [Record<string, string>, Record<string, string>];
    expect(first).toMatchObject({ msg: 'query Boxes', requestId: 'req_12345678', 'graphql.operation.name': 'Boxes', status: 200 });
    expect([first.traceId, first.parentId]).toEqual([second.traceId, second.spanId]);
    expect(outer?.traceparent).toBe(`00-${second.traceId}-${second.spanId}-00`);
  });

  it('sends them to a collector, with their place in the trace and the request’s id, and without what a message says', async () => {
    await using collector = await startCollector();
    const tracer = await start({ OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/` }).starting;
    const outer = begin(tracer, null);
    const inner = begin(tracer, outer?.traceparent ?? null);
    inner?.end({ status: 500 }, new TypeError('what ana wrote'));
    outer?.end();
    await tracer?.close();
    const [first, second] = collector.spans;
    expect(first).toMatchObject({
      ...{ service: 'toys', name: 'query Boxes', kind: 2, traceId: second?.traceId, parentSpanId: second?.spanId, status: 2 },
      facts: { 'graphql.operation.name': 'Boxes', 'atende.request_id': 'req_12345678', status: 500 },
    });
    expect(outer?.traceparent).toBe(`00-${second?.traceId}-${second?.spanId}-01`);
    expect(JSON.stringify(collector.spans)).not.toContain('ana');
  });

  it.each([
    ['a service does as its caller decided', false, ['01']],
    ['at the edge the client decides nothing', true, ['00', '01']],
  ])('%s', async (_, edge, recorded) => {
    await using collector = await startCollector();
    const tracer = await start({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/v1/traces` }, { edge }).starting;
    for (const flag of ['00', '01']) {
      const span = begin(tracer, `${CLIENT}-${flag}`);
      expect(span?.traceparent.slice(-2)).toBe(recorded.includes(flag) ? '01' : '00');
      span?.end();
    }
    await tracer?.close();
    expect(collector.spans.map(({ traceId }) => traceId)).toEqual(recorded.map(() => 'a'.repeat(32)));
  });

  it.each([
    [{ OTEL_TRACES_SAMPLER: 'always_off' }, 0],
    [{ OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' }, 0],
    [{ OTEL_TRACES_SAMPLER_ARG: '0' }, 1],
  ])('records the share that %p says', async (environment, count) => {
    await using collector = await startCollector();
    const tracer = await start({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...environment }).starting;
    begin(tracer, null)?.end();
    await tracer?.close();
    expect(collector.spans).toHaveLength(count);
  });

  it('says once that the collector will not have them', async () => {
    await using collector = await startCollector({ status: 400 });
    const { lines, starting } = start({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
    const tracer = await starting;
    for (const _ of [1, 2]) begin(tracer, null)?.end();
    await tracer?.close();
    expect(lines).toMatchObject([{ level: 40, msg: 'traces cannot be sent; the work goes on without' }]);
  });

  it('waits for a silent collector for a second, and not longer', async () => {
    const tracer = await start({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' }).starting;
    begin(tracer, null)?.end();
    await tracer?.close();
  });
});
