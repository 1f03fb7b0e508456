import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { handleProtocols, type Server } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { addressOf } from '../admission.ts';
import { CLOSE } from './close-codes.ts';
import { makeProtocol, type ProtocolOptions } from './protocol.ts';
import { Socket } from './socket.ts';

export interface SocketsOptions extends ProtocolOptions {
  trustProxy: boolean;
  /** Told when a client was let go because it did not read. */
  onSlow(): void;
}

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
    });
    this.#protocol = makeProtocol(options);
  }

  get size(): number {
    return this.#size;
  }

  /** Takes an upgrade of the HTTP server. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (request.url?.split('?', 1)[0] !== '/graphql') return void socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
    if (!this.#options.connections.hasRoom)
      return void socket.end('HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\nconnection: close\r\n\r\n');
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
        onMessage: (listen) => opened.on('message', (message) => void listen(String(message)).catch((error) => this.#fail(socket, error))),
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
