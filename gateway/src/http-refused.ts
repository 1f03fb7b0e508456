import type { ServerResponse } from 'node:http';
import { ErrorCode, type Language } from '@atende/service/process';
import { NotAdmitted } from './admission.ts';
import { statusOf } from './apollo-front.ts';
import { sendComplaint } from './http-answer.ts';
import { BodyRefused } from './http-body.ts';
import type { Limits } from './limits.ts';
import type { Payer } from './rate-payer.ts';
import type { Complaint } from './refusals.ts';

/** A request that is answered with a complaint and a status instead of being run. */
export class HttpRefused extends Error {
  readonly complaint: Complaint;
  readonly status: number;

  constructor(complaint: Complaint, status = statusOf(complaint.code)) {
    super(complaint.refusal);
    this.complaint = complaint;
    this.status = status;
  }
}

/** Answers what was thrown on the way to an operation. Whatever is no refusal is thrown on. */
export function sendRefusal(
  error: unknown,
  response: ServerResponse,
  language: Language,
  requestId: string,
  limits: Limits,
  payer?: Payer,
): void {
  const headers = payer?.headers();
  // What has not been read of the body is not read any more.
  if (!response.headersSent && !response.req.complete) response.setHeader('connection', 'close');
  if (error instanceof NotAdmitted) return sendComplaint(response, error.complaint, language, requestId);
  if (error instanceof HttpRefused) return sendComplaint(response, error.complaint, language, requestId, error.status, headers);
  if (!(error instanceof BodyRefused)) throw error;
  if (error.why === 'CUT_OFF') return void response.destroy();
  if (error.why === 'TOO_SLOW')
    return sendComplaint(response, { code: ErrorCode.BAD_USER_INPUT, refusal: 'bodyTooSlow' }, language, requestId, 408, headers);
  if (error.why === 'NOT_TEXT')
    return sendComplaint(response, { code: ErrorCode.BAD_USER_INPUT, refusal: 'notText' }, language, requestId, 415, headers);
  const tooLarge = { code: ErrorCode.TOO_COMPLEX, refusal: 'bodyTooLarge', values: { max: limits.body / 1_024 } } as const;
  sendComplaint(response, tooLarge, language, requestId, 413, headers);
}
