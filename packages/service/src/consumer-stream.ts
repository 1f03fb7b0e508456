import type { Envelope } from '@atende/events';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Bus } from './bus.ts';
import type { Clock } from './clock.ts';
import { type Consumer, idsOfEvent, react } from './consumer.ts';
import { type ConsumerLease, LeaseLost } from './consumer-lease.ts';
import { ParkedEvent } from './consumer-parked.ts';
import { ConsumerPosition } from './consumer-position.ts';
import { park } from './consumer-retry.ts';
import { encodeCursor, judge, type Reached } from './event-cursor.ts';
import type { EventFeed } from './feed.ts';
import { Inbox, remember } from './inbox.ts';
import type { Log } from './log.ts';
import type { Tracer } from './tracing.ts';

/** Reads the feed of another service: how gaps are filled that its stream can no longer fill. */
export type FetchFeed = (owner: string, after: string | null, first: number) => Promise<EventFeed>;

/** Told what became of an event. */
export interface ConsumerObserver {
  consumed(event: Envelope, outcome: 'HANDLED' | 'NOT_WANTED' | 'UNKNOWN' | 'PARKED'): void;
  /** How far this service has come. */
  reached(owner: string, position: number): void;
}

export interface StreamParts {
  owner: string;
  service: string;
  consumers: ReadonlyMap<string, readonly Consumer[]>;
  known(type: string): boolean;
  bus: Bus;
  forWorker(): EntityManager;
  clock: Clock;
  log: Log;
  feed?: FetchFeed;
  observe?: ConsumerObserver;
  lease: ConsumerLease;
  tracer?: Tracer | null;
}

const FEED_PAGE = 500;

/** The stream stands further on than this service; what is between must come from somewhere. */
export class GapInStream extends Error {}

/** One owner's stream as this service consumes it: in order, each event's effect once, a failing one put aside. */
export class ConsumedStream {
  readonly #parts: StreamParts;
  #reached: Reached | null = null;

  constructor(parts: StreamParts) {
    this.#parts = parts;
  }

  /** Consumes until `signal` aborts or something fails. Whatever failed, it may be called again. */
  async consume(signal: AbortSignal): Promise<void> {
    const { bus, owner, service, lease } = this.#parts;
    this.#reached = await lease.take();
    if (!this.#reached) return;
    const whileHeld = lease.whileHeld(signal);
    try {
      await bus.consume(owner, service, this.#reached, (events) => this.#receive(events), whileHeld.signal);
    } finally {
      await whileHeld.end();
    }
  }

  async #receive(events: readonly Envelope[]): Promise<void> {
    let batch: Envelope[] = [];
    for (const event of events) {
      const verdict = this.#reached ? judge({ ...this.#reached, position: this.#reached.position + batch.length }, event) : 'OTHER_EPOCH';
      if (verdict === 'SEEN') continue;
      if (verdict === 'NEXT') {
        batch.push(event);
        continue;
      }
      await this.#apply(batch);
      batch = [];
      // In a new epoch every event is new until the inbox says otherwise.
      if (verdict === 'OTHER_EPOCH') this.#reached = { epoch: event.epoch, position: 0 };
      if (event.position !== this.#position + 1) await this.#fill(event);
      if (event.position === this.#position + 1) batch.push(event);
    }
    await this.#apply(batch);
  }

  get #position(): number {
    return this.#reached?.position ?? 0;
  }

  async #fill(until: Envelope): Promise<void> {
    const { feed, owner, log } = this.#parts;
    log.warn({ owner, reached: this.#position, next: until.position }, 'a gap in the stream; filling it from the feed');
    if (!feed)
      throw new GapInStream(
        `${owner}: events ${this.#position + 1} to ${until.position - 1} are no longer in the stream and there is no feed to ask`,
      );
    while (this.#position < until.position) {
      const after = this.#position > 0 ? encodeCursor({ epoch: until.epoch, position: this.#position }) : null;
      const page = await feed(owner, after, FEED_PAGE);
      if (page.epoch !== until.epoch || page.events.length === 0)
        throw new GapInStream(`${owner}: the feed does not lead to event ${until.position}`);
      await this.#apply(page.events);
    }
  }

  async #apply(events: readonly Envelope[]): Promise<void> {
    if (events.length === 0) return;
    try {
      await this.#commit(events, null);
    } catch (error) {
      if (error instanceof LeaseLost) throw error;
      // One of them fails. Alone, each shows which; and what fails alone is put aside.
      for (const event of events) await this.#commit([event], null).catch((reason) => this.#putAside(event, reason));
    }
  }

  async #putAside(event: Envelope, reason: unknown): Promise<void> {
    if (reason instanceof LeaseLost) throw reason;
    const { owner, log } = this.#parts;
    log.warn({ err: reason, owner, type: event.type, ...idsOfEvent(event) }, 'the effect of an event failed; it will be tried again');
    await this.#commit([event], reason);
  }

  /** The effects of some events, their inbox rows and the new place, in one transaction. With a reason: parks instead. */
  async #commit(events: readonly Envelope[], reason: unknown): Promise<void> {
    const { owner, consumers, known, forWorker, clock, log, observe, lease, tracer } = this.#parts;
    const now = clock.now();
    const last = events.at(-1);
    if (!last) return;
    const outcomes = await forWorker().transactional(async (em) => {
      await lease.renew(em);
      const wanted = events.filter((event) => consumers.has(event.type));
      const done = await seenBefore(em, wanted);
      const waiting = await aggregatesParked(em, owner, wanted);
      const handled: Envelope[] = [];
      const report: Parameters<ConsumerObserver['consumed']>[] = [];
      for (const event of events) {
        const handlers = consumers.get(event.type);
        if (!handlers) report.push([event, known(event.type) ? 'NOT_WANTED' : 'UNKNOWN']);
        else if (!done.has(event.id)) {
          const behind = waiting.has(event.aggregate);
          if (behind || reason !== null) {
            park(em, { owner, event, now, reason: behind ? null : reason });
            waiting.add(event.aggregate);
          } else {
            await react(handlers, event, { em, now, log, tracer });
            handled.push(event);
          }
          report.push([event, behind || reason !== null ? 'PARKED' : 'HANDLED']);
        }
      }
      await remember(em, owner, handled, now);
      await em.nativeUpdate(ConsumerPosition, { owner }, { epoch: last.epoch, position: last.position });
      return report;
    });
    this.#reached = { epoch: last.epoch, position: last.position };
    for (const outcome of outcomes) observe?.consumed(...outcome);
    observe?.reached(owner, last.position);
  }
}

async function seenBefore(em: EntityManager, events: readonly Envelope[]): Promise<Set<string>> {
  const ids = events.map((event) => event.id);
  if (ids.length === 0) return new Set();
  const [inbox, parked] = [
    await em.find(Inbox, { eventId: { $in: ids } }, { fields: ['eventId'], disableIdentityMap: true }),
    await em.find(ParkedEvent, { eventId: { $in: ids } }, { fields: ['eventId'], disableIdentityMap: true }),
  ];
  return new Set([...inbox, ...parked].map((row) => row.eventId));
}

async function aggregatesParked(em: EntityManager, owner: string, events: readonly Envelope[]): Promise<Set<string>> {
  const aggregates = [...new Set(events.map((event) => event.aggregate))];
  if (aggregates.length === 0) return new Set();
  const rows = await em.find(ParkedEvent, { owner, aggregate: { $in: aggregates } }, { fields: ['aggregate'], disableIdentityMap: true });
  return new Set(rows.map((row) => row.aggregate));
}
