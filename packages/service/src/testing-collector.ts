import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span as a collector got it. */
export interface CollectedSpan {
  service: string;
  name: string;
  kind: number;
  traceId: string;
  spanId: string;
  parentSpanId: string | undefined;
  facts: Record<string, unknown>;
  /** 2: it failed. */
  status: number | undefined;
  ms: number;
}

/** A collector of traces: OTLP over HTTP, as JSON. */
export interface Collector extends AsyncDisposable {
  /** What OTEL_EXPORTER_OTLP_ENDPOINT is to be. */
  url: string;
  spans: CollectedSpan[];
  /** Resolves with what `find` makes of the spans, once that is not undefined. */
  until<T>(find: (spans: readonly CollectedSpan[]) => T | undefined): Promise<T>;
}

interface Attribute {
  key: string;
  value: Record<string, unknown>;
}
interface OtlpSpan extends Omit<CollectedSpan, 'service' | 'facts' | 'status' | 'ms'> {
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: Attribute[];
  status: { code?: number };
}
interface Posted {
  resourceSpans: { resource: { attributes: Attribute[] }; scopeSpans: { spans: OtlpSpan[] }[] }[];
}

export async function startCollector({ status = 200 } = {}): Promise<Collector> {
  const spans: CollectedSpan[] = [];
  const waiting = new Set<() => void>();
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    if (request.url === '/v1/traces') spans.push(...spansIn(JSON.parse(body)));
    response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    for (const look of waiting) look();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    until: (find) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = find(spans);
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function spansIn({ resourceSpans }: Posted): CollectedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = String(factsIn(resource.attributes)['service.name']);
    return scopeSpans.flatMap((scope) => scope.spans.map((span) => spanOf(span, service)));
  });
}

const spanOf = ({ name, kind, traceId, spanId, parentSpanId, ...span }: OtlpSpan, service: string): CollectedSpan => ({
  ...{ service, name, kind, traceId, spanId, parentSpanId },
  facts: factsIn(span.attributes),
  status: span.status.code,
  ms: Number(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)) / 1_000_000,
});

const factsIn = (attributes: readonly Attribute[]): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
