import type { ApolloServerPlugin } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import { NotFoundError, OptimisticLockError, UniqueConstraintViolationException } from '@mikro-orm/core';
import type { GraphQLFormattedError } from 'graphql';
import type { Context } from './context.ts';
import { ErrorCode, type Messages, Refused, toUserErrors } from './errors.ts';
import type { Language } from './language.ts';
import { messages as house } from './messages.ts';
import { isConflict, isOutage, isUnreadable } from './sql-errors.ts';

const PUBLIC_CODES = new Set<string>(Object.values(ErrorCode));

// Apollo's own codes that are the caller's doing.
const CALLERS_FAULT = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/**
 * The one place that turns any error into what a caller may read: a message and a code of the closed list, with locations
 * and path. What is not expected is answered as INTERNAL: no stack, path, host or SQL leaves the service.
 */
export function maskError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { path, locations, message } = formatted;
  const given = String(formatted.extensions?.code ?? '');
  const code = codeOf(error, given);
  const isForCallers = CALLERS_FAULT.has(given) || (given === code && code !== ErrorCode.INTERNAL);
  return {
    message: isForCallers ? message : generic(code),
    ...(locations && { locations }),
    ...(path && { path }),
    extensions: { code },
  };
}

const generic = (code: ErrorCode): string => house[code]?.en ?? code;

/** The code of any error, `given` being the one it brings along. */
export function codeOf(error: unknown, given: string): ErrorCode {
  const cause = unwrapResolverError(error);
  if (CALLERS_FAULT.has(given)) return ErrorCode.BAD_USER_INPUT;
  if (cause instanceof Refused) return cause.faults[0]?.code ?? ErrorCode.BAD_USER_INPUT;
  if (cause instanceof NotFoundError) return ErrorCode.NOT_FOUND;
  // Two changes of one object at once: one of them gets the event's version, or the name that must be unique.
  if (cause instanceof OptimisticLockError || cause instanceof UniqueConstraintViolationException || isConflict(cause))
    return ErrorCode.CONFLICT;
  if (isOutage(cause)) return ErrorCode.DEPENDENCY_UNAVAILABLE;
  if (isUnreadable(cause)) return ErrorCode.BAD_USER_INPUT;
  return PUBLIC_CODES.has(given) ? (given as ErrorCode) : ErrorCode.INTERNAL;
}

/** Logs what a caller is not told, and says what they are told in their language. */
export function errorsPlugin(messages: Messages): ApolloServerPlugin<Context> {
  const say = speaker(messages);
  return {
    requestDidStart: async () => ({
      didEncounterErrors: async ({ errors, contextValue: { log } }) => {
        for (const error of errors) {
          const code = codeOf(error, String(error.extensions.code ?? ''));
          const level = code === ErrorCode.INTERNAL ? 'error' : code === ErrorCode.DEPENDENCY_UNAVAILABLE ? 'warn' : 'debug';
          log[level]({ err: unwrapResolverError(error), path: error.path?.join('.'), code }, 'a request failed');
        }
      },
      willSendResponse: async ({ errors, response: { body }, contextValue: { language } }) => {
        if (!errors || body.kind !== 'single') return;
        body.singleResult.errors = body.singleResult.errors?.map((shown, index) => ({
          ...shown,
          message: say(shown, unwrapResolverError(errors[index]), language),
        }));
      },
    }),
  };
}

/** What an error says to people who speak another language than this code: found by its English, else by its code. */
function speaker(own: Messages) {
  const byEnglish = new Map([...Object.values(house), ...Object.values(own)].map((texts) => [texts.en, texts]));
  const byCode: Messages = { ...house, ...own, [ErrorCode.BAD_USER_INPUT]: undefined }; // which input and why is worth more than the language
  return ({ message, extensions }: GraphQLFormattedError, cause: unknown, language: Language): string => {
    if (cause instanceof Refused) return sentences(cause, language, byCode);
    const texts = byEnglish.get(message) ?? (language === 'en' ? undefined : byCode[extensions?.code as ErrorCode]);
    return texts?.[language] ?? message;
  };
}

/** What is wrong, where there is no payload to say it in. */
const sentences = ({ faults }: Refused, language: Language, messages: Messages): string =>
  toUserErrors(faults, language, messages)
    .map(({ field, message }) => (field.length > 0 ? `${field.join('.')}: ${message}` : message))
    .join(' ');
