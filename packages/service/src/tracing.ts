import type { ProcessConfig } from './config.ts';
import type { Log } from './log.ts';
import { contextOfTrace, nextContext, traceparentFor } from './trace-context.ts';

export type SpanKind = 'SERVER' | 'CLIENT' | 'PRODUCER' | 'CONSUMER' | 'INTERNAL';
export type Facts = Record<string, string | number | boolean>;

/** How a piece of work begins. */
export interface Beginning {
  kind: SpanKind;
  /** The trace context of what it is part of; null: a new trace begins. */
  parent: string | null;
  requestId: string | null;
  /** Ids, codes, names of operations and numbers: never what a person wrote. */
  facts?: Facts;
  /** When it began, in ms of `performance.now()`, if not now. */
  since?: number;
}

/** A piece of work under way. */
export interface Span {
  /** For whoever goes on with it. */
  readonly traceparent: string;
  end(facts?: Facts, error?: unknown): void;
}

/** Who holds one notes what a process does. Where it is null nobody wants to know, and the seams cost nothing. */
export interface Tracer {
  begin(name: string, beginning: Beginning): Span;
  /** Sends what is still to be sent, for a second at most. */
  close(): Promise<void>;
}

export interface TracingOptions {
  service: string;
  config: ProcessConfig;
  log: Log;
  /** The client decides nothing about recording: at the edge a trace is sampled by its id, whatever its flag says. */
  edge?: boolean;
}

/**
 * Traces go to a collector where one is configured, and as lines to the log where its level is `debug`. Else there is no tracer, and
 * nothing of OpenTelemetry is ever loaded.
 */
export async function startTracing(options: TracingOptions): Promise<Tracer | null> {
  const { config, log } = options;
  const url = collectorOf(config);
  const sent = url === null ? null : (await import('./tracing-otel.ts')).sendTraces({ ...options, url });
  return log.isLevelEnabled('debug') ? tellTraces(log, sent) : sent;
}

function collectorOf(config: ProcessConfig): string | null {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: whole } = config;
  if (config.OTEL_SDK_DISABLED) return null;
  return whole ?? (endpoint === undefined ? null : `${endpoint.replace(/\/$/, '')}/v1/traces`);
}

/** A line per piece of work: one `grep` for a trace or request id shows the way of a click through every process. */
export function tellTraces(log: Log, sent: Tracer | null): Tracer {
  return {
    begin(name, beginning) {
      const { kind, parent, requestId, facts: known, since = performance.now() } = beginning;
      const span = sent?.begin(name, beginning);
      const traceparent = span?.traceparent ?? traceparentFor(nextContext(parent));
      const { traceId, spanId } = contextOfTrace(traceparent);
      const parentId = parent === null ? undefined : contextOfTrace(parent).spanId;
      return {
        traceparent,
        end(facts, error) {
          span?.end(facts, error);
          const ms = Math.round((performance.now() - since) * 100) / 100;
          log.debug(
            { kind, requestId, traceId, spanId, parentId, ms, ...known, ...facts, ...(error !== undefined && { err: error }) },
            name,
          );
        },
      };
    },
    close: async () => sent?.close(),
  };
}
