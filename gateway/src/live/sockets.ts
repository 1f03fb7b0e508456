import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { handleProtocols, type Server } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { addressOf } from '../admission.ts';
import type { Sessions } from '../sessions.ts';
import { CLOSE } from './close-codes.ts';
import { Outbox } from './outbox.ts';
import { type Connection, makeProtocol, type ProtocolOptions } from './protocol.ts';

export interface SocketsOptions extends ProtocolOptions {
  sessions: Sessions;
  trustProxy: boolean;
  /** Told when a client was let go because it did not read. */
  onSlow?(): void;
  /** Most sockets at a time; one more is told to come back. */
  most?: number;
  /** ms between two pings. */
  keepAlive?: number;
}

const MOST = 20_000;
const KEEP_ALIVE = 15_000; // ms; a socket that does not answer one ping is gone at the next
const BATCH = 200; // sockets that are closed at a time, so that they do not all come back in the same moment
const BETWEEN_BATCHES = 20; // ms

/** Every socket of this gateway. */
export class Sockets {
  readonly #options: SocketsOptions;
  readonly #server: WebSocketServer;
  readonly #protocol: Server<Connection>;
  readonly #connections = new Set<Connection>();
  readonly #silent = new WeakSet<WebSocket>();
  readonly #timer: NodeJS.Timeout;

  constructor(options: SocketsOptions) {
    this.#options = options;
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: 65_536,
      handleProtocols,
    });
    this.#protocol = makeProtocol(options);
    this.#timer = setInterval(() => this.#ping(), options.keepAlive ?? KEEP_ALIVE);
    this.#timer.unref();
    options.sessions.onEnded((sessionId) => this.#closeSession(sessionId));
  }

  get size(): number {
    return this.#connections.size;
  }

  /** Takes an upgrade of the HTTP server. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (request.url?.split('?', 1)[0] !== '/graphql') return void socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
    if (this.#connections.size >= (this.#options.most ?? MOST))
      return void socket.end('HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\nconnection: close\r\n\r\n');
    this.#server.handleUpgrade(request, socket, head, (opened) => this.#open(opened, request));
  }

  /** Closes all sockets in batches. The code says that the server restarts: clients come back and resume from their cursors. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    const open = [...this.#connections];
    for (let next = 0; next < open.length; next += BATCH) {
      for (const { socket } of open.slice(next, next + BATCH)) socket.close(CLOSE.restart, 'restarting: resume with your last cursor');
      await pause(BETWEEN_BATCHES);
    }
    for (const { socket } of this.#connections) socket.terminate();
  }

  #open(socket: WebSocket, request: IncomingMessage): void {
    const outbox = new Outbox(socket, () => this.#options.onSlow?.());
    const send = (frame: string) => outbox.send(frame);
    const connection: Connection = {
      socket,
      // Not the request itself: it would weigh as much as the rest of an idle socket.
      acceptLanguage: request.headers['accept-language'],
      address: addressOf(request, this.#options.trustProxy),
      visitor: null,
      authorization: '',
      send,
    };
    this.#connections.add(connection);
    const closed = this.#protocol.opened(
      {
        protocol: socket.protocol,
        send,
        close: (code, reason) => socket.close(code, reason),
        onMessage: (listen) => socket.on('message', (message) => void listen(String(message)).catch((error) => this.#fail(socket, error))),
      },
      connection,
    );
    socket.on('pong', () => this.#silent.delete(socket));
    socket.on('error', () => socket.terminate()); // a frame too large or malformed: nothing of ours failed
    socket.on('close', (code, reason) => {
      this.#connections.delete(connection);
      void closed(code, String(reason));
    });
  }

  #fail(socket: WebSocket, error: unknown): void {
    this.#options.log.error({ err: error }, 'a message of a socket failed');
    socket.close(CLOSE.internal, 'Internal server error');
  }

  #ping(): void {
    for (const { socket } of this.#connections) {
      if (this.#silent.has(socket)) socket.terminate();
      else {
        this.#silent.add(socket);
        socket.ping();
      }
    }
  }

  #closeSession(sessionId: string): void {
    for (const { socket, visitor } of this.#connections) if (visitor?.sessionId === sessionId) socket.close(CLOSE.forbidden, 'Forbidden');
  }
}
