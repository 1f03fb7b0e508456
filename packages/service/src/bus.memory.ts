import type { Envelope } from '@atende/events';
import { type Bus, BusUnavailable, type PublishOutcome, type StreamState } from './bus.ts';

interface MemoryStream {
  events: Envelope[];
  sequence: number;
  lastId: string | null;
  woken: PromiseWithResolvers<void>;
}

const newStream = (): MemoryStream => ({ events: [], sequence: 0, lastId: null, woken: Promise.withResolvers() });

/** The in-memory twin of the bus, for unit tests of one process. */
export class MemoryBus implements Bus {
  #streams = new Map<string, MemoryStream>();
  #watchers = new Map<string, Set<(event: Envelope) => void>>();
  #hearers = new Map<string, Set<(text: string) => void>>();
  #closed = false;

  #stream(service: string): MemoryStream {
    if (this.#closed) throw new BusUnavailable('the bus is closed');
    let stream = this.#streams.get(service);
    if (!stream) {
      stream = newStream();
      this.#streams.set(service, stream);
    }
    return stream;
  }

  async state(service: string): Promise<StreamState> {
    const { events, sequence } = this.#stream(service);
    return { sequence, first: events.at(0) ?? null, last: events.at(-1) ?? null, whole: true };
  }

  async reset(service: string): Promise<void> {
    const old = this.#stream(service);
    this.#streams.set(service, newStream());
    old.woken.reject(new BusUnavailable('the stream was reset'));
    old.woken.promise.catch(() => {});
  }

  async publish(service: string, events: readonly Envelope[], fence: { lastId?: string; lastSequence?: number }): Promise<PublishOutcome> {
    const stream = this.#stream(service);
    let expected = fence.lastId;
    for (const [index, event] of events.entries()) {
      // As a broker's subject does: watchers hear of it even when the stream refuses it.
      for (const watcher of this.#watchers.get(service) ?? []) watcher(event);
      const fits = index === 0 && fence.lastSequence !== undefined ? fence.lastSequence === stream.sequence : expected === stream.lastId;
      expected = event.id;
      if (stream.events.some((known) => known.id === event.id)) continue;
      if (!fits) return 'REFUSED';
      stream.events.push(event);
      stream.sequence++;
      stream.lastId = event.id;
      stream.woken.resolve();
      stream.woken = Promise.withResolvers();
    }
    return 'PUBLISHED';
  }

  async consume(...[service, , after, onBatch, signal]: Parameters<Bus['consume']>): Promise<void> {
    const stream = this.#stream(service);
    const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    let next = stream.events.findIndex((event) => !after || event.epoch !== after.epoch || event.position > after.position);
    if (next < 0) next = stream.events.length;
    while (!signal.aborted) {
      const batch = stream.events.slice(next);
      if (batch.length > 0) await onBatch(batch);
      else await Promise.race([stream.woken.promise, aborted]);
      next += batch.length;
    }
  }

  watch(service: string, onEvent: (event: Envelope) => void, onLapse: () => void): () => Promise<void> {
    const watchers = this.#watchers.get(service) ?? new Set();
    this.#watchers.set(service, watchers.add(onEvent));
    queueMicrotask(onLapse);
    return async () => void watchers.delete(onEvent);
  }

  tell(topic: string, text: string): void {
    for (const hearer of this.#hearers.get(topic) ?? []) queueMicrotask(() => hearer(text));
  }

  hear(topic: string, onText: (text: string) => void, onLapse: () => void): () => Promise<void> {
    const hearers = this.#hearers.get(topic) ?? new Set();
    this.#hearers.set(topic, hearers.add(onText));
    queueMicrotask(onLapse);
    return async () => void hearers.delete(onText);
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const stream of this.#streams.values()) {
      stream.woken.promise.catch(() => {});
      stream.woken.reject(new BusUnavailable('the bus is closed'));
    }
  }
}
