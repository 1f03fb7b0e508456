import { ErrorCode, type Language, type Log, traceIdIn } from '@atende/service/process';
import type { DocumentFault } from './document.ts';
import { type Complaint, say } from './refusals.ts';
import type { ReportedError } from './run-program.ts';

/** An error as the caller reads it. */
export interface PublicError {
  message: string;
  locations?: readonly { line: number; column: number }[];
  path?: readonly (string | number)[];
  extensions: { code: ErrorCode; requestId: string; [hint: string]: unknown };
}

const CODES: ReadonlySet<string> = new Set(Object.values(ErrorCode));
const LONGEST = 1_000; // characters of a message: some repeat what the caller sent

/** The code of an error, if it is one that callers may know. */
export function codeOf(error: ReportedError): ErrorCode | null {
  const code = error.extensions?.code;
  return typeof code === 'string' && CODES.has(code) ? (code as ErrorCode) : null;
}

export interface Masking {
  requestId: string;
  traceparent: string | null;
  language: Language;
  log: Log;
}

/**
 * The one place where an error becomes what a caller reads: message, place, a code of the closed list and the request's id.
 * Whatever is not expected is logged whole and answered as INTERNAL.
 */
export function maskError(error: ReportedError, { requestId, traceparent, language, log }: Masking): PublicError {
  const code = codeOf(error);
  const place = error.path && { path: error.path };
  if (code === ErrorCode.DEPENDENCY_UNAVAILABLE && typeof error.extensions?.service === 'string') {
    return { message: say('unavailable', language, { service: error.extensions.service }), ...place, extensions: { code, requestId } };
  }
  if (code !== null && code !== ErrorCode.INTERNAL) {
    return { message: error.message.slice(0, LONGEST), ...place, extensions: { code, requestId } };
  }
  if (code === null) log.error({ err: error, requestId, ...traceIdIn(traceparent) }, 'an error that no code is known for');
  return { message: say('internal', language), ...place, extensions: { code: ErrorCode.INTERNAL, requestId } };
}

const BUSY = 5; // seconds until it is worth while to ask again, where nobody knows better

/** What the gateway itself refuses. */
export function refusalError({ code, refusal, values, retryAfter = BUSY }: Complaint, language: Language, requestId: string): PublicError {
  const hint = code === ErrorCode.RATE_LIMITED ? { retryAfter } : {};
  return { message: say(refusal, language, values), extensions: { code, requestId, ...hint } };
}

/** Seconds that a refusal asks its caller to wait, as the header Retry-After has it; none for anything else. */
export function retryAfterOf(errors: readonly PublicError[] = []): Record<string, string> {
  const seconds = errors[0]?.extensions.retryAfter;
  return typeof seconds === 'number' ? { 'retry-after': String(seconds) } : {};
}

/** Errors of the document or its variables: the caller's own, told with their lines. */
export function documentError({ message, locations }: DocumentFault, requestId: string): PublicError {
  return {
    message: message.slice(0, LONGEST),
    ...(locations && { locations: locations.map(({ line, column }) => ({ line, column })) }),
    extensions: { code: ErrorCode.BAD_USER_INPUT, requestId },
  };
}
