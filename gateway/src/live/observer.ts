import type { Envelope } from '@atende/events';
import type { ErrorCode, Span, Tracer } from '@atende/service/process';

/** Told what becomes of events on their way to watchers. */
export interface LiveObserver {
  /** An event is worked on for its watchers; ended with the number of frames. */
  begins?(service: string, event: Envelope): Span;
  /** It was delivered: seconds since it was recorded, and how many frames it became. */
  delivered(service: string, seconds: number, frames: number): void;
  /** The owner was asked who may hear of it: for so many pairs of class and filter. */
  asked(service: string, pairs: number): void;
  /** A subscription was ended, and the client told why. */
  ended(service: string, code: ErrorCode): void;
}

/** An observer that also notes each event's way to its watchers, in the trace of whoever caused it; what time did begins one. */
export const tracePushes = (observer: LiveObserver, tracer: Tracer): LiveObserver => ({
  ...observer,
  begins(service, { id, type, requestId, traceparent: parent }) {
    return tracer.begin(`push ${type}`, { kind: 'CONSUMER', parent, requestId, facts: { service, event: id } });
  },
});
