import type { Envelope } from '@atende/events';
import type { Viewer } from '@atende/service/process';
import type { Data } from '../program.ts';
import type { OwnerRefused } from './owner.ts';
import type { Subscribed } from './subscribed.ts';
import type { Watcher } from './watcher.ts';

/** Watchers that are equal for the owner: the same rights and the same filter. They are one question per event. */
export interface Pair {
  key: string;
  viewer: Viewer;
  filter: Data;
  /** What the owner has against the filter, once it was asked. */
  fault?: Promise<OwnerRefused | null>;
}

/** Watchers that get the same bytes: one execution and one serialisation per event. */
export interface Group {
  key: string;
  pair: Pair;
  /** Whom the operation is executed for. */
  runAs: Viewer;
  subscribed: Subscribed;
  watchers: Set<Watcher>;
}

/** The watchers of one service's events, by what makes them equal. */
export class Groups {
  readonly #groups = new Map<string, Group>();
  readonly #byAggregate = new Map<string, Set<Group>>();
  readonly #unbound = new Set<Group>();
  readonly #pairs = new Map<string, { pair: Pair; groups: number }>();
  readonly #mostPairs: number;

  constructor(mostPairs: number) {
    this.#mostPairs = mostPairs;
  }

  get size(): number {
    return this.#groups.size;
  }

  all(): Iterable<Group> {
    return this.#groups.values();
  }

  /** False when it would need one pair more than are allowed to be asked about at every event. */
  add(watcher: Watcher): boolean {
    const group = this.#groupOf(watcher.subscribed);
    if (!group) return false;
    group.watchers.add(watcher);
    return true;
  }

  remove(watcher: Watcher): void {
    const key = groupKey(watcher.subscribed);
    const group = this.#groups.get(key);
    if (!group?.watchers.delete(watcher) || group.watchers.size > 0) return;
    this.#groups.delete(key);
    const { aggregate } = watcher.subscribed;
    const index = aggregate === null ? this.#unbound : this.#byAggregate.get(aggregate);
    index?.delete(group);
    if (aggregate !== null && index?.size === 0) this.#byAggregate.delete(aggregate);
    const shared = this.#pairs.get(group.pair.key);
    if (shared && aggregate === null) shared.groups -= 1;
    if (shared?.groups === 0) this.#pairs.delete(group.pair.key);
  }

  /** The group of a watcher; null when it has left. */
  of(watcher: Watcher): Group | null {
    const group = this.#groups.get(groupKey(watcher.subscribed));
    return group?.watchers.has(watcher) ? group : null;
  }

  /** The groups that an event may concern. */
  concernedBy({ aggregate }: Pick<Envelope, 'aggregate'>): Group[] {
    return [...(this.#byAggregate.get(aggregate) ?? []), ...this.#unbound];
  }

  #groupOf(subscribed: Subscribed): Group | null {
    const key = groupKey(subscribed);
    const known = this.#groups.get(key);
    if (known) return known;
    const pair = this.#pairOf(subscribed);
    if (!pair) return null;
    const group: Group = { key, pair, subscribed, runAs: subscribed.personal ? subscribed.person : pair.viewer, watchers: new Set() };
    this.#groups.set(key, group);
    const { aggregate } = subscribed;
    if (aggregate === null) this.#unbound.add(group);
    else this.#byAggregate.set(aggregate, (this.#byAggregate.get(aggregate) ?? new Set()).add(group));
    return group;
  }

  #pairOf({ field, rights, filter, aggregate }: Subscribed): Pair | null {
    const pair: Pair = { key: JSON.stringify([field.audience, rights, filter]), viewer: rights, filter };
    // Watchers of one aggregate are asked about at its events only; they need no room here.
    if (aggregate !== null) return pair;
    const known = this.#pairs.get(pair.key);
    if (!known && this.#pairs.size >= this.#mostPairs) return null;
    const shared = known ?? { pair, groups: 0 };
    shared.groups += 1;
    this.#pairs.set(pair.key, shared);
    return shared.pair;
  }
}

function groupKey({ field, request, language, rights, person, personal, aggregate, filter }: Subscribed): string {
  const viewer = personal ? person : rights;
  return JSON.stringify([
    field.field,
    aggregate,
    filter,
    viewer,
    language,
    request.operationName ?? null,
    request.variables,
    request.query,
  ]);
}
