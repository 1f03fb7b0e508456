import { unwrapResolverError } from '@apollo/server/errors';
import { NotFoundError, OptimisticLockError, UniqueConstraintViolationException } from '@mikro-orm/core';
import type { GraphQLFormattedError } from 'graphql';
import { ErrorCode } from './errors.ts';
import type { Log } from './log.ts';

const PUBLIC_CODES = new Set<string>(Object.values(ErrorCode));

// Apollo's own codes that are the caller's doing.
const CALLERS_FAULT = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_REQUEST', 'OPERATION_RESOLUTION_FAILURE', 'PERSISTED_QUERY_NOT_FOUND']);

/**
 * The one place that turns any error into what a caller may read: a message and a code of the closed list, with locations
 * and path. What is not expected is logged whole and answered as INTERNAL: no stack, path, host or SQL leaves the service.
 */
export function maskError(formatted: GraphQLFormattedError, error: unknown, log: Log): GraphQLFormattedError {
  const { path, locations } = formatted;
  const code = String(formatted.extensions?.['code'] ?? '');
  const answer = (message: string, publicCode: ErrorCode): GraphQLFormattedError => ({
    message,
    ...(locations && { locations }),
    ...(path && { path }),
    extensions: { code: publicCode },
  });
  if (CALLERS_FAULT.has(code)) return answer(formatted.message, ErrorCode.BAD_USER_INPUT);
  const cause = unwrapResolverError(error);
  if (cause instanceof OptimisticLockError || isEventVersionTaken(cause)) return answer('Someone else changed this meanwhile.', ErrorCode.CONFLICT);
  if (cause instanceof NotFoundError) return answer('Not found.', ErrorCode.NOT_FOUND);
  if (PUBLIC_CODES.has(code) && code !== ErrorCode.INTERNAL) return answer(formatted.message, code as ErrorCode);
  log.error({ err: cause, path }, 'unexpected error');
  return answer('Something went wrong on our side.', ErrorCode.INTERNAL);
}

/** Two changes of one object at once: only one gets the event's version (the optimistic lock of every aggregate). */
const isEventVersionTaken = (error: unknown): boolean =>
  error instanceof UniqueConstraintViolationException && error.message.includes('event_one_per_version');
