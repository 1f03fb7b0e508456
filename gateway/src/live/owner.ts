import { setTimeout as pause } from 'node:timers/promises';
import type { Envelope } from '@atende/events';
import { ErrorCode, gatewayViewer } from '@atende/service/process';
import { type Caller, newDeadline } from '../caller.ts';
import { codeOf } from '../mask.ts';
import type { Data } from '../program.ts';
import type { ReportedError } from '../run-program.ts';
import type { Services } from '../services.ts';
import type { LiveObserver } from './observer.ts';

/** A page of a service's events. */
export interface FeedPage {
  epoch: string;
  position: number;
  events: Envelope[];
}

/** The owner could not be asked, for longer than an event may wait. */
export class OwnerUnavailable extends Error {}

/** The owner refused what it was asked, with its reasons. */
export class OwnerRefused extends Error {
  readonly errors: readonly ReportedError[];

  constructor(errors: readonly ReportedError[]) {
    super(errors[0]?.message);
    this.errors = errors;
  }

  get isExpiredCursor(): boolean {
    return this.errors.some((error) => codeOf(error) === ErrorCode.CURSOR_EXPIRED);
  }
}

const PAUSES = [100, 250, 500, 1_000, 1_000, 2_000, 2_000, 3_000]; // ms between two tries: about ten seconds in all

/** Repeats what fails because a service is away. An event waits for its owner rather than being lost. */
export async function patiently<T>(work: () => Promise<T>, stopped: AbortSignal): Promise<T> {
  for (const wait of PAUSES) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof OwnerUnavailable) || stopped.aborted) throw error;
    }
    await pause(wait, undefined, { signal: stopped }).catch(() => undefined);
  }
  return work();
}

const FEED = 'query($after:String,$first:Int!){_events(after:$after,first:$first){epoch position events}}';

/** The service that owns a stream of events, as the gateway asks it. */
export class Owner {
  readonly name: string;
  readonly #services: Services;
  readonly #observe: LiveObserver | undefined;

  constructor(name: string, services: Services, observe?: LiveObserver) {
    this.name = name;
    this.#services = services;
    this.#observe = observe;
  }

  /** The events after a cursor; null: from the first. Throws OwnerUnavailable or OwnerRefused. */
  async feed(after: string | null, first: number): Promise<FeedPage> {
    const data = await this.#ask({ query: FEED, variables: { after, first } }, null);
    return data._events as FeedPage;
  }

  /** Asks one hidden field. */
  async #ask(request: { query: string; variables: Data }, event: Envelope | null): Promise<Data> {
    const answer = await this.#services.send(this.name, JSON.stringify(request), callerFor(event), false);
    if (answer.failed) throw new OwnerUnavailable(this.name);
    if (answer.errors?.some((error) => codeOf(error) === ErrorCode.DEPENDENCY_UNAVAILABLE)) throw new OwnerUnavailable(this.name);
    if (answer.errors || !answer.data) throw new OwnerRefused(answer.errors ?? []);
    return answer.data;
  }

  /**
   * What the owner says of an event for each watcher, in their order; null: it gets no frame. About no event it says nothing, but it
   * refuses filters that it could never follow.
   */
  async audience(
    { field, answers }: AudienceField,
    event: Envelope | null,
    watchers: readonly { viewer: unknown; filter: Data }[],
  ): Promise<(Data | null)[]> {
    this.#observe?.asked(this.name, watchers.length);
    const query = `query($id:ID!,$watchers:[EventWatcherInput!]!){answer:${field}(eventId:$id,watchers:$watchers){${answers.join(' ')}}}`;
    const data = await this.#ask({ query, variables: { id: event?.id ?? '', watchers } }, event);
    return data.answer as (Data | null)[];
  }
}

export interface AudienceField {
  field: string;
  answers: readonly string[];
}

/** The gateway asks for itself, under the id of the request that caused the event: one id leads from the click to the push. */
function callerFor(event: Envelope | null): Caller {
  return {
    viewer: gatewayViewer,
    language: gatewayViewer.language,
    requestId: event?.requestId ?? 'req_gateway',
    traceparent: event?.traceparent ?? null,
    address: null,
    deadline: newDeadline(),
  };
}
