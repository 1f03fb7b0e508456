import type { Envelope } from '@atende/events';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Bus } from './bus.ts';
import type { Clock } from './clock.ts';
import { type Consumer, idsOfEvent, react } from './consumer.ts';
import { type ConsumerLease, LeaseLost } from './consumer-lease.ts';
import { park } from './consumer-retry.ts';
import { encodeCursor, judge, type Reached } from './event-cursor.ts';
import type { EventFeed } from './feed.ts';
import { remember } from './inbox.ts';
import type { Log } from './log.ts';
import type { Tracer } from './tracing.ts';

/** Reads the feed of another service: how gaps are filled that its stream can no longer fill. */
export type FetchFeed = (owner: string, after: string | null, first: number) => Promise<EventFeed>;

type Outcome = 'HANDLED' | 'NOT_WANTED' | 'UNKNOWN' | 'PARKED';

/** Told what became of an event. */
export interface ConsumerObserver {
  consumed(event: Envelope, outcome: Outcome): void;
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
    const { owner, consumers, known, forWorker, observe, lease } = this.#parts;
    const last = events.at(-1);
    if (!last) return;
    const wanted = events.filter((event) => consumers.has(event.type));
    const outcomes = new Map<Envelope, Outcome>();
    if (wanted.length === 0) await lease.renew(forWorker(), last);
    else
      await forWorker().transactional(async (em) => {
        await lease.renew(em, last);
        await this.#takeEffect(em, wanted, reason, outcomes);
      });
    this.#reached = { epoch: last.epoch, position: last.position };
    for (const event of events) {
      const outcome = consumers.has(event.type) ? outcomes.get(event) : known(event.type) ? 'NOT_WANTED' : 'UNKNOWN';
      if (outcome) observe?.consumed(event, outcome);
    }
    observe?.reached(owner, last.position);
  }

  async #takeEffect(em: EntityManager, wanted: readonly Envelope[], reason: unknown, outcomes: Map<Envelope, Outcome>): Promise<void> {
    const { owner, consumers, clock, log, tracer } = this.#parts;
    const now = clock.now();
    const { done, waiting } = await whatIsKnown(em, owner, wanted);
    for (const event of wanted) {
      if (done.has(event.id)) continue;
      const behind = waiting.has(event.aggregate);
      if (behind || reason !== null) {
        park(em, { owner, event, now, reason: behind ? null : reason });
        waiting.add(event.aggregate);
        outcomes.set(event, 'PARKED');
      } else outcomes.set(event, 'HANDLED');
    }
    await em.flush();
    const handled = wanted.filter((event) => outcomes.get(event) === 'HANDLED');
    await react(consumers, handled, { em, now, log, tracer });
    await remember(em, owner, handled, now);
  }
}

/** Which events have had their effect or are parked, and of which aggregates some are parked. */
async function whatIsKnown(
  em: EntityManager,
  owner: string,
  events: readonly Envelope[],
): Promise<{ done: Set<string>; waiting: Set<string> }> {
  const ids = events.map((event) => event.id);
  const aggregates = [...new Set(events.map((event) => event.aggregate))];
  const rows = await em.execute<{ done: string | null; waiting: string | null }[]>(
    `select event_id as done, null as waiting from inbox where event_id in (?)
     union all select event_id, null from parked_event where event_id in (?)
     union all select null, aggregate from parked_event where owner = ? and aggregate in (?)`,
    [ids, ids, owner, aggregates],
  );
  const found = (column: 'done' | 'waiting') => new Set(rows.flatMap((row) => row[column] ?? []));
  return { done: found('done'), waiting: found('waiting') };
}
