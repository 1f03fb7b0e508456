import { z } from 'zod';

export const AUDIENCES = ['PUBLIC', 'INTERNAL', 'SYSTEM'] as const;

/**
 * Who may hear of an event besides services: PUBLIC whoever may see its aggregate, INTERNAL staff who may see it,
 * SYSTEM nobody.
 */
export type Audience = (typeof AUDIENCES)[number];

const EnvelopeSchema = z.looseObject({
  id: z.string().min(1),
  service: z.string().min(1),
  type: z.string().min(1),
  v: z.number().int().min(1),
  aggregate: z.string().min(1),
  version: z.number().int().min(1),
  position: z.number().int().min(1),
  epoch: z.string().min(1),
  at: z.iso.datetime(),
  actor: z.string().nullable(),
  audience: z.enum(AUDIENCES),
  requestId: z.string().nullable(),
  traceparent: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
});

/** One event on the wire: the same JSON in JetStream, in the feed and in a golden sample. */
export interface Envelope<Data = Record<string, unknown>> {
  id: string;
  service: string;
  type: string;
  /** The version of the event's definition it was written with. */
  v: number;
  /** The id of what changed, e.g. a ticket; `version` counts its events from 1 without a gap. */
  aggregate: string;
  version: number;
  /** Where it stands among all events of its service, from 1 without a gap, within one epoch. */
  position: number;
  epoch: string;
  at: string;
  /** The id of the person, contact or analyst who did it; null: the system, e.g. a timer. */
  actor: string | null;
  audience: Audience;
  requestId: string | null;
  traceparent: string | null;
  data: Data;
}

/** Reads an envelope from JSON text or a parsed object. Throws on what is not an envelope; its data is not judged here. */
export function parseEnvelope(input: unknown): Envelope {
  return EnvelopeSchema.parse(typeof input === 'string' ? JSON.parse(input) : input);
}
