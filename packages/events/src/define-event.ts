import { z } from 'zod';
import type { Envelope } from './envelope.ts';

type AnyData = z.ZodType<Record<string, unknown>>;

/** The owner of an event that any service may record, each on its own stream. */
export const EVERY_SERVICE = '*';

/** What a service says about one kind of event; contract and parser in one. */
export interface EventDefinition<Type extends string = string, Data extends AnyData = AnyData> {
  readonly type: Type;
  /** Grows by one with every field added. A field is never removed, renamed or narrowed. */
  readonly version: number;
  /** The owner: the only service that records it, on its own stream; or EVERY_SERVICE. */
  readonly service: string;
  readonly data: Data;
  /** One sentence for the catalogue. */
  readonly describes: string;
}

/** The data of an event: `EventData<typeof TicketOpened>`. */
export type EventData<Definition extends EventDefinition> = z.output<Definition['data']>;

/** An event as a consumer gets it: the envelope with its data typed. */
export type EventOf<Definition extends EventDefinition> = Envelope<EventData<Definition>> & { type: Definition['type'] };

/**
 * Defines an event: `defineEvent('ticket.opened', { version: 1, service: 'tickets', describes: '…', data: {…} })`.
 * Its fields come from words.ts. Fields unknown to this version are kept.
 */
export function defineEvent<const Type extends `${string}.${string}`, Shape extends z.ZodRawShape>(
  type: Type,
  about: { version: number; service: string; describes: string; data: Shape },
): EventDefinition<Type, z.ZodObject<Shape, z.core.$loose>> {
  return { type, version: about.version, service: about.service, describes: about.describes, data: z.looseObject(about.data) };
}
