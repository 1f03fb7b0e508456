import { type Envelope, type EventDefinition, type EventOf, readEvent } from '@atende/events';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Log } from './log.ts';

/** What a handler gets beside the event: everything it writes through `em` commits with the inbox row, or not at all. */
export interface ConsumerContext {
  em: EntityManager;
  now: Date;
  log: Log;
}

/** One reaction of a service to one kind of another service's events. */
export interface Consumer {
  readonly event: EventDefinition;
  handle(event: Envelope, context: ConsumerContext): Promise<void>;
}

/** `on(TicketOpened, async (event, { em }) => …)`: `event.data` is typed by the definition. */
export function on<Definition extends EventDefinition>(
  event: Definition,
  handle: (event: EventOf<Definition>, context: ConsumerContext) => Promise<void> | void,
): Consumer {
  return { event, handle: async (envelope, context) => handle(envelope as EventOf<Definition>, context) };
}

/** Has every handler of an event do its work. Throws what the first failing one throws, or a broken contract. */
export async function react(consumers: readonly Consumer[], envelope: Envelope, context: ConsumerContext): Promise<void> {
  const reading = readEvent(envelope);
  if (!reading.known) return;
  for (const consumer of consumers) await consumer.handle(reading.event, context);
  await context.em.flush();
  // The next event of the batch starts with an empty unit of work, or each flush would look at all before it again.
  context.em.clear();
}
