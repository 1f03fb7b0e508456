/** What came is no HTTP/1.1 answer to one request. */
export class MalformedResponse extends Error {}

const MAX_HEAD = 65_536; // bytes
const HEAD_END = Buffer.from('\r\n\r\n');
const CRLF = Buffer.from('\r\n');
const NOTHING = Buffer.alloc(0);

/**
 * Reads the answer to one request from the pieces it comes in. It knows what our own services send and refuses the rest: two lengths, a
 * length beside chunks, bytes after the end. What it refuses costs a connection, never a wrong answer.
 */
export class HttpResponseReader {
  readonly #most: number;
  #pending: Buffer = NOTHING;
  #chunks: Buffer[] = [];
  #size = 0;
  /** Bytes still to come of the body or of a chunk; null where the end of the connection is the end. */
  #left: number | null = 0;
  #state: 'head' | 'body' | 'chunk-size' | 'chunk' | 'chunk-end' | 'trailer' | 'done' = 'head';
  status = 0;
  /** Whether the connection may carry another request. */
  keepsAlive = true;
  /** Seconds the service keeps an idle connection, where it says so. */
  idleSeconds: number | null = null;

  /** @param most bytes of a body */
  constructor(most: number) {
    this.#most = most;
  }

  get isDone(): boolean {
    return this.#state === 'done';
  }

  /** The whole body, when it is done. */
  get body(): string {
    const [first] = this.#chunks;
    return (this.#chunks.length === 1 && first ? first : Buffer.concat(this.#chunks)).toString('utf8');
  }

  /** Takes what came. @throws MalformedResponse */
  push(piece: Buffer): void {
    let rest = this.#pending.length > 0 ? Buffer.concat([this.#pending, piece]) : piece;
    this.#pending = NOTHING;
    for (let before = -1; rest.length > 0 && rest.length !== before; ) {
      if (this.#state === 'done') throw new MalformedResponse('bytes after the end');
      before = rest.length;
      rest = this.#step(rest);
    }
    this.#pending = rest;
    if (rest.length > MAX_HEAD) throw new MalformedResponse('a line without an end');
  }

  /** The connection ended. @throws MalformedResponse where the answer was not whole */
  end(): void {
    if (this.#state !== 'body' || this.#left !== null) throw new MalformedResponse('the connection ended in the middle');
    this.#state = 'done';
  }

  /** Takes what it can of the bytes; the answer is what is left of them. */
  #step(bytes: Buffer): Buffer {
    switch (this.#state) {
      case 'head':
        return this.#readHead(bytes);
      case 'chunk-size':
        return this.#readLine(bytes, (line) => {
          if (!/^[\da-f]{1,8}$/i.test(line)) throw new MalformedResponse('a chunk without a size');
          const size = Number.parseInt(line, 16);
          this.#left = size;
          this.#state = size === 0 ? 'trailer' : 'chunk';
        });
      case 'chunk-end':
        return this.#readLine(bytes, (line) => {
          if (line !== '') throw new MalformedResponse('a chunk longer than its size');
          this.#state = 'chunk-size';
        });
      case 'trailer':
        return this.#readLine(bytes, (line) => {
          if (line === '') this.#state = 'done';
        });
      default:
        return this.#readBody(bytes);
    }
  }

  #readHead(bytes: Buffer): Buffer {
    const at = bytes.indexOf(HEAD_END);
    if (at < 0) return bytes;
    const head = bytes.toString('latin1', 0, at).toLowerCase();
    if (!/^http\/1\.1 [1-5]\d\d(?: |$|\r)/.test(head)) throw new MalformedResponse('no status');
    this.status = Number(head.slice(9, 12));
    const rest = bytes.subarray(at + HEAD_END.length);
    if (this.status < 200) return rest; // an interim answer; the real one follows
    this.keepsAlive = header(head, 'connection') !== 'close';
    const idle = /timeout=(\d{1,6})/.exec(header(head, 'keep-alive') ?? '')?.[1];
    this.idleSeconds = idle === undefined ? null : Number(idle);
    this.#expectBody(header(head, 'content-length'), header(head, 'transfer-encoding'));
    return rest;
  }

  #expectBody(length: string | null, encoding: string | null): void {
    if (length !== null) {
      if (encoding !== null || !/^\d{1,10}$/.test(length)) throw new MalformedResponse('no one length');
      this.#left = Number(length);
      if (this.#left > this.#most) throw new MalformedResponse('too large');
      this.#state = this.#left === 0 ? 'done' : 'body';
    } else if (encoding !== null) {
      if (encoding !== 'chunked') throw new MalformedResponse('an unknown encoding');
      this.#state = 'chunk-size';
    } else if (this.status === 204 || this.status === 304) this.#state = 'done';
    else {
      this.keepsAlive = false;
      this.#left = null;
      this.#state = 'body';
    }
  }

  #readBody(bytes: Buffer): Buffer {
    const taken = this.#left === null || this.#left >= bytes.length ? bytes : bytes.subarray(0, this.#left);
    this.#size += taken.length;
    if (this.#size > this.#most) throw new MalformedResponse('too large');
    this.#chunks.push(taken);
    if (this.#left !== null) {
      this.#left -= taken.length;
      if (this.#left === 0) this.#state = this.#state === 'chunk' ? 'chunk-end' : 'done';
    }
    return bytes.subarray(taken.length);
  }

  #readLine(bytes: Buffer, read: (line: string) => void): Buffer {
    const at = bytes.indexOf(CRLF);
    if (at < 0) return bytes;
    read(bytes.toString('latin1', 0, at));
    return bytes.subarray(at + CRLF.length);
  }
}

/** The one value of a header in a head of small letters. @throws MalformedResponse where there are two */
function header(head: string, name: string): string | null {
  const line = `\r\n${name}:`;
  const at = head.indexOf(line);
  if (at < 0) return null;
  if (head.indexOf(line, at + 1) >= 0) throw new MalformedResponse(`two headers ${name}`);
  const end = head.indexOf('\r\n', at + 2);
  return head.slice(at + line.length, end < 0 ? undefined : end).trim();
}
