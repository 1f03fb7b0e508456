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
  /** Instead, where some events can have their effect together: after all that is done for each one. */
  handleAll?(events: readonly Envelope[], context: ConsumerContext): Promise<void>;
}

/** `on(TicketOpened, async (event, { em }) => …)`: `event.data` is typed by the definition. An event of every service says of which ones. */
export function on<Definition extends EventDefinition>(
  event: Definition,
  handle: (event: EventOf<Definition>, context: ConsumerContext) => Promise<void> | void,
  from: readonly string[] = [event.service],
): Consumer {
  return { event, from, handle: async (envelope, context) => handle(envelope as EventOf<Definition>, context) };
}

/**
 * `onAll(TicketAccess, (events, { em }) => …)`: the events of this kind that arrived together, in their order, so that one
 * statement does for all of them. Their order among events of other kinds must not matter.
 */
export function onAll<Definition extends EventDefinition>(
  event: Definition,
  handle: (events: readonly EventOf<Definition>[], context: ConsumerContext) => Promise<void> | void,
): Consumer {
  const handleAll: Consumer['handleAll'] = async (envelopes, context) => handle(envelopes as EventOf<Definition>[], context);
  return { event, from: [event.service], handleAll, handle: (envelope, context) => handleAll([envelope], context) };
}

/** What leads from a line of the log to the event, and to the request that caused it. */
export const idsOfEvent = ({ id, requestId, traceparent }: Envelope) => ({ event: id, requestId, ...traceIdIn(traceparent) });

export interface Reaction extends ConsumerContext {
  tracer?: Tracer | null;
}

/** Has every handler of some events do its work. Throws what the first failing one throws, or a broken contract. */
export async function react(
  consumers: ReadonlyMap<string, readonly Consumer[]>,
  envelopes: readonly Envelope[],
  { em, now, log, tracer = null }: Reaction,
): Promise<void> {
  const joint = new Map<Consumer, Envelope[]>();
  for (const envelope of envelopes) {
    const reading = readEvent(envelope);
    const all = consumers.get(envelope.type) ?? [];
    // A trace shows what each event led to: where there is one, each is handled alone.
    const alone = tracer ? all : all.filter(({ handleAll }) => !handleAll);
    if (!reading.known) continue;
    for (const consumer of all) if (!alone.includes(consumer)) joint.set(consumer, [...(joint.get(consumer) ?? []), reading.event]);
    if (alone.length > 0) await reactAlone(alone, reading.event, { em, now, log, tracer });
  }
  for (const [consumer, events] of joint) await consumer.handleAll?.(events, { em, now, log });
  await em.flush();
}

async function reactAlone(consumers: readonly Consumer[], envelope: Envelope, { em, now, log, tracer }: Reaction): Promise<void> {
  const { id, requestId, traceparent: parent, type } = envelope;
  const context = {
    ...{ em, now },
    get log() {
      return log.child(idsOfEvent(envelope));
    },
  };
  const span = parent === null ? undefined : tracer?.begin(`handle ${type}`, { kind: 'CONSUMER', parent, requestId, facts: { event: id } });
  // What a handler records goes on from here.
  const event = span ? { ...envelope, traceparent: span.traceparent } : envelope;
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
