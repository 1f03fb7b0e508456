import type { IncomingMessage, ServerResponse } from 'node:http';
import { HeaderMap } from '@apollo/server';
import { ErrorCode } from '@atende/service/process';
import { type Admission, addressOf, languageOf, requestIdOf, traceparentOf } from './admission.ts';
import type { ApolloFront } from './apollo-front.ts';
import { type Caller, newDeadline } from './caller.ts';
import { clientOf } from './client-name.ts';
import { send } from './http-answer.ts';
import { readBody } from './http-body.ts';
import { HttpRefused, sendRefusal } from './http-refused.ts';
import type { Limits } from './limits.ts';
import type { PublicError } from './mask.ts';
import type { Payer } from './rate-payer.ts';
import type { Rates } from './rates.ts';
import { type Refusal, say } from './refusals.ts';
import type { ShortWay } from './short-way.ts';
import type { Sent, TrustedDocuments } from './trusted-documents.ts';

export interface GraphqlHttp {
  admission: Admission;
  front: ApolloFront;
  shortWay: ShortWay;
  rates: Rates;
  documents: TrustedDocuments;
  limits: Limits;
  trustProxy: boolean;
  /** Told of every answer: status and seconds. */
  observe?(status: number, seconds: number): void;
}

/** `POST /graphql` and `GET /graphql?query=…`. */
export async function answerGraphql(
  request: IncomingMessage,
  response: ServerResponse,
  { admission, front, shortWay, rates, documents, limits, trustProxy, observe }: GraphqlHttp,
): Promise<void> {
  const begun = performance.now();
  const requestId = requestIdOf(request);
  const language = languageOf(request.headers['accept-language'], 'pt-BR');
  const address = addressOf(request, trustProxy);
  let payer: Payer | undefined;
  try {
    const admitted = admission.admit(request.headers.authorization);
    const { viewer } = admitted instanceof Promise ? await admitted : admitted;
    payer = rates.payerOf(viewer, address);
    const exhausted = payer.turnAway();
    if (exhausted) throw new HttpRefused(exhausted);
    const body = request.method === 'POST' ? named(parseJson(request, await readBody(request, limits.body)), documents) : undefined;
    const caller = callerOf(request, response, { viewer, requestId, address, payer });
    if (shortWay.isOpenTo(request, body)) {
      const { status, headers, body: text } = await shortWay.answer(request, body, caller);
      send(response, status, { ...headers, 'x-request-id': requestId, ...payer.headers() }, text);
    } else await passToApollo(request, response, body, caller, { front, shortWay, documents, limits });
  } catch (error) {
    payer?.settle();
    sendRefusal(error, response, language, requestId, limits, payer);
  }
  observe?.(response.statusCode, (performance.now() - begun) / 1_000);
}

async function passToApollo(
  request: IncomingMessage,
  response: ServerResponse,
  body: unknown,
  caller: Caller,
  { front, shortWay, documents, limits }: Pick<GraphqlHttp, 'front' | 'shortWay' | 'documents' | 'limits'>,
): Promise<void> {
  const answer = await front.server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: request.method ?? 'GET', headers: headersOf(request), search: namedSearch(request, documents), body },
    context: async () => ({ caller }),
  });
  const text = answer.body.kind === 'complete' ? answer.body.string : '';
  const { status = 200, headers } = answer;
  if (status === 200) shortWay.learn(request, headers.get('content-type'));
  const isItsOwn = text.startsWith('{"errors":') && !text.includes('"requestId":');
  // Apollo Server gives some of its own complaints a 200; ours say 4xx to all of them.
  const code = isItsOwn ? Math.max(status, 400) : status;
  caller.payer?.settle();
  const own = { ...Object.fromEntries(headers), 'x-request-id': caller.requestId, ...caller.payer?.headers() };
  send(response, code, own, isItsOwn ? withRequestId(text, caller, limits) : text);
}

function callerOf(
  request: IncomingMessage,
  response: ServerResponse,
  { viewer, requestId, address, payer }: Pick<Caller, 'viewer' | 'requestId' | 'address' | 'payer'>,
): Caller {
  const leaving = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) leaving.abort();
  });
  return {
    viewer,
    language: languageOf(request.headers['accept-language'], viewer.language),
    requestId,
    traceparent: traceparentOf(request),
    address,
    payer,
    client: clientOf(request.headers),
    signal: leaving.signal,
    deadline: newDeadline(),
  };
}

/** What is no JSON is left to Apollo Server, which says so in its own words. */
function parseJson({ headers }: IncomingMessage, body: Buffer): unknown {
  if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) return undefined;
  try {
    return withoutEmptyName(JSON.parse(body.toString('utf8')));
  } catch {
    return undefined;
  }
}

/** A body with the text of the stored document that it names, if it names one. */
function named(body: unknown, documents: TrustedDocuments): unknown {
  const mayName = typeof body === 'object' && body !== null && ('documentId' in body || 'extensions' in body);
  return mayName ? resolved(body as Sent, documents) : body;
}

function resolved(sent: Sent, documents: TrustedDocuments): Sent {
  const found = documents.resolve(sent);
  if (found.sent === null) throw new HttpRefused(found.complaint);
  return found.sent;
}

/** The same in an address. */
function namedSearch(request: IncomingMessage, documents: TrustedDocuments): string {
  const search = searchOf(request);
  if (!/[?&](documentId|extensions)=/.test(search)) return search;
  const params = new URLSearchParams(search);
  const extensions = parsed(params.get('extensions'));
  if (extensions === undefined && params.has('extensions')) return search;
  const found = resolved({ documentId: params.get('documentId'), extensions, query: params.get('query') }, documents);
  if (typeof found.query === 'string') params.set('query', found.query);
  if (found.extensions === undefined) params.delete('extensions');
  params.delete('documentId');
  return `?${params}`;
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined; // Apollo Server says so
  }
}

function headersOf({ headers }: IncomingMessage): HeaderMap {
  const map = new HeaderMap();
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return map;
}

function searchOf({ url = '' }: IncomingMessage): string {
  const at = url.indexOf('?');
  return at < 0 ? '' : url.slice(at);
}

/** Apollo Server's own complaints know no request id and no language. */
function withRequestId(text: string, { requestId, language }: Caller, { tokens }: Limits): string {
  const answer = JSON.parse(text) as { errors?: PublicError[] };
  const errors = answer.errors?.map((error) => {
    const { code } = error.extensions;
    if (error.extensions.requestId) return error;
    const own = OWN_WORDS[code];
    if (own) return { message: say(own, language, { max: tokens }), extensions: { code, requestId } };
    return { ...error, extensions: { code, requestId } };
  });
  return `${JSON.stringify({ ...answer, errors })}\n`;
}

/** What Apollo Server can only mean by these codes (apollo-front.ts). */
const OWN_WORDS: Partial<Record<ErrorCode, Refusal>> = { [ErrorCode.INTERNAL]: 'internal', [ErrorCode.TOO_COMPLEX]: 'tooManyTokens' };

/** Some clients send an empty name where they mean none; Apollo Server takes it for a name that is not there, too late to refuse it. */
function withoutEmptyName(parsed: unknown): unknown {
  if (typeof parsed !== 'object' || parsed === null || (parsed as { operationName?: unknown }).operationName !== '') return parsed;
  return { ...parsed, operationName: null };
}
