import type { WebSocket } from 'ws';
import type { Visitor } from '../access-token.ts';
import { CLOSE } from './close-codes.ts';
import type { Connection } from './connections.ts';
import { Outbox } from './outbox.ts';

/** What a socket keeps of its request. Not the request itself: it would weigh as much as the rest of an idle socket. */
export interface Opening {
  acceptLanguage: string | undefined;
  address: string;
}

/** One WebSocket and who stands behind it. */
export class Socket implements Connection, Opening {
  readonly #socket: WebSocket;
  readonly #outbox: Outbox;
  readonly acceptLanguage: string | undefined;
  readonly address: string;
  visitor: Visitor | null = null;
  authorization = '';
  /** Which program it is, as it says itself. */
  client: string | undefined;
  #isSilent = false;

  constructor(socket: WebSocket, { acceptLanguage, address }: Opening, onSlow: () => void) {
    this.#socket = socket;
    this.#outbox = new Outbox(socket, onSlow);
    this.acceptLanguage = acceptLanguage;
    this.address = address;
    socket.on('pong', () => {
      this.#isSilent = false;
    });
    socket.on('error', () => socket.terminate()); // a frame too large or malformed: nothing of ours failed
  }

  send(frame: string): void {
    this.#outbox.send(frame);
  }

  close(code?: number, reason?: string): void {
    this.#socket.close(code, reason);
  }

  forbid(): void {
    this.close(CLOSE.forbidden, 'Forbidden');
  }

  restart(): void {
    this.close(CLOSE.restart, 'restarting: resume with your last cursor');
  }

  /** A socket that did not answer the ping before is gone. */
  ping(): void {
    if (this.#isSilent) return this.cut();
    this.#isSilent = true;
    this.#socket.ping();
  }

  cut(): void {
    this.#socket.terminate();
  }
}
