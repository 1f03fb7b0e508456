import { z } from 'zod';
import { LIMITS } from '../limits.ts';
import { digest } from './publication.ts';

const day = 86_400_000; // ms
/** An operation that nobody has sent for this long is not held against a change any more. Days. */
export const REMEMBERED_DAYS = 90;

const coordinate = z.string().max(300);

/** One operation of some client, without anything that a person wrote: no value, no alias, no name of a variable. */
export const seenOperationSchema = z.object({
  /** SHA-256 of `document`. */
  hash: digest,
  name: z.string().max(100).nullable(),
  /** Its normal form (operation-form.ts). */
  document: z.string().max(200_000),
  /** Coordinates of the schema that it uses: `Ticket.subject`, `Query.ticket(id:)`, `TicketStatus.OPEN`, `TicketFilter.text`. */
  uses: z.array(coordinate).max(5_000),
  /** ISO 8601. */
  first: z.iso.datetime(),
  last: z.iso.datetime(),
  count: z.number().int().nonnegative(),
  /** `portal 1.4.2` → how often; clients that are not on the gateway's list have no entry. */
  clients: z.record(z.string().max(120), z.number().int().nonnegative()),
});
export type SeenOperation = z.infer<typeof seenOperationSchema>;

/** A stored document, up to what a gateway takes as one. */
export const storedText = z.string().min(1).max(LIMITS.document);

export const operationsReportSchema = z.object({
  /** A gateway's replica, or the client whose documents these are. */
  reporter: z.string(),
  /** Stored documents never grow old. */
  stored: z.boolean(),
  /** How many were let go for want of room. */
  dropped: z.number().int().nonnegative(),
  operations: z.array(seenOperationSchema),
  /** The stored documents themselves, each as the client sends it. */
  texts: z.array(storedText).optional(),
  /** Its file cannot be read: what it held is not known. */
  damaged: z.boolean().optional(),
});
export type OperationsReport = z.infer<typeof operationsReportSchema>;

export const MOST_CLIENTS = 20; // of one operation; the rest is counted without a name

/** What two sightings of one operation amount to. */
export function merged(one: SeenOperation, other: SeenOperation): SeenOperation {
  const [earlier, later] = one.last < other.last ? [one, other] : [other, one];
  const [first = later.first] = [one.first, other.first].sort();
  const clients: Record<string, number> = {};
  for (const [client, count] of [...Object.entries(later.clients), ...Object.entries(earlier.clients)]) {
    if (client in clients || Object.keys(clients).length < MOST_CLIENTS) clients[client] = (clients[client] ?? 0) + count;
  }
  return { ...later, first, count: one.count + other.count, clients };
}

/** Which operation it is: the same text under two names is two. */
export const keyOf = ({ hash, name }: Pick<SeenOperation, 'hash' | 'name'>): string => `${hash} ${name ?? ''}`;

/** A report with new sightings, without what is too old, cut to a size: what was seen once only goes first, then what was seen longest ago. */
export function extended(
  report: OperationsReport,
  seen: readonly SeenOperation[],
  now: Date,
  most: { operations: number; operationsSize: number },
): OperationsReport {
  const known = new Map(report.operations.map((operation) => [keyOf(operation), operation]));
  for (const operation of seen) {
    const before = known.get(keyOf(operation));
    known.set(keyOf(operation), before ? merged(before, operation) : operation);
  }
  const since = new Date(now.getTime() - REMEMBERED_DAYS * day).toISOString();
  const fresh = [...known.values()].filter(({ last }) => last >= since).sort(byWorth);
  const kept: SeenOperation[] = [];
  let size = 0;
  for (const operation of fresh) {
    size += operation.document.length;
    if (kept.length >= most.operations || size > most.operationsSize) break;
    kept.push(operation);
  }
  return { ...report, operations: kept, dropped: report.dropped + fresh.length - kept.length };
}

function byWorth(one: SeenOperation, other: SeenOperation): number {
  const again = Number(other.count > 1) - Number(one.count > 1);
  return again || (one.last < other.last ? 1 : one.last > other.last ? -1 : 0);
}
