import type { IncomingMessage, ServerResponse } from 'node:http';
import { ErrorCode } from '@atende/service/process';
import type { Asked } from './acceptance.ts';
import type { Visitor } from './access-token.ts';
import { type Admission, addressOf, languageOf, requestIdOf, traceparentOf } from './admission.ts';
import { PREFLIGHTED, statusOf } from './apollo-front.ts';
import { type Caller, newDeadline } from './caller.ts';
import { clientOf } from './client-name.ts';
import type { Executor } from './execute.ts';
import { send, sendErrors } from './http-answer.ts';
import { HttpRefused, sendRefusal } from './http-refused.ts';
import { lastEventIdOf, readAsked, searchOf, streamTokenOf, wantsEventStream } from './http-sse-request.ts';
import type { Limits } from './limits.ts';
import { type Connections, MOST_OPERATIONS } from './live/connections.ts';
import type { Live } from './live/live.ts';
import { type Reservation, Reservations } from './live/reservations.ts';
import { SseOperations } from './live/sse-operations.ts';
import { SseStream } from './live/sse-stream.ts';
import type { Payer } from './rate-payer.ts';
import type { Rates } from './rates.ts';
import type { Complaint } from './refusals.ts';
import type { TrustedDocuments } from './trusted-documents.ts';

export interface SseOptions {
  admission: Admission;
  connections: Connections;
  executor: Executor;
  live: Live;
  limits: Limits;
  rates: Rates;
  documents: TrustedDocuments;
  trustProxy: boolean;
  /** Told when a client was let go because it did not read. */
  onSlow(): void;
}

const WHO: Complaint = { code: ErrorCode.UNAUTHENTICATED, refusal: 'unauthenticated' };
const NO_STREAM: Complaint = { code: ErrorCode.NOT_FOUND, refusal: 'noStream' };
const STREAM_OPEN: Complaint = { code: ErrorCode.CONFLICT, refusal: 'streamOpen' };
const FROM_A_PAGE: Complaint = { code: ErrorCode.BAD_USER_INPUT, refusal: 'notPreflighted' };
const ONLY_READS: Complaint = { code: ErrorCode.BAD_USER_INPUT, refusal: 'mutationByGet' };
const NO_ID: Complaint = { code: ErrorCode.BAD_USER_INPUT, refusal: 'operationIdMissing' };
const ID_TAKEN: Complaint = { code: ErrorCode.CONFLICT, refusal: 'operationIdTaken' };
const NO_ROOM: Complaint = { code: ErrorCode.RATE_LIMITED, refusal: 'tooManyConnections' };
const TOO_MANY: Complaint = { code: ErrorCode.RATE_LIMITED, refusal: 'tooManyOperations', values: { max: MOST_OPERATIONS } };

const ALONE = ''; // id of the operation that has a stream of its own

interface Visit {
  request: IncomingMessage;
  response: ServerResponse;
  requestId: string;
  visitor: Visitor;
  payer: Payer;
}

/**
 * Operations over server-sent events at `/graphql`, as graphql-sse has them: each on a stream of its own (POST or GET that accepts
 * text/event-stream rather than JSON), or several on one (PUT reserves it, GET opens it, POST begins an operation, DELETE stops one).
 */
export class ServerSentEvents {
  readonly #options: SseOptions;
  readonly #operations: SseOperations;
  readonly #reservations = new Reservations();
  #size = 0;

  constructor(options: SseOptions) {
    this.#options = options;
    this.#operations = new SseOperations(options.executor, options.live);
  }

  /** Streams, reserved ones included. */
  get size(): number {
    return this.#size;
  }

  /** Whether a request to `/graphql` is of this kind. */
  isFor(request: IncomingMessage): boolean {
    const { method } = request;
    if (method === 'PUT' || method === 'DELETE') return true;
    return (method === 'GET' || method === 'POST') && (wantsEventStream(request) || (method === 'POST' && streamTokenOf(request) !== null));
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = requestIdOf(request);
    let payer: Payer | undefined;
    try {
      const visitor = await this.#options.admission.admit(request.headers.authorization);
      payer = this.#options.rates.payerOf(visitor.viewer, addressOf(request, this.#options.trustProxy));
      await this.#route({ request, response, requestId, visitor, payer });
    } catch (error) {
      payer?.settle();
      sendRefusal(error, response, languageOf(request.headers['accept-language'], 'pt-BR'), requestId, this.#options.limits, payer);
    }
  }

  #route(visit: Visit): Promise<void> | void {
    const { method } = visit.request;
    const token = streamTokenOf(visit.request);
    if (method === 'PUT') return this.#reserve(visit);
    if (method === 'DELETE') return this.#stop(visit, this.#reserved(token, visit.visitor));
    if (token === null) return this.#answerAlone(visit);
    return method === 'POST' ? this.#answerShared(visit, this.#reserved(token, visit.visitor)) : this.#open(visit, token);
  }

