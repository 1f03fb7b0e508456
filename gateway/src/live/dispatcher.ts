import type { Envelope } from '@atende/events';
import { type Bus, ErrorCode, encodeCursor, type Log, type Reached, traceIdIn } from '@atende/service/process';
import { type PublicError, refusalError } from '../mask.ts';
import { type Refusal, say } from '../refusals.ts';
import { faultOf } from './audience.ts';
import { type Delivery, faultsOf, type Outcome } from './delivery.ts';
import { Groups } from './groups.ts';
import type { LiveObserver } from './observer.ts';
import { type Owner, OwnerRefused, OwnerUnavailable, patiently } from './owner.ts';
import { type Replayed, Replays } from './replays.ts';
import { EventStream } from './stream.ts';
import { frameOf, type Watcher } from './watcher.ts';

export interface DispatcherOptions {
  owner: Owner;
  bus: Bus;
  log: Log;
  delivery: Delivery;
  mostPairs: number;
  observe?: LiveObserver;
  /** See StreamOptions. */
  every?: number;
}

const AT_ONCE = 8; // events that are prepared at the same time
const MOST_REPLAYED = 10_000; // events a watcher may be behind; further back it should read again
const PAGE = 500; // events of the feed

/** Brings one service's events to its watchers: prepared side by side, delivered in the order of their positions. */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #stream: EventStream;
  readonly #groups: Groups;
  readonly #replays: Replays;
  readonly #backlog: Envelope[] = [];
  readonly #stopping = new AbortController();
  #preparing = 0;
  #delivered: Promise<void> = Promise.resolve();

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#groups = new Groups(options.mostPairs);
    this.#replays = new Replays(options.owner, options.delivery);
    this.#stream = new EventStream({
      owner: options.owner,
      bus: options.bus,
      log: options.log,
      every: options.every,
      backlog: () => this.#backlog.length,
      onEvent: (event) => {
        this.#backlog.push(event);
        this.#pump();
      },
      onNewEpoch: () => {
        this.#backlog.length = 0;
        for (const watcher of this.watchers()) this.#end(watcher, ErrorCode.CURSOR_EXPIRED, 'cursorExpired');
      },
    });
  }

  *watchers(): Generator<Watcher> {
    for (const group of this.#groups.all()) yield* group.watchers;
  }

  get groups(): number {
    return this.#groups.size;
  }

  /** Takes a watcher in, after its cursor if it has one. False when there is no room for what it watches. */
  add(watcher: Watcher, after: Reached | null): boolean {
    if (after) watcher.hold();
    else if (this.#stream.reached) watcher.startAt(this.#stream.reached);
    if (!this.#groups.add(watcher)) return false;
    if (after) void this.#resume(watcher, after);
    void this.#confirm(watcher);
    return true;
  }

  remove(watcher: Watcher): void {
    watcher.ended = true;
    this.#groups.remove(watcher);
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    await this.#stream.close();
    await this.#delivered;
  }

  #pump(): void {
    while (this.#preparing < AT_ONCE) {
      const event = this.#backlog.shift();
      if (!event) return;
      const groups = event.audience === 'SYSTEM' ? [] : this.#groups.concernedBy(event);
      if (groups.length === 0) continue;
      this.#preparing += 1;
      const push = this.#options.observe?.begins?.(this.#options.owner.name, event);
      // What is asked and run for it goes on from there.
      const prepared = this.#prepare(push ? { ...event, traceparent: push.traceparent } : event, groups);
      const before = this.#delivered;
      this.#delivered = (async () => {
        const outcomes = await prepared;
        await before;
        this.#preparing -= 1;
        const frames = this.#deliver(event, outcomes);
        push?.end({ frames });
        this.#pump();
      })();
    }
  }

  /** What becomes of an event. It never rejects: what cannot be had ends the watchers, who then resume from their cursors. */
  async #prepare(event: Envelope, groups: ReturnType<Groups['concernedBy']>): Promise<Outcome[]> {
    const { owner, delivery, log } = this.#options;
    try {
      return await patiently(() => delivery.prepare(owner, event, groups), this.#stopping.signal);
    } catch (error) {
      if (!(error instanceof OwnerUnavailable)) log.error({ err: error, ...idsOf(event) }, 'an event could not be delivered');
      return groups.map(({ watchers, subscribed }) => ({ watchers, errors: [unavailable(event, owner.name, subscribed.language)] }));
    }
  }

  #deliver(event: Envelope, outcomes: readonly Outcome[]): number {
    let frames = 0;
    for (const outcome of outcomes) {
      const frame = 'errors' in outcome ? null : frameOf(event, outcome.payload);
      for (const watcher of [...outcome.watchers]) {
        try {
          if ('errors' in outcome) this.#fail(watcher, outcome.errors);
          else if (frame && watcher.dispatch(frame)) frames += 1;
          else this.#end(watcher, ErrorCode.RATE_LIMITED, 'busy');
        } catch (error) {
          // One client that cannot be written to must not stop the others, or the events after this one.
          this.#options.log.error({ err: error, ...idsOf(event) }, 'a frame could not be sent');
          this.remove(watcher);
        }
      }
    }
    const seconds = (Date.now() - Date.parse(event.at)) / 1_000;
    if (Number.isFinite(seconds)) this.#options.observe?.delivered(this.#options.owner.name, Math.max(0, seconds), frames);
    return frames;
  }

  /** Ends a watcher whose filter the owner cannot follow. Equal filters are asked about once. */
  async #confirm(watcher: Watcher): Promise<void> {
    const { owner, log } = this.#options;
    const { field, filter } = watcher.subscribed;
    const pair = this.#groups.of(watcher)?.pair;
    if (!pair || Object.values(filter).every((value) => value === null)) return;
    try {
      pair.fault ??= faultOf(owner, field, pair);
      const fault = await pair.fault;
      if (fault) this.#fail(watcher, faultsOf(fault));
    } catch (error) {
      log.error({ err: error }, 'a filter could not be asked about');
    }
  }

  async #resume(watcher: Watcher, after: Reached): Promise<void> {
    try {
      const reached = await this.#whereToMeet(after);
      if (!reached) return this.#end(watcher, ErrorCode.CURSOR_EXPIRED, 'cursorExpired');
      watcher.startAt(after);
      const ahead: Promise<Replayed>[] = [];
      for await (const event of this.#between(after, reached)) {
        if (ahead.length >= AT_ONCE) this.#pass(watcher, await ahead.shift());
        if (watcher.ended) return;
        if (concerns(event, watcher)) ahead.push(this.#replay(watcher, event));
      }
      for (const replayed of ahead) this.#pass(watcher, await replayed);
      watcher.startAt(reached);
      watcher.release();
    } catch (error) {
      if (error instanceof OwnerRefused && error.isExpiredCursor) return this.#end(watcher, ErrorCode.CURSOR_EXPIRED, 'cursorExpired');
      if (!(error instanceof OwnerUnavailable)) this.#options.log.error({ err: error }, 'a subscription could not be resumed');
      this.#fail(watcher, [unavailable(null, this.#options.owner.name, watcher.subscribed.language)]);
    }
  }

  /** The place up to which the feed must be read; null for a cursor that leads nowhere. From there on frames are held already. */
  async #whereToMeet(after: Reached): Promise<Reached | null> {
    let reached = await this.#stream.whereabouts();
    if (after.position > reached.position) {
      // Another gateway may have been faster than this one.
      await this.#stream.read();
      reached = await this.#stream.whereabouts();
    }
    const behind = reached.position - after.position;
    return after.epoch === reached.epoch && behind >= 0 && behind <= MOST_REPLAYED ? { ...reached } : null;
  }

  async *#between(after: Reached, reached: Reached): AsyncGenerator<Envelope> {
    const recent = this.#stream.recentAfter(after.position);
    if (recent) return yield* recent.filter(({ position }) => position <= reached.position);
    for (let place = after; place.position < reached.position; ) {
      const cursor = encodeCursor(place);
      const { events } = await patiently(() => this.#options.owner.feed(cursor, PAGE), this.#stopping.signal);
      const last = events.at(-1);
      if (!last) return;
      yield* events.filter(({ position }) => position <= reached.position);
      place = { epoch: after.epoch, position: last.position };
    }
  }

  #replay(watcher: Watcher, event: Envelope): Promise<Replayed> {
    const group = this.#groups.of(watcher);
    const { person } = watcher.subscribed;
    const replayed = group
      ? patiently(() => this.#replays.of(event, group, person), this.#stopping.signal)
      : Promise.resolve<Replayed>(null);
    replayed.catch(() => undefined); // it is waited for later
    return replayed;
  }

  #pass(watcher: Watcher, replayed: Replayed = null): void {
    if (replayed === null) return;
    if ('errors' in replayed) this.#fail(watcher, replayed.errors);
    else watcher.replay(replayed);
  }

  #end(watcher: Watcher, code: ErrorCode, refusal: Refusal): void {
    this.#fail(watcher, [refusalError({ code, refusal }, watcher.subscribed.language, '')]);
  }

  #fail(watcher: Watcher, errors: readonly PublicError[]): void {
    this.#groups.remove(watcher);
    watcher.fail(errors);
    this.#options.observe?.ended(this.#options.owner.name, errors[0]?.extensions.code ?? ErrorCode.INTERNAL);
  }
}

const concerns = ({ audience, aggregate }: Envelope, { subscribed }: Watcher): boolean =>
  audience !== 'SYSTEM' && (subscribed.aggregate === null || subscribed.aggregate === aggregate);

const idsOf = ({ id, requestId, traceparent }: Envelope) => ({ event: id, requestId, ...traceIdIn(traceparent) });

function unavailable(event: Envelope | null, service: string, language: Parameters<typeof say>[1]): PublicError {
  return {
    message: say('unavailable', language, { service }),
    extensions: { code: ErrorCode.DEPENDENCY_UNAVAILABLE, requestId: event?.requestId ?? '' },
  };
}
