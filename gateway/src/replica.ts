import { type Dispatcher, Pool } from 'undici';
import { Breaker, type BreakerState } from './breaker.ts';

export interface HttpAnswer {
  status: number;
  body: string;
}

/** Why a call got no answer. NOT_SENT: the service cannot have seen it, so anybody may try again. */
export class CallFailed extends Error {
  readonly why: 'NOT_SENT' | 'BROKEN' | 'DEADLINE' | 'CANCELLED' | 'TOO_LARGE';

  constructor(why: CallFailed['why'], options?: ErrorOptions) {
    super(`the call failed: ${why}`, options);
    this.why = why;
  }
}

export interface ReplicaOptions {
  connections: number;
  failures: number;
  coolDown: number; // ms
  onChange?(state: BreakerState): void;
}

const MAX_ANSWER = 33_554_432; // 32 MiB
const CONNECT_TIMEOUT = 1_000; // ms

/** One process of a service: its connections and its breaker. */
export class Replica {
  readonly #pool: Pool;
  readonly #path: string;
  readonly breaker: Breaker;

  constructor(url: string, { connections, ...breaker }: ReplicaOptions) {
    const { origin, pathname, search } = new URL(url);
    this.#path = pathname + search;
    // The deadline is ours, per call: undici's own timers are coarse.
    this.#pool = new Pool(origin, { connections, headersTimeout: 0, bodyTimeout: 0, connect: { timeout: CONNECT_TIMEOUT } });
    this.breaker = new Breaker({ ...breaker, now: () => performance.now() });
  }

  /** Posts a body. Rejects with CallFailed when no whole answer comes within `deadline` ms. */
  post(headers: string[], body: string, deadline: number, signal?: AbortSignal): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      const call = new Call(deadline, signal, resolve, reject);
      this.#pool.dispatch({ path: this.#path, method: 'POST', headers, body }, call);
    });
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }
}

/** undici's lowest door: no streams and no fetch objects, which cost more than the rest of a call. */
class Call implements Dispatcher.DispatchHandler {
  readonly #resolve: (answer: HttpAnswer) => void;
  readonly #reject: (error: CallFailed) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #signal: AbortSignal | undefined;
  #controller: Dispatcher.DispatchController | null = null;
  #stopped: CallFailed | null = null;
  #status = 0;
  #chunks: Buffer[] = [];
  #size = 0;

  constructor(
    deadline: number,
    signal: AbortSignal | undefined,
    resolve: (answer: HttpAnswer) => void,
    reject: (error: CallFailed) => void,
  ) {
    this.#resolve = resolve;
    this.#reject = reject;
    this.#signal = signal;
    this.#timer = setTimeout(() => this.#stop('DEADLINE'), deadline);
    if (signal?.aborted) this.#stop('CANCELLED');
    else signal?.addEventListener('abort', this.#cancel);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#stopped) controller.abort(this.#stopped);
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    this.#status = status;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size > MAX_ANSWER) this.#stop('TOO_LARGE');
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#release();
    const [first] = this.#chunks;
    const body = this.#chunks.length === 1 && first ? first : Buffer.concat(this.#chunks);
    this.#resolve({ status: this.#status, body: body.toString('utf8') });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#release();
    this.#reject(this.#stopped ?? new CallFailed(neverArrived(error) ? 'NOT_SENT' : 'BROKEN', { cause: error }));
  }

  #cancel = () => this.#stop('CANCELLED');

  #stop(why: CallFailed['why']): void {
    this.#stopped ??= new CallFailed(why);
    this.#release();
    if (this.#controller) this.#controller.abort(this.#stopped);
    else this.#reject(this.#stopped); // still waiting for a connection
  }

  #release(): void {
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener('abort', this.#cancel);
  }
}

const NEVER_ARRIVED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

function neverArrived(error: Error): boolean {
  const code = 'code' in error ? String(error.code) : '';
  if (NEVER_ARRIVED.has(code)) return true;
  return error instanceof AggregateError && error.errors.every((one: Error) => neverArrived(one));
}
