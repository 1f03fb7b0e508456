import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

export const TEXT = 0x1;
export const BINARY = 0x2;
export const CONTINUATION = 0x0;
export const CLOSE_FRAME = 0x8;
export const PING = 0x9;
export const PONG = 0xa;

export interface FrameOptions {
  /** The last of its message; true unless said. */
  isLast?: boolean;
  isMasked?: boolean;
  /** Bits that no extension was agreed on for. */
  reserved?: number;
}

/** A frame as RFC 6455 writes it. */
export function frame(
  opcode: number,
  payload: string | Buffer,
  { isLast = true, isMasked = true, reserved = 0 }: FrameOptions = {},
): Buffer {
  const data = Buffer.from(payload as string);
  const size =
    data.length < 126 ? [data.length] : data.length < 65_536 ? [126, data.length >> 8, data.length & 0xff] : [127, ...long(data.length)];
  const [first = 0, ...rest] = size;
  const head = [(isLast ? 0x80 : 0) | (reserved << 4) | opcode, (isMasked ? 0x80 : 0) | first, ...rest];
  if (!isMasked) return Buffer.concat([Buffer.from(head), data]);
  const mask = randomBytes(4);
  return Buffer.concat([Buffer.from(head), mask, data.map((byte, at) => byte ^ (mask[at % 4] ?? 0))]);
}

const long = (length: number): number[] => [0, 0, 0, 0, length >>> 24, (length >> 16) & 0xff, (length >> 8) & 0xff, length & 0xff];

type Message = Record<string, unknown>;

/** A WebSocket of bytes: it says what no client says, and hears everything. */
export class RawSocket {
  readonly socket: Socket;
  /** Status of the answer to the handshake, and its head. */
  status = 0;
  head = '';
  /** Text messages that nobody has asked for yet. */
  readonly #heard: Message[] = [];
  readonly #waiting: ((message: Message | null) => void)[] = [];
  readonly pongs: string[] = [];
  readonly #closed = Promise.withResolvers<[code: number, reason: string]>();
  #bytes = Buffer.alloc(0);

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#closed.resolve([1006, '']);
      for (const resolve of this.#waiting.splice(0)) resolve(null);
    });
  }

  /** Resolves when the handshake is answered, whatever the answer. `lines`: further lines of the request. */
  static async open(url: string, protocol: string | null = 'graphql-transport-ws', lines: readonly string[] = []): Promise<RawSocket> {
    const { hostname, port, host } = new URL(url);
    const raw = new RawSocket(connect({ host: hostname, port: Number(port) }));
    const key = `sec-websocket-key: ${randomBytes(16).toString('base64')}`;
    const upgrade = [
      'GET /graphql HTTP/1.1',
      `host: ${host}`,
      'connection: upgrade',
      'upgrade: websocket',
      'sec-websocket-version: 13',
      key,
    ];
    const offered = protocol === null ? [] : [`sec-websocket-protocol: ${protocol}`];
    raw.socket.write(`${[...upgrade, ...offered, ...lines].join('\r\n')}\r\n\r\n`);
    await new Promise<void>((resolve) => raw.socket.on('data', (piece) => raw.#take(piece, resolve)).once('close', resolve));
    return raw;
  }

  /** The code and reason of the server's close frame; 1006 where the connection ended without one. */
  get closed(): Promise<[code: number, reason: string]> {
    return this.#closed.promise;
  }

  /** Sends text messages, all in one piece. */
  send(...messages: unknown[]): void {
    this.write(...messages.map((message) => frame(TEXT, typeof message === 'string' ? message : JSON.stringify(message))));
  }

  write(...frames: readonly Buffer[]): void {
    this.socket.write(Buffer.concat(frames));
  }

  /** The next text message; null when there is none any more. */
  next(): Promise<Message | null> {
    const message = this.#heard.shift();
    if (message) return Promise.resolve(message);
    if (this.socket.destroyed) return Promise.resolve(null);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  close(): void {
    this.socket.destroy();
  }

  #take(piece: Buffer, opened: () => void): void {
    this.#bytes = Buffer.concat([this.#bytes, piece]);
    if (this.status === 0) {
      const end = this.#bytes.indexOf('\r\n\r\n');
      if (end < 0) return;
      this.head = this.#bytes.toString('latin1');
      this.status = Number(this.head.slice('HTTP/1.1 '.length, 12));
      this.#bytes = this.status === 101 ? this.#bytes.subarray(end + 4) : Buffer.alloc(0);
      opened();
    }
    for (let size = this.#readFrame(); size > 0; size = this.#readFrame()) this.#bytes = this.#bytes.subarray(size);
  }

  /** Size of the frame that was read; 0 when it is not whole yet. */
  #readFrame(): number {
    const bytes = this.#bytes;
    if (bytes.length < 2) return 0;
    const short = (bytes[1] ?? 0) & 0x7f;
    const head = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (bytes.length < head) return 0;
    const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
    if (bytes.length < head + length) return 0;
    this.#hear((bytes[0] ?? 0) & 0x0f, bytes.subarray(head, head + length));
    return head + length;
  }

  #hear(opcode: number, payload: Buffer): void {
    if (opcode === PONG) this.pongs.push(payload.toString());
    if (opcode === CLOSE_FRAME) {
      this.#closed.resolve([payload.length < 2 ? 1005 : payload.readUInt16BE(0), payload.subarray(2).toString()]);
      this.socket.end(frame(CLOSE_FRAME, payload));
    }
    if (opcode !== TEXT) return;
    const message = JSON.parse(payload.toString()) as Message;
    const waiting = this.#waiting.shift();
    if (waiting) waiting(message);
    else this.#heard.push(message);
  }
}
