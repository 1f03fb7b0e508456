import { type Bus, decodeCursor, ErrorCode, isInScope, type Log, type Reached } from '@atende/service/process';
import type { Asked } from '../acceptance.ts';
import type { Caller } from '../caller.ts';
import type { Executor } from '../execute.ts';
import { LIMITS } from '../limits.ts';
import { type PublicError, refusalError } from '../mask.ts';
import type { Complaint } from '../refusals.ts';
import type { Services } from '../services.ts';
import type { Supergraph } from '../supergraph.ts';
import { Delivery } from './delivery.ts';
import { Dispatcher, type DispatcherOptions } from './dispatcher.ts';
import { Owner } from './owner.ts';
import { readSubscription } from './subscribed.ts';
import { type Sink, Watcher } from './watcher.ts';

export interface LiveOptions extends Pick<DispatcherOptions, 'every' | 'observe'> {
  executor: Executor;
  services: Services;
  supergraph(): Supergraph | null;
  bus: Bus;
  log: Log;
  /** Most distinct pairs of class and filter that are asked about at every event of a service. */
  mostPairs?: number;
  /** Most subscriptions of one person. */
  mostOfPerson?: number;
}

const MOST_PAIRS = 2_000;
const MOST_OF_PERSON = 1_000;

const NOT_LIVE: Complaint = { code: ErrorCode.BAD_USER_INPUT, refusal: 'notLive' };
const WHO: Complaint = { code: ErrorCode.UNAUTHENTICATED, refusal: 'unauthenticated' };
const NOT_IN_SCOPE: Complaint = { code: ErrorCode.FORBIDDEN, refusal: 'notInScope' };
const EXPIRED: Complaint = { code: ErrorCode.CURSOR_EXPIRED, refusal: 'cursorExpired' };
const BUSY: Complaint = { code: ErrorCode.RATE_LIMITED, refusal: 'busy' };

/** Subscriptions, wherever their frames go. */
export class Live {
  readonly #options: LiveOptions;
  readonly #delivery: Delivery;
  readonly #dispatchers = new Map<string, Dispatcher>();
  readonly #ofPerson = new Map<string, Set<Watcher>>();

  constructor(options: LiveOptions) {
    this.#options = options;
    this.#delivery = new Delivery(options.executor);
  }

  /**
   * Begins a subscription, or says why not. A foreign object is watched like an absent one: neither ever yields.
   * `lastEventId` wins over the argument `after`: who comes back repeats the request that they began with.
   */
  subscribe(request: Asked, caller: Caller, sink: Sink, lastEventId: string | null = null): Watcher | { errors: PublicError[] } {
    const accepted = this.#options.executor.check({ ...request, caller });
    if ('errors' in accepted) return accepted;
    const supergraph = this.#options.supergraph();
    const { viewer, language } = caller;
    if (viewer.kind !== 'PERSON') return refusal(WHO, caller);
    if (!isInScope(viewer, 'READ')) return refusal(NOT_IN_SCOPE, caller);
    const subscribed =
      supergraph && readSubscription({ ...accepted, request, viewer, language, schema: supergraph.schema, live: supergraph.facts.live });
    if (!subscribed) return refusal(NOT_LIVE, caller);
    const cursor = lastEventId ?? subscribed.after;
    const after = cursor === null ? null : decodeCursor(cursor);
    if (cursor !== null && !after) return refusal(EXPIRED, caller);
    this.#options.executor.begin(accepted, caller);
    // Pushes are free: one execution serves many, and none may be missed. What is made again for who comes back is as a list without a size.
    if (after) caller.payer?.spend(accepted.cost * LIMITS.assumedList);
    return this.#watch(new Watcher(subscribed, sink), after, caller);
  }

  unsubscribe(watcher: Watcher): void {
    this.#forget(watcher);
    this.#dispatchers.get(watcher.subscribed.field.service)?.remove(watcher);
  }

  /** After a reload: who watches something that is no more is told so, everybody else notices nothing. */
  revalidate(caller: Caller): void {
    for (const dispatcher of this.#dispatchers.values()) {
      for (const watcher of [...dispatcher.watchers()]) {
        const { request, person, language } = watcher.subscribed;
        const checked = this.#options.executor.check({ ...request, caller: { ...caller, viewer: person, language } });
        if (!('errors' in checked)) continue;
        dispatcher.remove(watcher);
        watcher.ended = false;
        watcher.fail(checked.errors);
      }
    }
  }

  counts(): { watchers: number; groups: number } {
    const counts = { watchers: 0, groups: 0 };
    for (const dispatcher of this.#dispatchers.values()) {
      counts.groups += dispatcher.groups;
      for (const _ of dispatcher.watchers()) counts.watchers += 1;
    }
    return counts;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#dispatchers.values()].map((dispatcher) => dispatcher.close()));
  }

  #watch(watcher: Watcher, after: Reached | null, caller: Caller): Watcher | { errors: PublicError[] } {
    const { field, person } = watcher.subscribed;
    const { mostOfPerson: max = MOST_OF_PERSON } = this.#options;
    const theirs = this.#ofPerson.get(person.personId ?? '') ?? new Set();
    if (theirs.size >= max) return refusal({ code: ErrorCode.RATE_LIMITED, refusal: 'tooManySubscriptions', values: { max } }, caller);
    if (!this.#dispatcherOf(field.service).add(watcher, after)) return refusal(BUSY, caller);
    this.#ofPerson.set(person.personId ?? '', theirs.add(watcher));
    return watcher;
  }

  /** Every watcher comes here in the end: who holds it unsubscribes it however it has ended. */
  #forget(watcher: Watcher): void {
    const personId = watcher.subscribed.person.personId ?? '';
    const theirs = this.#ofPerson.get(personId);
    if (theirs?.delete(watcher) && theirs.size === 0) this.#ofPerson.delete(personId);
  }

  #dispatcherOf(service: string): Dispatcher {
    const known = this.#dispatchers.get(service);
    if (known) return known;
    const { services, bus, log, every, observe, mostPairs = MOST_PAIRS } = this.#options;
    const owner = new Owner(service, services, observe);
    const dispatcher = new Dispatcher({ owner, bus, log, every, observe, mostPairs, delivery: this.#delivery });
    this.#dispatchers.set(service, dispatcher);
    return dispatcher;
  }
}

function refusal(complaint: Complaint, { language, requestId }: Caller): { errors: PublicError[] } {
  return { errors: [refusalError(complaint, language, requestId)] };
}
