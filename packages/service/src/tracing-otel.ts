// The only file that loads OpenTelemetry, itself loaded only when a collector is configured. Everything else the SDK reads from its own
// variables (OTEL_EXPORTER_OTLP_HEADERS, OTEL_BSP_*, …).
import { setTimeout } from 'node:timers/promises';
import { type Attributes, DiagLogLevel, diag, ROOT_CONTEXT, SpanKind, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { Resource } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider, ParentBasedSampler, TraceIdRatioBasedSampler } from '@opentelemetry/sdk-trace-node';
import type { ProcessConfig } from './config.ts';
import type { Log } from './log.ts';
import { contextOfTrace, traceparentFor } from './trace-context.ts';
import type { Tracer, TracingOptions } from './tracing.ts';

export interface Sending extends TracingOptions {
  /** Of the collector's OTLP over HTTP. */
  url: string;
}

const PATIENCE = 1_000; // ms that the end of a process waits for the collector
const QUIET = 60_000; // ms between two lines about a collector that does not answer

/** Sends traces over OTLP. */
export function sendTraces({ service, config, log, url, edge = false }: Sending): Tracer {
  const tell = once(log);
  diag.setLogger({ error: tell, warn: ignore, info: ignore, debug: ignore, verbose: ignore }, DiagLogLevel.ERROR);
  const root = new TraceIdRatioBasedSampler(shareOf(config));
  const provider = new NodeTracerProvider({
    resource: new Resource({ 'service.name': service, 'service.namespace': 'atende' }),
    sampler: new ParentBasedSampler({ root, ...(edge && { remoteParentSampled: root, remoteParentNotSampled: root }) }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url }))],
  });
  const tracer = provider.getTracer('atende');
  return {
    begin(name, { kind, parent, requestId, facts, since }) {
      const attributes: Attributes = { ...facts, ...(requestId !== null && { 'atende.request_id': requestId }) };
      const span = tracer.startSpan(name, { kind: SpanKind[kind], attributes, startTime: since }, contextUnder(parent));
      const { traceId, spanId, traceFlags } = span.spanContext();
      return {
        traceparent: traceparentFor({ traceId, spanId, recorded: traceFlags === TraceFlags.SAMPLED }),
        end(found, error) {
          if (found) span.setAttributes(found);
          if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: kindOf(error) });
          span.end();
        },
      };
    },
    close: () => Promise.race([provider.shutdown().catch((error) => tell(String(error))), setTimeout(PATIENCE, undefined, { ref: false })]),
  };
}

/** `parentbased_` or not makes no difference: what a service does is part of a trace whose beginning was decided at the edge. */
function shareOf({ OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: share }: ProcessConfig): number {
  if (sampler.endsWith('always_off')) return 0;
  return sampler.endsWith('traceidratio') ? share : 1;
}

function contextUnder(parent: string | null) {
  if (parent === null) return ROOT_CONTEXT;
  const { traceId, spanId, recorded } = contextOfTrace(parent);
  const traceFlags = recorded ? TraceFlags.SAMPLED : TraceFlags.NONE;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}

/** Messages may repeat what a person wrote; the kind of an error never does. */
const kindOf = (error: unknown): string => (error instanceof Error ? error.constructor.name : String(error).slice(0, 100));

const ignore = (): void => {};

/** Says what goes wrong with sending, a line a minute at most. */
function once(log: Log): (message: string) => void {
  let told = Number.NEGATIVE_INFINITY;
  return (message) => {
    if (performance.now() - told < QUIET) return;
    told = performance.now();
    log.warn({ reason: message.slice(0, 500) }, 'traces cannot be sent; the work goes on without');
  };
}
