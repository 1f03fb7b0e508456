import type { Bus } from './bus.ts';

/** A bus that does as another does but for some methods. */
export const delegate = (inner: Bus, over: Partial<Bus>): Bus => ({
  state: (...args) => inner.state(...args),
  reset: (...args) => inner.reset(...args),
  publish: (...args) => inner.publish(...args),
  consume: (...args) => inner.consume(...args),
  watch: (...args) => inner.watch(...args),
  close: () => inner.close(),
  ...over,
});
