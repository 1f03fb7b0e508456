import { Breaker, type BreakerState } from './breaker.ts';
import { Deadlines } from './deadlines.ts';
import { type Address, type HttpAnswer, ServiceConnection, type Waiting } from './service-connection.ts';

/** Why a call got no answer. NOT_SENT: the service cannot have seen it, so anybody may try again. */
export class CallFailed extends Error {
  readonly why: 'NOT_SENT' | 'BROKEN' | 'DEADLINE' | 'CANCELLED';

  constructor(why: CallFailed['why'], options?: ErrorOptions) {
    super(`the call failed: ${why}`, options);
    this.why = why;
  }
}

export interface ReplicaOptions {
  failures: number;
  coolDown: number; // ms
  onChange?(state: BreakerState): void;
}

/** One process of a service: its connections and its breaker. How many calls are in flight is for the caller to bound. */
export class Replica {
  readonly #address: Address;
  readonly #head: string;
  readonly #idle: ServiceConnection[] = [];
  readonly #all = new Set<ServiceConnection>();
  readonly #deadlines = new Deadlines();
  readonly breaker: Breaker;

  constructor(url: string, breaker: ReplicaOptions) {
    const { protocol, hostname, host, port, pathname, search } = new URL(url);
    const isSecure = protocol === 'https:';
    this.#address = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || (isSecure ? 443 : 80)), isSecure };
    this.#head = `POST ${pathname}${search} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\n`;
    this.breaker = new Breaker({ ...breaker, now: () => performance.now() });
  }

  /**
   * Posts a JSON body.
   * @param headers whole lines, each with its line end
   * @param deadline ms; rejects with CallFailed when no whole answer comes within them
   */
  post(headers: string, body: string, deadline: number, signal?: AbortSignal): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(new CallFailed('CANCELLED'));
      const connection = this.#take();
      const end = (): void => {
        this.#deadlines.delete(late);
        signal?.removeEventListener('abort', cancel);
      };
      const giveUp = (why: CallFailed['why']): void => {
        end();
        connection.destroy();
        reject(new CallFailed(why));
      };
      const late = this.#deadlines.in(deadline, () => giveUp('DEADLINE'));
      const cancel = (): void => giveUp('CANCELLED');
      signal?.addEventListener('abort', cancel);
      const waiting: Waiting = {
        answered: (answer) => {
          end();
          resolve(answer);
        },
        broke: (error, isSent) => {
          end();
          reject(new CallFailed(isSent ? 'BROKEN' : 'NOT_SENT', { cause: error }));
        },
      };
      connection.send(`${this.#head}${headers}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`, waiting);
    });
  }

  close(): void {
    this.#deadlines.stop();
    for (const connection of this.#all) connection.destroy();
  }

  #take(): ServiceConnection {
    const now = performance.now();
    for (let connection = this.#idle.pop(); connection; connection = this.#idle.pop()) {
      if (connection.isFresh(now)) return connection;
      connection.destroy();
    }
    const connection = new ServiceConnection(
      this.#address,
      (free) => this.#idle.push(free),
      (gone) => this.#forget(gone),
    );
    this.#all.add(connection);
    return connection;
  }

  #forget(connection: ServiceConnection): void {
    this.#all.delete(connection);
    const at = this.#idle.indexOf(connection);
    if (at >= 0) this.#idle.splice(at, 1);
  }
}
