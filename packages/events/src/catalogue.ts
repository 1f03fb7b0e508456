import * as articles from './article-events.ts';
import * as attachments from './attachment-events.ts';
import * as audit from './audit-events.ts';
import * as criticality from './criticality-events.ts';
import { EVERY_SERVICE, type EventDefinition, type EventOf } from './define-event.ts';
import type { Envelope } from './envelope.ts';
import * as forms from './form-events.ts';
import * as identity from './identity-events.ts';
import * as tickets from './ticket-events.ts';

const isDefinition = (value: unknown): value is EventDefinition =>
  typeof value === 'object' && value !== null && 'describes' in value && 'type' in value;

/** Every event of the house by its type. A definition exported from a `*-events.ts` file is in it. */
export const catalogue: ReadonlyMap<string, EventDefinition> = new Map(
  [tickets, forms, criticality, identity, attachments, articles, audit]
    .flatMap((file) => Object.values<unknown>(file))
    .filter(isDefinition)
    .map((definition) => [definition.type, definition]),
);

/** What an envelope turned out to be. An unknown type is no error: a newer service may say what an older one cannot read yet. */
export type Reading = { known: true; definition: EventDefinition; event: EventOf<EventDefinition> } | { known: false; type: string };

/** Reads the data of an envelope by its definition. Throws when a known event breaks its own contract. */
export function readEvent(envelope: Envelope): Reading {
  const definition = catalogue.get(envelope.type);
  if (!definition || ![envelope.service, EVERY_SERVICE].includes(definition.service)) return { known: false, type: envelope.type };
  return { known: true, definition, event: { ...envelope, data: definition.data.parse(envelope.data) } as EventOf<EventDefinition> };
}
