import { randomBytes } from 'node:crypto';
import type { SseStream } from './sse-stream.ts';

export interface Reservation {
  stream: SseStream;
  /** What it was reserved with: the client's EventSource can send a token in the address, but no header. */
  authorization: string;
}

const UNUSED = 30_000; // ms

/** Event streams that several operations share, by the tokens that lead to them. */
export class Reservations {
  readonly #unused: number;
  readonly #byToken = new Map<string, Reservation>();
  readonly #byStream = new Map<SseStream, { token: string; unused: NodeJS.Timeout }>();

  /** @param unused ms until a reservation that nobody opens is given up */
  constructor(unused = UNUSED) {
    this.#unused = unused;
  }

  /** A token for the stream that nobody can guess. */
  reserve(stream: SseStream, authorization: string): string {
    const token = randomBytes(32).toString('base64url');
    const unused = setTimeout(() => stream.isOpen || stream.cut(), this.#unused);
    unused.unref();
    this.#byToken.set(token, { stream, authorization });
    this.#byStream.set(stream, { token, unused });
    return token;
  }

  /** Null for a token that leads nowhere (any more). */
  of(token: string): Reservation | null {
    return this.#byToken.get(token) ?? null;
  }

  forget(stream: SseStream): void {
    const known = this.#byStream.get(stream);
    if (!known) return;
    clearTimeout(known.unused);
    this.#byStream.delete(stream);
    this.#byToken.delete(known.token);
  }
}
