import type { Accepted, Asked } from '../acceptance.ts';
import type { Caller } from '../caller.ts';
import type { Executor } from '../execute.ts';
import type { PublicError } from '../mask.ts';
import type { Live } from './live.ts';
import type { SseStream } from './sse-stream.ts';

export interface SseOperation {
  /** Its id on the stream, where room has been made for it. */
  id: string;
  request: Asked;
  caller: Caller;
  lastEventId: string | null;
}

/** Begins operations whose answers go to event streams: the same path of execution as for HTTP and sockets. */
export class SseOperations {
  readonly #executor: Executor;
  readonly #live: Live;

  constructor(executor: Executor, live: Live) {
    this.#executor = executor;
    this.#live = live;
  }

  /** Begins one on a stream; null, or why it does not begin. */
  begin(stream: SseStream, { id, request, caller, lastEventId }: SseOperation): { errors: PublicError[] } | null {
    const admitted = this.#executor.admit({ ...request, caller });
    if ('errors' in admitted) return admitted;
    if (admitted.operation.node.operation !== 'subscription') {
      void this.#answer(stream, id, admitted, { ...caller, signal: stream.signal });
      return null;
    }
    const sink = {
      next: stream.next.bind(stream, id),
      fail: stream.fail.bind(stream, id),
    };
    const watcher = this.#live.subscribe(request, caller, sink, lastEventId);
    if ('errors' in watcher) return watcher;
    stream.begun(id, () => this.#live.unsubscribe(watcher));
    return null;
  }

  async #answer(stream: SseStream, id: string, admitted: Accepted, caller: Caller): Promise<void> {
    let isWanted = true;
    stream.begun(id, () => {
      isWanted = false;
    });
    const result = await this.#executor.run(admitted, caller);
    if (isWanted) stream.answer(id, JSON.stringify(result));
  }
}
