import type { BreakerState } from './breaker.ts';
import { CallFailed, Replica } from './replica.ts';
import type { HttpAnswer } from './service-connection.ts';

export interface ServiceClientOptions {
  /** The most time a call may take, in ms. */
  deadline: number;
  /** The bulkhead: calls in flight to this service. One more is refused at once. */
  inFlight: number;
  /** Failures in a row that open a replica's breaker, and how long it stays open (ms). */
  failures: number;
  coolDown: number;
  /** The same after a connection that was refused (ms): to try again costs nothing, and a process that starts is there any moment. */
  coolDownRefused: number;
  onBreaker?(service: string, state: BreakerState): void;
}

export const SERVICE_CLIENT: ServiceClientOptions = { deadline: 2_000, inFlight: 256, failures: 5, coolDown: 1_000, coolDownRefused: 100 };

export interface Call {
  /** Whole lines of HTTP, each with its line end. */
  headers: string;
  /** JSON. */
  body: string;
  /** A query may be asked twice; a mutation only when it cannot have arrived. */
  isRepeatable: boolean;
  /** ms; the client's own deadline when it is shorter. */
  deadline?: number;
  signal?: AbortSignal;
}

/** Pauses before another try, in ms: a replica that restarts is often back by then. */
const PAUSES = [50, 150];

/** One service as the gateway sees it: all its replicas, one bulkhead. */
export class ServiceClient {
  readonly name: string;
  readonly #options: ServiceClientOptions;
  readonly #replicas: Replica[];
  #inFlight = 0;
  #turn = 0;

  constructor(name: string, urls: readonly string[], options: ServiceClientOptions = SERVICE_CLIENT) {
    this.name = name;
    this.#options = options;
    this.#replicas = urls.map(
      (url) =>
        new Replica(url, {
          failures: options.failures,
          coolDown: options.coolDown,
          onChange: (state) => options.onBreaker?.(name, state),
        }),
    );
  }

  /** `open` only when no replica would be asked. */
  get state(): BreakerState {
    const states = this.#replicas.map(({ breaker }) => breaker.state);
    return (['closed', 'half-open'] as const).find((state) => states.includes(state)) ?? 'open';
  }

  /** Sends one call. Null when no answer came in time, whatever the reason; a 5xx is no answer. */
  async send(call: Call): Promise<HttpAnswer | null> {
    if (this.#inFlight >= this.#options.inFlight) return null;
    this.#inFlight += 1;
    try {
      return await this.#sendInTime(call, performance.now() + Math.min(call.deadline ?? Number.POSITIVE_INFINITY, this.#options.deadline));
    } finally {
      this.#inFlight -= 1;
    }
  }

  close(): void {
    for (const replica of this.#replicas) replica.close();
  }

  async #sendInTime(call: Call, end: number): Promise<HttpAnswer | null> {
    for (let attempt = 0; ; attempt += 1) {
      const left = end - performance.now();
      const replica = left > 0 ? this.#choose() : null;
      // Where another call tries just now, it is worth the pauses to see what it finds.
      if (!replica && (left <= 0 || this.state !== 'half-open')) return null;
      const outcome = replica ? await this.#ask(replica, call, left) : new CallFailed('NOT_SENT');
      if (!(outcome instanceof CallFailed)) return outcome;
      const mayRepeat = outcome.why === 'NOT_SENT' || (outcome.why === 'BROKEN' && call.isRepeatable);
      const pause = PAUSES[attempt];
      if (!mayRepeat || pause === undefined) return null;
      if (this.#replicas.length === 1 || attempt > 0) await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  async #ask(replica: Replica, { headers, body, signal }: Call, deadline: number): Promise<HttpAnswer | CallFailed | null> {
    try {
      const answer = await replica.post(headers, body, deadline, signal);
      if (answer.status < 500) {
        replica.breaker.succeeded();
        return answer;
      }
      replica.breaker.failed();
      return null;
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      if (error.why === 'CANCELLED') replica.breaker.abandoned();
      else replica.breaker.failed(error.why === 'NOT_SENT' ? this.#options.coolDownRefused : undefined);
      return error;
    }
  }

  /** The next replica whose breaker lets a call through. */
  #choose(): Replica | null {
    for (let tried = 0; tried < this.#replicas.length; tried += 1) {
      this.#turn = (this.#turn + 1) % this.#replicas.length;
      const replica = this.#replicas[this.#turn];
      if (replica?.breaker.enter()) return replica;
    }
    return null;
  }
}
