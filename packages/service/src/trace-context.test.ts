import { describe, expect, it } from '@jest/globals';
import { contextOfTrace, nextContext, readTraceparent, traceIdIn, traceparentFor } from './trace-context.ts';

const TRACE = 'a'.repeat(32);
const SPAN = 'b'.repeat(16);

describe('a trace context', () => {
  it('is taken in its strict form only', () => {
    expect(readTraceparent(`00-${TRACE}-${SPAN}-01`)).toBe(`00-${TRACE}-${SPAN}-01`);
    for (const given of [
      undefined,
      ['00'],
      '',
      `01-${TRACE}-${SPAN}-01`,
      `ff-${TRACE}-${SPAN}-01`,
      `00-${'0'.repeat(32)}-${SPAN}-01`,
      `00-${TRACE}-${'0'.repeat(16)}-01`,
      `00-${TRACE.toUpperCase()}-${SPAN}-01`,
      `00-${TRACE}-${SPAN}-01-more`,
      `00-${TRACE}-${SPAN}-01\n{}`,
    ])
      expect([given, readTraceparent(given)]).toEqual([given, null]);
  });

  it('is read and written as it is', () => {
    for (const flags of ['00', '01']) {
      const traceparent = `00-${TRACE}-${SPAN}-${flags}`;
      expect(traceparentFor(contextOfTrace(traceparent))).toBe(traceparent);
    }
    expect(contextOfTrace(`00-${TRACE}-${SPAN}-03`)).toEqual({ traceId: TRACE, spanId: SPAN, recorded: true });
    expect([traceIdIn(`00-${TRACE}-${SPAN}-00`), traceIdIn(null)]).toEqual([{ traceId: TRACE }, undefined]);
  });

  it('goes on in the same trace, under an id of its own; without one a new trace begins', () => {
    const next = nextContext(`00-${TRACE}-${SPAN}-01`);
    expect(next).toMatchObject({ traceId: TRACE, recorded: true });
    expect(next.spanId).not.toBe(SPAN);
    const [one, other] = [nextContext(null), nextContext(null)];
    expect(readTraceparent(traceparentFor(one))).toBe(traceparentFor(one));
    expect(one.traceId).not.toBe(other.traceId);
  });
});
