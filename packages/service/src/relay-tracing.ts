import type { RelayObserver } from './relay.ts';
import type { Tracer } from './tracing.ts';

/** An observer that also notes each event's way into the stream. */
export function tracePublished<Observer extends RelayObserver>(observer: Observer, tracer: Tracer): Observer {
  return {
    ...observer,
    published(events, since) {
      observer.published(events, since);
      for (const { id, type, position, requestId, traceparent: parent } of events) {
        if (parent === null) continue;
        const facts = { event: id, position: position ?? 0 };
        tracer.begin(`publish ${type}`, { kind: 'PRODUCER', parent, requestId, facts, since }).end();
      }
    },
  };
}
