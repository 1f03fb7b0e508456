import type { Envelope } from '@atende/events';
import type { EntityManager } from '@mikro-orm/postgresql';
import { ErrorCode, RequestError } from './errors.ts';
import { type EventRow, envelopeOf } from './event.ts';
import { decodeCursor, encodeCursor, type Reached } from './event-cursor.ts';
import { Relay } from './relay-row.ts';

/** A page of a service's own events. */
export interface EventFeed {
  epoch: string;
  /** The last numbered position: the feed is read to its end when the last event stands there. */
  position: number;
  events: Envelope[];
}

export interface FeedOptions {
  /** How far back a cursor may lie, in events; further is CURSOR_EXPIRED. Default: as far as there are events. */
  retention?: number;
}

const MOST_PER_PAGE = 1_000;

/** The last numbered place: what a client gives as `after` to go from a read to live. Read it before the rows. */
export async function lastPlace(em: EntityManager): Promise<Reached> {
  const row = await em.findOne(Relay, 1, { disableIdentityMap: true });
  return { epoch: row?.epoch ?? 'new', position: row?.lastPosition ?? 0 };
}

/** `lastPlace` as an opaque cursor. */
export const liveCursor = async (em: EntityManager): Promise<string> => encodeCursor(await lastPlace(em));

/**
 * Events of `service`, the own ones, after a cursor (null: from the first), at most `first` of them. Throws CURSOR_EXPIRED for a cursor of
 * another epoch, from the future, or from before what is kept.
 */
export async function readFeed(
  em: EntityManager,
  service: string,
  after: string | null,
  first: number,
  { retention }: FeedOptions = {},
): Promise<EventFeed> {
  const place = await lastPlace(em);
  const from = after === null ? { epoch: place.epoch, position: 0 } : decodeCursor(after);
  const expired =
    !from ||
    from.epoch !== place.epoch ||
    from.position > place.position ||
    (retention !== undefined && place.position - from.position > retention);
  if (expired) throw new RequestError(ErrorCode.CURSOR_EXPIRED, 'The cursor has expired: read again and go on without it.');
  const { class: Event } = em.getMetadata().getByClassName<EventRow>('Event');
  const rows = await em.find(
    Event,
    { position: { $gt: from.position } },
    { orderBy: { position: 'asc' }, limit: Math.max(1, Math.min(first, MOST_PER_PAGE)), disableIdentityMap: true },
  );
  return { ...place, events: rows.map((row) => envelopeOf(row, service, place.epoch)) };
}
