import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { ErrorCode, type Log } from '@atende/service/process';
import { languageOf, requestIdOf } from './admission.ts';
import type { Explorer } from './explorer.ts';
import { send, sendComplaint } from './http-answer.ts';
import { isDoubtful, refuseSocket, statusOfUnreadable, UNREADABLE } from './http-doubtful.ts';
import type { Files } from './http-files.ts';
import { answerGraphql, type GraphqlHttp } from './http-graphql.ts';
import { admitOrigin, answerPreflight, isPreflight } from './http-origins.ts';
import type { ServerSentEvents } from './http-sse.ts';
import type { Mailbox } from './mailbox.ts';
import type { Complaint } from './refusals.ts';
import type { SigningKey } from './signing-key.ts';
import type { Supergraph } from './supergraph.ts';

export interface HttpOptions {
  graphql: GraphqlHttp;
  events: ServerSentEvents;
  files: Files;
  key: SigningKey;
  supergraph(): Supergraph | null;
  /** Whose pages may call, beside those of this address. */
  origins: ReadonlySet<string>;
  /** In development only. */
  explorer: Explorer | null;
  /** In development only. */
  mailbox: Mailbox | null;
  log: Log;
}

const NOWHERE: Complaint = { code: ErrorCode.NOT_FOUND, refusal: 'notFound' };
const NOT_STARTED: Complaint = { code: ErrorCode.DEPENDENCY_UNAVAILABLE, refusal: 'notStarted' };
const WRONG_METHOD: Complaint = { code: ErrorCode.BAD_USER_INPUT, refusal: 'wrongMethod' };

/** The gateway's public HTTP. plain node:http: measured beside fastify, it costs a fifth less per request. */
export function makeHttpServer(options: HttpOptions): Server {
  const { log } = options;
  /** The newest response of each connection. */
  const responses = new WeakMap<Duplex, ServerResponse>();
  const listener: RequestListener = (request, response) => {
    responses.set(request.socket, response);
    route(request, response, options).catch((error) => {
      const requestId = requestIdOf(request);
      log.error({ err: error, requestId }, 'a request failed');
      sendComplaint(response, { code: ErrorCode.INTERNAL, refusal: 'internal' }, 'en', requestId);
    });
  };
  const server = createServer(
    {
      headersTimeout: 10_000,
      requestTimeout: 0, // an upload may take long; other bodies have their own limit
      keepAliveTimeout: 65_000, // longer than a balancer's, so that it is never the one to reuse a closing connection
      noDelay: true,
      requireHostHeader: false, // said by us, in JSON
      shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket', // others (h2c) are answered in HTTP/1.1
    },
    listener,
  );
  server.on('connection', (socket) => socket.remoteAddress); // asked once while it is known: remembered when the client has gone
  server.on('checkExpectation', (request, response) => complain(request, response, UNREADABLE, 417));
  server.on('connect', (_, socket) => refuseSocket(socket, 405, WRONG_METHOD));
  server.on('clientError', (error, socket) => {
    // What is no request must not be answered in the midst of an answer, or before it.
    const newest = responses.get(socket);
    if (newest && !newest.writableFinished && !isBroken(newest)) socket.destroy();
    else refuseSocket(socket, statusOfUnreadable(error), UNREADABLE);
  });
  return server;
}

/** Its own request broke off, and it is the next to be said. */
const isBroken = ({ req, socket, headersSent }: ServerResponse): boolean => !req.complete && socket !== null && !headersSent;

async function route(request: IncomingMessage, response: ServerResponse, options: HttpOptions): Promise<void> {
  const { graphql, events, files, key, explorer } = options;
  const { method = 'GET', url = '' } = request;
  const path = url.split('?', 1)[0] ?? '';
  if (isDoubtful(request)) {
    response.setHeader('connection', 'close');
    return complain(request, response, UNREADABLE, 400);
  }
  if (request.headers.upgrade !== undefined) response.shouldKeepAlive = false; // what was sent right behind it Node does not read
  admitOrigin(request, response, options.origins);
  if (isPreflight(request)) return answerPreflight(response);
  if (path === '/graphql') {
    if (events.isFor(request)) return events.answer(request, response);
    if (method !== 'POST' && method !== 'GET') {
      response.setHeader('allow', 'GET, POST, PUT, DELETE');
      return complain(request, response, WRONG_METHOD, 405);
    }
    if (method === 'GET' && explorer?.isWanted(request)) return explorer.answer(response);
    return answerGraphql(request, response, graphql);
  }
  if (path.startsWith('/files/')) return files.answer(request, response);
  if (method !== 'GET' && method !== 'HEAD') return complain(request, response, NOWHERE, 404);
  if (path === '/schema.graphql') {
    const supergraph = options.supergraph();
    if (!supergraph) return complain(request, response, NOT_STARTED);
    return send(response, 200, { 'content-type': 'application/graphql; charset=utf-8', 'x-supergraph': supergraph.id }, supergraph.apiSdl);
  }
  if (path === '/.well-known/jwks.json') return send(response, 200, { 'content-type': 'application/json' }, JSON.stringify(key.jwks));
  if (path === '/mailbox' && options.mailbox?.isOpenTo(request)) return options.mailbox.answer(response);
  if (path === '/explorer.js' && explorer) return explorer.answerScript(response);
  if (path === '/explorer/examples.json' && explorer) return explorer.answerExamples(response);
  return complain(request, response, NOWHERE, 404);
}

function complain(request: IncomingMessage, response: ServerResponse, complaint: Complaint, status?: number): void {
  sendComplaint(response, complaint, languageOf(request.headers['accept-language'], 'pt-BR'), requestIdOf(request), status);
}