  async #answerAlone({ request, response, requestId, payer }: Visit): Promise<void> {
    turnAway(payer);
    if (request.method === 'GET' && !isPreflighted(request)) throw new HttpRefused(FROM_A_PAGE);
    const { admission, documents, limits } = this.#options;
    const asked = (await readAsked(request, limits.body, documents)).request;
    // Once more: the session may have ended while the body was on its way.
    const visitor = await admission.admit(request.headers.authorization);
    const visit = { request, response, requestId, visitor, payer };
    const caller = this.#callerOf(visit);
    if (request.method === 'GET' && this.#isMutation(asked, caller)) throw new HttpRefused(ONLY_READS, 405);
    const stream = this.#newStream(visit, false);
    stream.reserve(ALONE);
    const refused = this.#operations.begin(stream, { id: ALONE, request: asked, caller, lastEventId: lastEventIdOf(request) });
    if (refused?.errors[0]?.extensions.code === ErrorCode.RATE_LIMITED) {
      stream.cut();
      return sendErrors(response, 429, requestId, refused.errors, payer.headers());
    }
    stream.open(response, payer.headers());
    // What is wrong with an operation is told on the stream: EventSource tells its page nothing of a status.
    if (refused) stream.fail(ALONE, refused.errors);
  }

  #reserve(visit: Visit): void {
    const { authorization } = visit.request.headers;
    if (visit.visitor.sessionId === null || !authorization) throw new HttpRefused(WHO);
    sendText(visit, 201, this.#reservations.reserve(this.#newStream(visit, true), authorization));
  }

  async #open({ request, response, visitor }: Visit, token: string): Promise<void> {
    // Without a header beside it, the token alone opens the stream, once: EventSource can send no header.
    const { stream, authorization } = request.headers.authorization ? this.#reserved(token, visitor) : this.#known(token);
    await this.#options.admission.admit(authorization);
    if (stream.isOver) throw new HttpRefused(NO_STREAM, 404);
    if (stream.isOpen) throw new HttpRefused(STREAM_OPEN, 409);
    stream.open(response);
  }

  async #answerShared(visit: Visit, { stream }: Reservation): Promise<void> {
    const { request, response, requestId, payer } = visit;
    turnAway(payer);
    const { request: asked, operationId: id } = await readAsked(request, this.#options.limits.body, this.#options.documents);
    if (stream.isOver) throw new HttpRefused(NO_STREAM, 404);
    if (id === null) throw new HttpRefused(NO_ID);
    const noRoom = stream.reserve(id);
    if (noRoom) throw noRoom === 'TAKEN' ? new HttpRefused(ID_TAKEN, 409) : new HttpRefused(TOO_MANY);
    const caller = this.#callerOf(visit);
    const refused = this.#operations.begin(stream, { id, request: asked, caller, lastEventId: lastEventIdOf(request) });
    const headers = payer.headers();
    if (!refused) return sendText(visit, 202, '', headers);
    stream.stop(id);
    sendErrors(response, statusOf(refused.errors[0]?.extensions.code ?? ErrorCode.INTERNAL), requestId, refused.errors, headers);
  }

  #stop(visit: Visit, { stream }: Reservation): void {
    const id = searchOf(visit.request).get('operationId');
    if (!id) throw new HttpRefused(NO_ID);
    stream.stop(id);
    sendText(visit, 200);
  }

  #known(token: string | null): Reservation {
    const reservation = token === null ? null : this.#reservations.of(token);
    if (!reservation) throw new HttpRefused(NO_STREAM, 404);
    return reservation;
  }

  /** A stranger's stream is as little there as one that nobody reserved. */
  #reserved(token: string | null, { sessionId }: Visitor): Reservation {
    const reservation = this.#known(token);
    if (reservation.stream.visitor.sessionId !== sessionId) throw new HttpRefused(NO_STREAM, 404);
    return reservation;
  }

  #newStream({ request, requestId, visitor }: Visit, isShared: boolean): SseStream {
    const { connections, onSlow } = this.#options;
    const onGone = (gone: SseStream) => {
      this.#size -= 1;
      connections.remove(gone);
      this.#reservations.forget(gone);
    };
    const language = languageOf(request.headers['accept-language'], visitor.viewer.language);
    const stream = new SseStream({ visitor, language, requestId, isShared, onSlow, onGone });
    const refused = connections.add(stream);
    if (refused) throw new HttpRefused(NO_ROOM, refused === 'FULL' ? 503 : 429);
    this.#size += 1;
    return stream;
  }

  #isMutation(asked: Asked, caller: Caller): boolean {
    const checked = this.#options.executor.check({ ...asked, caller });
    return 'operation' in checked && checked.operation.node.operation === 'mutation';
  }

  #callerOf({ request, requestId, visitor: { viewer }, payer }: Visit): Caller {
    return {
      viewer,
      language: languageOf(request.headers['accept-language'], viewer.language),
      requestId,
      traceparent: traceparentOf(request),
      address: addressOf(request, this.#options.trustProxy),
      payer,
      client: clientOf(request.headers),
      deadline: newDeadline(),
    };
  }
}

function turnAway(payer: Payer): void {
  const exhausted = payer.turnAway();
  if (exhausted) throw new HttpRefused(exhausted);
}

function sendText({ response, requestId }: Visit, status: number, text = '', headers: Record<string, string> = {}): void {
  send(response, status, { 'content-type': 'text/plain; charset=utf-8', 'x-request-id': requestId, ...headers }, text);
}

/** No page of another origin can send one of these without asking first. */
function isPreflighted({ headers }: IncomingMessage): boolean {
  return PREFLIGHTED.some((name) => headers[name]);
}
