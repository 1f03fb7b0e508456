import { createHash } from 'node:crypto';
import { z } from 'zod';

/** What a service may be called, wherever its name becomes part of a path. */
export const serviceName = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'lower-case letters, digits and hyphens, 63 at most');
/** What a gateway replica or a client may be called there. */
export const reporterName = z
  .string()
  .regex(/^[a-zA-Z0-9](?:[a-zA-Z0-9_-]|\.(?!\.)){0,99}$/, 'letters, digits, dots, hyphens, 100 at most');
export const digest = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hexadecimal');

const line = z.string().max(500);

/** What a publisher hands in: the whole graph as it is to be. Texts are named by their digests and handed in beside it. */
export const draftSchema = z.object({
  /** Who publishes, for people: `ana@laptop`. */
  by: line,
  /** Whose change it is; `*`: of all services at once. */
  service: z.union([serviceName, z.literal('*')]),
  kind: z.enum(['PUBLISHED', 'ROLLED_BACK']),
  /** Why it was published although operations that were seen break. */
  forced: line.optional(),
  services: z.record(serviceName, z.object({ url: z.url({ protocol: /^https?$/ }).max(500), sdl: digest })),
  supergraph: digest,
});
export type Draft = z.infer<typeof draftSchema>;

/** One version of the graph, as the registry keeps it for ever. */
export const publicationSchema = draftSchema.extend({
  /** 1, 2, 3 … without a gap. */
  version: z.number().int().positive(),
  /** ISO 8601. */
  at: z.iso.datetime(),
});
export type Publication = z.infer<typeof publicationSchema>;

export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
