import { randomBytes } from 'node:crypto';

// W3C trace context, version 00. What is of no use to anybody (another version, zero ids, capitals) is taken for none at all.
const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** A `traceparent` header in its strict form, else null. A trace id says nothing about who asks; it is only ever written down. */
export const readTraceparent = (given: unknown): string | null => (typeof given === 'string' && TRACEPARENT.test(given) ? given : null);

/** The parts of a `traceparent`: which trace, which piece of work in it, and whether somebody records it. */
export interface TraceContext {
  traceId: string;
  spanId: string;
  recorded: boolean;
}

export const contextOfTrace = (traceparent: string): TraceContext => ({
  traceId: traceparent.slice(3, 35),
  spanId: traceparent.slice(36, 52),
  recorded: (Number.parseInt(traceparent.slice(53), 16) & 1) === 1,
});

export const traceparentFor = ({ traceId, spanId, recorded }: TraceContext): string => `00-${traceId}-${spanId}-${recorded ? '01' : '00'}`;

/** For log lines: `{ traceId }`, or nothing where there is no trace. */
export const traceIdIn = (traceparent: string | null): { traceId: string } | undefined =>
  traceparent === null ? undefined : { traceId: traceparent.slice(3, 35) };

/** A piece of work of its own inside a trace, or the first one of a new trace. */
export function nextContext(parent: string | null): TraceContext {
  const spanId = randomBytes(8).toString('hex');
  if (parent === null) return { traceId: randomBytes(16).toString('hex'), spanId, recorded: false };
  return { ...contextOfTrace(parent), spanId };
}
