import type { IncomingMessage, ServerResponse } from 'node:http';

const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE';

/** What a page may send: what clients of GraphQL, graphql-sse and tus send. */
const SENT = [
  ...['authorization', 'content-type', 'accept-language', 'x-request-id', 'traceparent', 'last-event-id', 'x-graphql-event-stream-token'],
  ...['apollo-require-preflight', 'apollographql-client-name', 'apollographql-client-version', 'x-client-name', 'x-client-version'],
  ...['tus-resumable', 'upload-length', 'upload-offset', 'upload-metadata', 'upload-defer-length', 'upload-concat', 'upload-checksum'],
].join(', ');

/** What it may read beside what any page may. */
const READ = [
  'ratelimit',
  'ratelimit-policy',
  'retry-after',
  'x-request-id',
  'location',
  'tus-resumable',
  'upload-length',
  'upload-offset',
].join(', ');

const REMEMBERED = '7200'; // seconds a browser may keep the answer

/**
 * Tells browsers which pages of other origins may call (CORS). Nothing is ever sent with cookies here, so that a page which is not told may
 * send what it can without asking, and is nobody.
 */
export function admitOrigin({ headers: { origin } }: IncomingMessage, response: ServerResponse, origins: ReadonlySet<string>): void {
  if (origin === undefined || !origins.has(origin)) return;
  response.setHeader('vary', 'Origin');
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-expose-headers', READ);
}

/** Whether a browser asks what a page may send, before it sends it. */
export const isPreflight = ({ method, headers }: IncomingMessage): boolean =>
  method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined;

/** The same answer for every page but for the origin, which admitOrigin has written where it may call. */
export function answerPreflight(response: ServerResponse): void {
  const isAdmitted = response.hasHeader('access-control-allow-origin');
  const allowed = { 'access-control-allow-methods': METHODS, 'access-control-allow-headers': SENT, 'access-control-max-age': REMEMBERED };
  response.writeHead(204, { 'cache-control': 'no-store', ...(isAdmitted && allowed) }).end();
}
