import type { FastifyInstance } from 'fastify';
import { requestIdOf, traceparentOf } from './request-headers.ts';
import type { Tracer } from './tracing.ts';

/** Notes the work on every request that is part of a trace; what a gateway asks for itself all the time is not. */
export function traceRequests(server: FastifyInstance, tracer: Tracer): void {
  server.addHook('preHandler', async (request) => {
    const parent = traceparentOf(request);
    if (parent === null) return;
    const operation = nameIn(request.body);
    request.span = tracer.begin(`${request.method} ${request.routeOptions.url}`, {
      kind: 'SERVER',
      parent,
      requestId: requestIdOf(request),
      ...(operation !== undefined && { facts: { 'graphql.operation.name': operation } }),
    });
  });
  server.addHook('onResponse', async (request, reply) => request.span?.end({ 'http.response.status_code': reply.statusCode }));
}

/** Planned by the gateway: the client's name for it, the service and a number. */
function nameIn(body: unknown): string | undefined {
  const name = typeof body === 'object' && body !== null && 'operationName' in body ? body.operationName : undefined;
  return typeof name === 'string' ? name.slice(0, 100) : undefined;
}
