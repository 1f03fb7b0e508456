import type { Envelope } from '@atende/events';
import type { Reached } from './event-cursor.ts';

/** What must be the last message of the stream for a publish to be taken. The start of a rebuilt stream has no id yet. */
export type Fence = { lastId: string } | { lastSequence: number };

/**
 * PUBLISHED: all are in the stream, each once. REFUSED: the stream does not end where the publisher believed; somebody
 * else publishes, or it was rolled back. GHOST: the stream takes a message for a duplicate that it no longer holds
 * (purged by hand); only a new stream helps.
 */
export type PublishOutcome = 'PUBLISHED' | 'REFUSED' | 'GHOST';

/** What a stream holds now. */
export interface StreamState {
  /** Of its newest message ever; 0 for a new stream. */
  sequence: number;
  first: (Reached & { id: string }) | null;
  last: (Reached & { id: string }) | null;
  /** No message between first and last is missing. */
  whole: boolean;
}

/** Something consumes or watches until this is called. */
export type Stop = () => Promise<void>;

/**
 * The broker as the house needs it: one stream of events per owning service. Its streams are copies of PostgreSQL's
 * `event` tables and may vanish at any time. Every method throws `BusUnavailable` while the broker cannot be reached.
 * The in-memory twin keeps the same contract (bus.test.ts).
 */
export interface Bus {
  /** Makes the stream if there is none. */
  state(service: string): Promise<StreamState>;
  /** Throws the stream away and makes an empty one. */
  reset(service: string): Promise<void>;
  /** Publishes in this order. A repeat of a message that is there is no fault. */
  publish(service: string, events: readonly Envelope[], fence: Fence): Promise<PublishOutcome>;
  /**
   * Delivers everything after a place, in order, in batches of what has arrived, until `signal` aborts. A batch is
   * acknowledged once `onBatch` resolves. Rejects when `onBatch` does, or when the stream or the connection is lost:
   * call it again from the place reached. The first event may stand further on than asked for when the stream no
   * longer holds what is before it, or belong to another epoch.
   */
  consume(service: string, durable: string, after: Reached | null, onBatch: OnBatch, signal: AbortSignal): Promise<void>;
  /**
   * Shows every watcher each event as it is published: at most once, possibly twice, possibly one that was refused.
   * `judge` by positions; `onLapse` says that some may have been missed, and is called once when the watching begins.
   */
  watch(service: string, onEvent: (event: Envelope) => void, onLapse: () => void): Stop;
  /** Tells everybody who hears this topic now, the teller too. Nothing is kept: while the broker cannot be reached it is lost. */
  tell(topic: string, text: string): void;
  /** Hears what is told on a topic. `onLapse` as for `watch`. */
  hear(topic: string, onText: (text: string) => void, onLapse: () => void): Stop;
  close(): Promise<void>;
}

export type OnBatch = (events: readonly Envelope[]) => Promise<void>;

export class BusUnavailable extends Error {}
