import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { ErrorCode } from '@atende/service/process';
import { handleProtocols, type Server } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { addressOf } from '../admission.ts';
import { isDoubtful, refuseSocket, UNREADABLE } from '../http-doubtful.ts';
import type { Complaint } from '../refusals.ts';
import { CLOSE } from './close-codes.ts';
import { mayOpenSocket } from './origin.ts';
import { makeProtocol, type ProtocolOptions } from './protocol.ts';
import { Socket } from './socket.ts';

export interface SocketsOptions extends ProtocolOptions {
  trustProxy: boolean;
  /** Whose pages may open sockets, beside those of the same address: `https://portal.example`. */
  origins: ReadonlySet<string>;
  /** Told when a client was let go because it did not read. */
  onSlow(): void;
}

const NOWHERE: Complaint = { code: ErrorCode.NOT_FOUND, refusal: 'notFound' };
const FOREIGN: Complaint = { code: ErrorCode.FORBIDDEN, refusal: 'foreignOrigin' };
const NO_ROOM: Complaint = { code: ErrorCode.RATE_LIMITED, refusal: 'tooManyConnections' };

/** The WebSocket half of the gateway's connections. */
export class Sockets {
  readonly #options: SocketsOptions;
  readonly #server: WebSocketServer;
  readonly #protocol: Server<Socket>;
  #size = 0;

  constructor(options: SocketsOptions) {
    this.#options = options;
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: 65_536,
      handleProtocols,
      allowSynchronousEvents: false, // an id that is completed and used again in one piece: the first must be over before the second begins
    });
    this.#server.on('wsClientError', (_, socket) => refuseSocket(socket, 400, UNREADABLE));
    this.#protocol = makeProtocol(options);
  }

  get size(): number {
    return this.#size;
  }

  /** Takes an upgrade of the HTTP server. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (isDoubtful(request)) return refuseSocket(socket, 400, UNREADABLE);
    if (request.url?.split('?', 1)[0] !== '/graphql') return refuseSocket(socket, 404, NOWHERE);
    if (!mayOpenSocket(request, this.#options.origins)) return refuseSocket(socket, 403, FOREIGN);
    if (!this.#options.connections.hasRoom) return refuseSocket(socket, 503, NO_ROOM, 'retry-after: 5\r\n');
    this.#server.handleUpgrade(request, socket, head, (opened) => this.#open(opened, request));
  }

  #open(opened: WebSocket, request: IncomingMessage): void {
    const { connections, trustProxy, onSlow } = this.#options;
    const opening = { acceptLanguage: request.headers['accept-language'], address: addressOf(request, trustProxy) };
    const socket = new Socket(opened, opening, onSlow);
    if (connections.add(socket)) return socket.close(CLOSE.tryLater, 'Try again later');
    this.#size += 1;
    const closed = this.#protocol.opened(
      {
        protocol: opened.protocol,
        send: (frame) => socket.send(frame),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (listen) =>
          opened.on('message', (message, isBinary) => {
            if (isBinary) socket.close(CLOSE.badRequest, 'Invalid message received');
            else void listen(String(message)).catch((error) => this.#fail(socket, error));
          }),
      },
      socket,
    );
    opened.on('close', (code, reason) => {
      this.#size -= 1;
      connections.remove(socket);
      void closed(code, String(reason));
    });
  }

  #fail(socket: Socket, error: unknown): void {
    this.#options.log.error({ err: error }, 'a message of a socket failed');
    socket.close(CLOSE.internal, 'Internal server error');
  }
}
