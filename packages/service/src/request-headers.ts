import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { Doing } from './audit.ts';
import { newId } from './ids.ts';
import { readTraceparent, traceIdIn } from './trace-context.ts';

// What a gateway sends along. Each of it is written into rows or logs, so it is taken in its own form only.

const REQUEST_ID = /^[\w-]{8,64}$/;

/** The request id that came with the call, if it has a sane form, else a new one. */
export function requestIdOf({ headers }: FastifyRequest): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : newId('req');
}

/** W3C trace context: of this service's own part of the trace, where traces are made. */
export const traceparentOf = ({ headers, span }: FastifyRequest): string | null =>
  span?.traceparent ?? readTraceparent(headers.traceparent);

/** What leads from a line of the log to everything else about the request. */
export const idsOf = (request: FastifyRequest) => ({ requestId: requestIdOf(request), ...traceIdIn(traceparentOf(request)) });

/** The client's address as the gateway saw it. */
export function addressOf({ headers }: FastifyRequest): string | null {
  const given = headers['x-client-address'];
  return typeof given === 'string' && isIP(given) !== 0 ? given : null;
}

/** Who does something by a request of the service's own HTTP, for the audit log. */
export const doingBy = (request: FastifyRequest, now: Date): Doing => ({
  viewer: request.viewer,
  now,
  requestId: requestIdOf(request),
  traceparent: traceparentOf(request),
  address: addressOf(request),
});
