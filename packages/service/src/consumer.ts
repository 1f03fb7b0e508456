import { type Envelope, type EventDefinition, type EventOf, readEvent } from '@atende/events';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Log } from './log.ts';
import { traceIdIn } from './trace-context.ts';
import type { Tracer } from './tracing.ts';

/** What a handler gets beside the event: everything it writes through `em` commits with the inbox row, or not at all. */
export interface ConsumerContext {
  em: EntityManager;
  now: Date;
  log: Log;
}

/** One reaction of a service to one kind of another service's events. */
export interface Consumer {
  readonly event: EventDefinition;
  /** The services whose streams it is read from. */
  readonly from: readonly string[];
  handle(event: Envelope, context: ConsumerContext): Promise<void>;
}

/** `on(TicketOpened, async (event, { em }) => …)`: `event.data` is typed by the definition. An event of every service says of which ones. */
export function on<Definition extends EventDefinition>(
  event: Definition,
  handle: (event: EventOf<Definition>, context: ConsumerContext) => Promise<void> | void,
  from: readonly string[] = [event.service],
): Consumer {
  return { event, from, handle: async (envelope, context) => handle(envelope as EventOf<Definition>, context) };
}

/** What leads from a line of the log to the event, and to the request that caused it. */
export const idsOfEvent = ({ id, requestId, traceparent }: Envelope) => ({ event: id, requestId, ...traceIdIn(traceparent) });

export interface Reaction extends ConsumerContext {
  tracer?: Tracer | null;
}

/** Has every handler of an event do its work. Throws what the first failing one throws, or a broken contract. */
export async function react(consumers: readonly Consumer[], envelope: Envelope, { em, now, log, tracer = null }: Reaction): Promise<void> {
  const reading = readEvent(envelope);
  if (!reading.known) return;
  const { id, requestId, traceparent: parent, type } = envelope;
  const context = { em, now, log: log.child(idsOfEvent(envelope)) };
  const span = parent === null ? undefined : tracer?.begin(`handle ${type}`, { kind: 'CONSUMER', parent, requestId, facts: { event: id } });
  // What a handler records goes on from here.
  const event = span ? { ...reading.event, traceparent: span.traceparent } : reading.event;
  try {
    for (const consumer of consumers) await consumer.handle(event, context);
    await em.flush();
  } catch (error) {
    span?.end(undefined, error);
    throw error;
  }
  span?.end();
  // The next event of the batch starts with an empty unit of work, or each flush would look at all before it again.
  em.clear();
}
