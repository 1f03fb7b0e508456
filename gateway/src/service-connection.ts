import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { HttpResponseReader } from './http-response.ts';

const MAX_ANSWER = 33_554_432; // 32 MiB
const CONNECT_TIMEOUT = 1_000; // ms
const IDLE = 4_000; // ms an idle connection is used again, unless its service says how long it keeps one
const MARGIN = 1_000; // ms before a service would close it

export interface HttpAnswer {
  status: number;
  body: string;
}

/** Who waits on a connection. Exactly one of the two is called, once. */
export interface Waiting {
  answered(answer: HttpAnswer): void;
  /** `isSent`: the service may have seen the request. */
  broke(error: Error, isSent: boolean): void;
}

export interface Address {
  host: string;
  port: number;
  isSecure: boolean;
}

/** One HTTP/1.1 connection to a service, one request at a time. Written for the gateway's hot path: one write out, one read back. */
export class ServiceConnection {
  readonly #socket: Socket;
  readonly #onFree: (connection: ServiceConnection) => void;
  #waiting: Waiting | null = null;
  #reader: HttpResponseReader | null = null;
  #isOpen = false;
  #idleSince = 0;
  #idle = IDLE;

  /** @param onFree told when another request may be sent; `onGone` when none can be any more */
  constructor(
    { host, port, isSecure }: Address,
    onFree: (connection: ServiceConnection) => void,
    onGone: (connection: ServiceConnection) => void,
  ) {
    this.#onFree = onFree;
    this.#socket = isSecure ? connectTls({ host, port, servername: host }) : connectPlain({ host, port });
    const late = setTimeout(() => this.#socket.destroy(new Error('the connection was not made in time')), CONNECT_TIMEOUT);
    this.#socket.setNoDelay(true);
    this.#socket.once(isSecure ? 'secureConnect' : 'connect', () => {
      clearTimeout(late);
      this.#isOpen = true;
    });
    this.#socket.on('data', (piece: Buffer) => this.#read((reader) => reader.push(piece)));
    this.#socket.on('end', () => this.#read((reader) => reader.end()));
    this.#socket.on('error', (error) => this.#break(error));
    this.#socket.on('close', () => {
      clearTimeout(late);
      this.#break(new Error('the connection was closed'));
      onGone(this);
    });
  }

  /** Whether a request may still be sent: not so shortly before the service closes it that the two would meet. */
  isFresh(now: number): boolean {
    return !this.#socket.destroyed && now - this.#idleSince < this.#idle;
  }

  /** Sends a request, head and body in one text. */
  send(request: string, waiting: Waiting): void {
    this.#waiting = waiting;
    this.#reader = new HttpResponseReader(MAX_ANSWER);
    this.#socket.write(request);
  }

  /** Gives up what is waited for; nobody is told. */
  destroy(): void {
    this.#waiting = null;
    this.#socket.destroy();
  }

  #read(take: (reader: HttpResponseReader) => void): void {
    const [reader, waiting] = [this.#reader, this.#waiting];
    if (!reader || !waiting) return void this.#socket.destroy(); // said without being asked
    try {
      take(reader);
    } catch (error) {
      return this.#break(error as Error);
    }
    if (!reader.isDone) return;
    this.#waiting = null;
    this.#reader = null;
    if (reader.keepsAlive) {
      this.#idleSince = performance.now();
      if (reader.idleSeconds !== null) this.#idle = reader.idleSeconds * 1_000 - MARGIN;
      this.#onFree(this);
    } else this.#socket.destroy();
    waiting.answered({ status: reader.status, body: reader.body });
  }

  #break(error: Error): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    this.#socket.destroy();
    waiting?.broke(error, this.#isOpen);
  }
}
