import type { IncomingMessage } from 'node:http';
import { ErrorCode } from '@atende/service/process';
import { TOKEN_HEADER_KEY, TOKEN_QUERY_KEY } from 'graphql-sse';
import type { Asked } from './acceptance.ts';
import { readBody } from './http-body.ts';
import { HttpRefused } from './http-refused.ts';
import type { Complaint } from './refusals.ts';
import type { TrustedDocuments } from './trusted-documents.ts';

/** A GraphQL request as graphql-sse sends it. */
export interface SseAsked {
  request: Asked;
  /** On a stream that operations share: which of them it is. */
  operationId: string | null;
}

const MALFORMED: Complaint = { code: ErrorCode.BAD_USER_INPUT, refusal: 'malformedOperation' };
const LONGEST_ID = 200; // characters

/** Whether the answer is to be an event stream: `Accept` names it, and nothing that JSON would do for. */
export function wantsEventStream({ headers: { accept } }: IncomingMessage): boolean {
  if (!accept?.includes('text/event-stream')) return false;
  return !/application\/(?:graphql-response\+)?(?:json|\*)/i.test(accept);
}

/** The token of a reserved stream, from the header or the address. */
export function streamTokenOf(request: IncomingMessage): string | null {
  const given = request.headers[TOKEN_HEADER_KEY];
  if (typeof given === 'string') return given;
  return request.url?.includes('?') ? searchOf(request).get(TOKEN_QUERY_KEY) : null; // on the way of every request
}

/** Where a client wants to go on. A header that came twice is no cursor, and is refused as one that has expired. */
export function lastEventIdOf({ headers }: IncomingMessage): string | null {
  const given = headers['last-event-id'];
  return typeof given === 'string' && given !== '' ? given : null;
}

export function searchOf({ url = '' }: IncomingMessage): URLSearchParams {
  const at = url.indexOf('?');
  return new URLSearchParams(at < 0 ? '' : url.slice(at));
}

/** Reads what is asked, from the body or the address. Throws HttpRefused or BodyRefused. */
export async function readAsked(request: IncomingMessage, max: number, documents: TrustedDocuments): Promise<SseAsked> {
  return askedIn(request.method === 'POST' ? await readJson(request, max) : inAddress(request), documents);
}

async function readJson(request: IncomingMessage, max: number): Promise<unknown> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) throw new HttpRefused(MALFORMED, 415);
  return parsed((await readBody(request, max)).toString('utf8'));
}

function inAddress(request: IncomingMessage): unknown {
  const search = searchOf(request);
  const json = (name: string) => (search.has(name) ? parsed(search.get(name) ?? '') : undefined);
  return {
    query: search.get('query'),
    documentId: search.get('documentId'),
    operationName: search.get('operationName'),
    variables: json('variables'),
    extensions: json('extensions'),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpRefused(MALFORMED);
  }
}

function askedIn(body: unknown, documents: TrustedDocuments): SseAsked {
  if (!isObject(body)) throw new HttpRefused(MALFORMED);
  const found = documents.resolve(body);
  if (found.sent === null) throw new HttpRefused(found.complaint);
  const { query, operationName, variables, extensions } = found.sent;
  const isWhole =
    typeof query === 'string' &&
    query !== '' &&
    isAbsentOr(operationName, typeof operationName === 'string') &&
    isAbsentOr(variables, isObject(variables)) &&
    isAbsentOr(extensions, isObject(extensions));
  if (!isWhole) throw new HttpRefused(MALFORMED);
  const id = (extensions as { operationId?: unknown } | null | undefined)?.operationId;
  return {
    request: { query, operationName: operationName as Asked['operationName'], variables: variables as Asked['variables'] },
    operationId: typeof id === 'string' && id !== '' && id.length <= LONGEST_ID ? id : null,
  };
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isAbsentOr = (value: unknown, isRight: boolean): boolean => value === undefined || value === null || isRight;
