import type { Envelope } from '@atende/events';
import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import type { Clock } from './clock.ts';
import { type Consumer, idsOfEvent, react } from './consumer.ts';
import { ParkedEvent } from './consumer-parked.ts';
import { remember } from './inbox.ts';
import type { Log } from './log.ts';
import type { Tracer } from './tracing.ts';

/** ms before the second, third, fourth and fifth try. After the fifth the event waits for a hand. */
const BACK_OFF = [200, 1_000, 5_000, 20_000];
export const MOST_TRIES = BACK_OFF.length + 1;

/** Puts an event aside: with the reason of its first failed try, or (null) behind one of its aggregate that waits. */
export function park(
  em: EntityManager,
  { owner, event, now, reason }: { owner: string; event: Envelope; now: Date; reason: unknown },
): void {
  const { id: eventId, aggregate, version } = event;
  const tries = reason === null ? 0 : 1;
  const nextTryAt = new Date(now.getTime() + (tries === 0 ? 0 : (BACK_OFF[0] ?? 0)));
  em.create(ParkedEvent, {
    eventId,
    owner,
    aggregate,
    version,
    envelope: event,
    tries,
    reason: reason === null ? null : textOf(reason),
    nextTryAt,
    parkedAt: now,
  });
}

// The first of each aggregate only: order inside an aggregate outlives a failure.
const DUE = `
  select event_id as id from parked_event p where next_try_at <= ? and owner in (?) and not exists (
    select from parked_event before where before.owner = p.owner and before.aggregate = p.aggregate and before.version < p.version)
  order by next_try_at limit 1 for update skip locked`;

export interface RetryParts {
  owners: readonly string[];
  consumers: ReadonlyMap<string, readonly Consumer[]>;
  forWorker(): EntityManager;
  clock: Clock;
  log: Log;
  tracer?: Tracer | null;
}

/** Tries one due event again. Returns whether there was one. */
export async function retryOne({ owners, consumers, forWorker, clock, log, tracer }: RetryParts): Promise<boolean> {
  const now = clock.now();
  let tried: ParkedEvent | null = null;
  try {
    return await forWorker().transactional(async (em) => {
      const [due] = await em.execute<{ id: string }[]>(DUE, [now, owners]);
      if (!due) return false;
      const row = await em.findOneOrFail(ParkedEvent, due.id);
      tried = row;
      await react(consumers, [row.envelope], { em, now, log, tracer });
      await remember(em, row.owner, [row.envelope], now);
      await em.nativeDelete(ParkedEvent, row.eventId);
      return true;
    });
  } catch (error) {
    const failed = tried as ParkedEvent | null;
    if (!failed) throw error;
    await noteFailure(forWorker(), failed, error, { now, log });
    return true;
  }
}

async function noteFailure(
  em: EntityManager,
  { eventId }: ParkedEvent,
  reason: unknown,
  { now, log }: { now: Date; log: Log },
): Promise<void> {
  await em.transactional(async (own) => {
    const row = await own.findOne(ParkedEvent, eventId, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!row) return;
    const wait = BACK_OFF[row.tries];
    row.tries++;
    row.reason = textOf(reason);
    row.nextTryAt = wait === undefined ? null : new Date(now.getTime() + wait);
    if (!row.nextTryAt)
      log.error({ err: reason, tries: row.tries, ...idsOfEvent(row.envelope) }, 'an event is parked; mend its reason, then run `redrive`');
  });
}

/** Has parked events tried again from now: all of them, or one. Returns how many. */
export async function redrive(em: EntityManager, now: Date, eventId?: string): Promise<number> {
  return em.nativeUpdate(ParkedEvent, { nextTryAt: null, ...(eventId && { eventId }) }, { tries: 0, nextTryAt: now });
}

const textOf = (reason: unknown): string =>
  (reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason)).slice(0, 1_000);
