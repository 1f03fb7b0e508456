import type { ServerResponse } from 'node:http';
import type { Language } from '@atende/service/process';
import { statusOf } from './apollo-front.ts';
import { type PublicError, refusalError, retryAfterOf } from './mask.ts';
import type { Complaint } from './refusals.ts';

/** Nothing that this server says may be kept by a cache or taken for something else by a browser. */
const ALWAYS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

export function send(response: ServerResponse, status: number, headers: Record<string, string>, body: string): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  response.writeHead(status, { ...ALWAYS, ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

export function sendErrors(
  response: ServerResponse,
  status: number,
  requestId: string,
  errors: readonly PublicError[],
  more?: Record<string, string>,
): void {
  const headers = { 'content-type': 'application/json; charset=utf-8', 'x-request-id': requestId, ...retryAfterOf(errors), ...more };
  send(response, status, headers, errorsBody(errors));
}

export const errorsBody = (errors: readonly PublicError[]): string => JSON.stringify({ errors });

/** A refusal outside of GraphQL has the same form as one inside. */
export function sendComplaint(
  response: ServerResponse,
  complaint: Complaint,
  language: Language,
  requestId: string,
  status = statusOf(complaint.code),
  more?: Record<string, string>,
): void {
  sendErrors(response, status, requestId, [refusalError(complaint, language, requestId)], more);
}
