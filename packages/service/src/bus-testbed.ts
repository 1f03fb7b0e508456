import type { Envelope } from '@atende/events';
import type { Bus, Fence } from './bus.ts';
import { sampleEnvelope } from './event-testbed.ts';

/** A bus that does as another does but for some methods. */
export const delegate = (inner: Bus, over: Partial<Bus>): Bus => ({
  state: (...args) => inner.state(...args),
  reset: (...args) => inner.reset(...args),
  publish: (...args) => inner.publish(...args),
  consume: (...args) => inner.consume(...args),
  watch: (...args) => inner.watch(...args),
  tell: (...args) => inner.tell(...args),
  hear: (...args) => inner.hear(...args),
  close: () => inner.close(),
  ...over,
});

/** The event of a position, `evt_<position>`. */
export const eventAt = (position: number): Envelope => ({ ...sampleEnvelope, id: `evt_${position}`, version: position, position });
export const events = (from: number, to: number): Envelope[] => Array.from({ length: to - from + 1 }, (_, index) => eventAt(from + index));
/** What a publisher to a new stream expects. */
export const newStream: Fence = { lastSequence: 0 };
