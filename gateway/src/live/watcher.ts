import type { Envelope } from '@atende/events';
import { encodeCursor, type Reached } from '@atende/service/process';
import type { PublicError } from '../mask.ts';
import type { Subscribed } from './subscribed.ts';

/** One answer of a subscription, made once for all watchers who are equal. */
export interface Frame {
  /** The event's place among those of its owner, and the same as clients know it. */
  position: number;
  cursor: string;
  /** JSON. */
  payload: string;
}

export const frameOf = (event: Envelope, payload: string): Frame => ({ position: event.position, cursor: encodeCursor(event), payload });

/** Where a watcher's frames go. */
export interface Sink {
  next(frame: Frame): void;
  /** Ends the subscription with errors. */
  fail(errors: readonly PublicError[]): void;
}

const MOST_HELD = 1_000; // frames held back while what came before is still being read

/** One subscription of one client. It passes frames on in the order of their positions, each position once. */
export class Watcher {
  readonly subscribed: Subscribed;
  readonly #sink: Sink;
  #held: Frame[] | null = null;
  #passed: number;
  /** Set once it gets no more frames. */
  ended = false;

  constructor(subscribed: Subscribed, sink: Sink) {
    this.subscribed = subscribed;
    this.#sink = sink;
    this.#passed = 0;
  }

  /** Frames from here on come by dispatch; nothing up to the place is wanted. */
  startAt({ position }: Pick<Reached, 'position'>): void {
    this.#passed = position;
  }

  /** Holds dispatched frames back while older ones are read from the feed. */
  hold(): void {
    this.#held ??= [];
  }

  /** Passes on what was held back, without what has been read meanwhile. */
  release(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const frame of held) this.dispatch(frame);
  }

  /** A frame from the dispatcher. False when it is one more than may be held back. */
  dispatch(frame: Frame): boolean {
    if (this.ended) return true;
    if (!this.#held) this.replay(frame);
    else if (this.#held.length < MOST_HELD) this.#held.push(frame);
    else return false;
    return true;
  }

  /** A frame that was read from the feed. */
  replay(frame: Frame): void {
    if (this.ended || frame.position <= this.#passed) return;
    this.#passed = frame.position;
    this.#sink.next(frame);
  }

  fail(errors: readonly PublicError[]): void {
    if (this.ended) return;
    this.ended = true;
    this.#sink.fail(errors);
  }
}
