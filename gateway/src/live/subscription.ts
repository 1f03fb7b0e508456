import type { PublicError } from '../mask.ts';
import type { Sink } from './watcher.ts';

/** Ends a subscription with errors: thrown into graphql-ws, which makes an `error` message of it. */
export class SubscriptionFailed extends Error {
  readonly errors: readonly PublicError[];

  constructor(errors: readonly PublicError[]) {
    super(errors[0]?.message);
    this.errors = errors;
  }
}

export interface Subscription {
  sink: Sink;
  /** What graphql-ws waits on: it yields nothing and ends with the subscription. */
  frames: AsyncGenerator<never, void, undefined>;
}

/**
 * A subscription between a watcher and graphql-ws. The frames go straight to the socket, so that one serialisation serves a whole
 * group; graphql-ws keeps the protocol: ids, completion, errors.
 */
export function makeSubscription(id: string, send: (frame: string) => void, onEnd: () => void): Subscription {
  const head = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
  const end = Promise.withResolvers<IteratorReturnResult<void>>();
  end.promise.then(onEnd, onEnd);
  const finish = async (): Promise<IteratorReturnResult<void>> => {
    end.resolve({ done: true, value: undefined });
    return end.promise;
  };
  return {
    sink: {
      next: ({ payload }) => send(`${head}${payload}}`),
      fail: (errors) => end.reject(new SubscriptionFailed(errors)),
    },
    frames: {
      next: () => end.promise,
      return: finish,
      throw: finish,
      [Symbol.asyncIterator]() {
        return this;
      },
      [Symbol.asyncDispose]: async () => void (await finish()),
    },
  };
}
