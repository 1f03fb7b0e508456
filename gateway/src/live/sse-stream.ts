import type { ServerResponse } from 'node:http';
import { ErrorCode, type Language } from '@atende/service/process';
import type { Visitor } from '../access-token.ts';
import type { PublicError } from '../mask.ts';
import { say } from '../refusals.ts';
import { type Connection, MOST_OPERATIONS } from './connections.ts';
import { MOST_UNREAD } from './outbox.ts';
import { answerText, COMMENT, completeText, errorsText, frameText, retryText, sharedFrameText } from './sse-text.ts';
import type { Frame } from './watcher.ts';

export interface SseStreamOptions {
  visitor: Visitor;
  language: Language;
  requestId: string;
  /** Several operations may share it, told apart by their ids. */
  isShared: boolean;
  /** Told when the client was let go because it did not read. */
  onSlow(): void;
  /** Told once, when nothing of it is left. */
  onGone(stream: SseStream): void;
}

const MOST_EARLY = 65_536; // bytes for a stream that its client has not opened yet
const FAREWELL = 1_000; // ms that a client may take to read what was said last
const RETRY = 100; // ms, and up to a second more by chance

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  // Neither kept nor compressed by anything in between: a compressor holds back what it has not filled a block with.
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
  'x-content-type-options': 'nosniff',
};

/** One stream of server-sent events: the operations on it, and what is not read yet. */
export class SseStream implements Connection {
  readonly visitor: Visitor;
  readonly #options: SseStreamOptions;
  /** What stops each operation; null while it is being begun. */
  readonly #operations = new Map<string, (() => void) | null>();
  readonly #leaving = new AbortController();
  /** What was sent before the client has opened a stream that it reserved. */
  #early: Buffer[] = [];
  #response: ServerResponse | null = null;
  #isEnded = false;

  constructor(options: SseStreamOptions) {
    this.#options = options;
    this.visitor = options.visitor;
  }

  /** Aborted when the client has gone. */
  get signal(): AbortSignal {
    return this.#leaving.signal;
  }

  /** Nothing more is sent on it. */
  get isOver(): boolean {
    return this.#isEnded;
  }

  get isOpen(): boolean {
    return this.#response !== null;
  }

  /** Gives the stream the response that it is sent in, and what its head says beside the usual. */
  open(response: ServerResponse, headers: Record<string, string> = {}): void {
    this.#response = response;
    response.on('close', () => this.#gone());
    response.on('error', () => response.destroy());
    response.shouldKeepAlive = false; // the end of the stream is the end of the connection
    response.writeHead(200, { ...HEADERS, 'x-request-id': this.#options.requestId, ...headers });
    response.write(COMMENT);
    for (const bytes of this.#early.splice(0)) response.write(bytes);
    if (response.closed) this.#gone();
  }

  /** Makes room for an operation; says why when there is none. */
  reserve(id: string): 'TAKEN' | 'TOO_MANY' | null {
    if (this.#operations.has(id)) return 'TAKEN';
    if (this.#operations.size >= MOST_OPERATIONS) return 'TOO_MANY';
    this.#operations.set(id, null);
    return null;
  }

  /** How an operation that has begun is stopped. One that was ended meanwhile is stopped at once. */
  begun(id: string, stop: () => void): void {
    if (this.#operations.has(id)) this.#operations.set(id, stop);
    else stop();
  }

  next(id: string, frame: Frame): void {
    this.#send(this.#options.isShared ? sharedFrameText(id, frame) : frameText(frame));
  }

  /** The answer of an operation that has but one. */
  answer(id: string, payload: string): void {
    this.#finish(id, answerText(this.#idIn(id), payload));
  }

  fail(id: string, errors: readonly PublicError[]): void {
    this.#finish(id, errorsText(this.#idIn(id), errors));
  }

  /** The client wants no more of an operation. */
  stop(id: string): void {
    const stop = this.#operations.get(id);
    this.#operations.delete(id);
    stop?.();
  }

  forbid(): void {
    const { language, requestId } = this.#options;
    const errors = [{ message: say('unauthenticated', language), extensions: { code: ErrorCode.UNAUTHENTICATED, requestId } }];
    for (const id of [...this.#operations.keys()]) this.fail(id, errors);
    this.#end();
  }

  restart(): void {
    this.#end(retryText(Math.round(RETRY + Math.random() * 1_000)));
  }

  ping(): void {
    if (this.#response) this.#send(COMMENT);
  }

  cut(): void {
    this.#isEnded = true;
    if (this.#response) this.#response.destroy();
    else this.#gone();
  }

  #idIn(id: string): string | null {
    return this.#options.isShared ? id : null;
  }

  #finish(id: string, last: string): void {
    if (!this.#operations.has(id)) return;
    const text = last + completeText(this.#idIn(id));
    if (this.#options.isShared) this.#send(text);
    else this.#end(text);
    this.stop(id);
  }

  #send(text: string | Buffer): void {
    if (this.#isEnded) return;
    const bytes = typeof text === 'string' ? Buffer.from(text) : text;
    const unread = this.#response?.writableLength ?? this.#early.reduce((sum, early) => sum + early.length, 0);
    if (unread + bytes.length > (this.#response ? MOST_UNREAD : MOST_EARLY)) {
      this.#options.onSlow();
      this.cut();
    } else if (this.#response) this.#response.write(bytes);
    else this.#early.push(bytes);
  }

  #end(last = ''): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    const response = this.#response;
    if (!response) return this.#gone();
    const impatience = setTimeout(() => response.destroy(), FAREWELL);
    response.once('close', () => clearTimeout(impatience));
    response.end(last);
  }

  #gone(): void {
    if (this.#leaving.signal.aborted) return;
    this.#isEnded = true;
    this.#early = [];
    this.#leaving.abort();
    for (const id of [...this.#operations.keys()]) this.stop(id);
    this.#options.onGone(this);
  }
}
