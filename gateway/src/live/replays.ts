import type { Envelope } from '@atende/events';
import type { Viewer } from '@atende/service/process';
import type { PublicError } from '../mask.ts';
import { askAudience, type Question, type Verdict } from './audience.ts';
import { type Delivery, faultsOf, type Made } from './delivery.ts';
import type { Group } from './groups.ts';
import type { Owner } from './owner.ts';
import { type Frame, frameOf } from './watcher.ts';

/** What a past event is for one watcher: a frame, errors that end its subscription, or nothing. */
export type Replayed = Frame | { errors: readonly PublicError[] } | null;

const SHARED = 1_000; // ms; rights may change, so that it must stay below the two seconds that "at once" means

/**
 * Past events for watchers who come back. After a restart a whole crowd does, and most of it is equal: one question and one
 * execution serve all who want the same event within a second.
 */
export class Replays {
  readonly #owner: Owner;
  readonly #delivery: Delivery;
  readonly #verdicts = new Shared<Verdict>();
  readonly #frames = new Shared<Replayed>();

  constructor(owner: Owner, delivery: Delivery) {
    this.#owner = owner;
    this.#delivery = delivery;
  }

  /** Throws OwnerUnavailable when the owner cannot be asked now. */
  async of(event: Envelope, group: Group, person: Viewer): Promise<Replayed> {
    const { pair } = group;
    const verdict = await this.#ask(event, group, pair);
    if (verdict.kind !== 'PER_PERSON' || pair.viewer.kind !== 'CLASS') return this.#make(event, group, group.runAs, verdict);
    const asked = { key: `${person.personId} ${pair.key}`, viewer: person, filter: pair.filter };
    return this.#make(event, group, person, await this.#ask(event, group, asked));
  }

  #ask(event: Envelope, { subscribed: { field } }: Group, question: Question): Promise<Verdict> {
    return this.#verdicts.get(`${event.id} ${question.key}`, async () => {
      const verdicts = await askAudience(this.#owner, field, event, [question]);
      return verdicts.get(question.key) ?? { kind: 'REFUSED' };
    });
  }

  #make(event: Envelope, group: Group, runAs: Viewer, verdict: Verdict): Promise<Replayed> | Replayed {
    if (verdict.kind === 'FAULTY') return { errors: faultsOf(verdict.fault) };
    if (verdict.kind !== 'ACCEPTED') return null;
    return this.#frames.get(`${event.id} ${runAs.personId} ${group.key}`, async () =>
      replayed(event, await this.#delivery.run(group, runAs, event, verdict.answers)),
    );
  }
}

const replayed = (event: Envelope, made: Made): Replayed => (made && 'payload' in made ? frameOf(event, made.payload) : made);

/** What is being made or was made a moment ago, by its key. */
class Shared<Value> {
  readonly #known = new Map<string, Promise<Value>>();

  get(key: string, make: () => Promise<Value>): Promise<Value> {
    const known = this.#known.get(key);
    if (known) return known;
    if (this.#known.size === 0) setTimeout(() => this.#known.clear(), SHARED).unref();
    const made = make();
    this.#known.set(key, made);
    made.catch(() => this.#known.delete(key)); // the next one tries again
    return made;
  }
}
