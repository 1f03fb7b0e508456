import { type GraphQLField, type GraphQLFieldResolver, getNamedType, getNullableType, isLeafType, isListType } from 'graphql';
import type { Context } from './context.ts';
import { ErrorCode, Refused } from './errors.ts';
import { isAnyId } from './ids.ts';
import { codeOf } from './masking.ts';
import { isSignedIn, type Viewer } from './viewer.ts';

// What the caller may not, may not know of, or tried too often. Everything else is a mistake, not an attempt.
const DENIALS = new Set([
  ErrorCode.UNAUTHENTICATED,
  ErrorCode.FORBIDDEN,
  ErrorCode.NOT_FOUND,
  ErrorCode.RATE_LIMITED,
  ErrorCode.NOT_ENTITLED,
  ErrorCode.NOT_ALLOWED_TO_OPEN,
  ErrorCode.RECEIPT_INVALID,
  ErrorCode.SESSION_ENDED,
  ErrorCode.TOKEN_INVALID,
]);

// Guesses of who holds a token already; a sign-in tells of itself.
const GUESSES = new Set([ErrorCode.INVALID_CREDENTIALS, ErrorCode.OTP_INVALID]);

type Resolver = GraphQLFieldResolver<unknown, Context>;

/**
 * Tells the audit log of a root field that was denied: refused, or answered with nothing although an object was asked for
 * by its id. Whether that one exists and is hidden nobody knows here, row-level security least of all; so both are told alike.
 */
export function tellingDenials({ type }: GraphQLField<unknown, Context>, place: string, resolve: Resolver): Resolver {
  const yieldsOne = !isListType(getNullableType(type)) && !isLeafType(getNamedType(type));
  return (source, args, context, info) => {
    const tellAbsence = (answer: unknown): unknown => {
      const asked = yieldsOne && (answer === null || answer === undefined) ? idIn(args) : null;
      if (asked) context.denied(place, ErrorCode.NOT_FOUND, asked);
      return answer;
    };
    const tellRefusal = (error: unknown): never => {
      const code = denialIn(error, context.viewer);
      if (code) context.denied(place, code, idIn(args));
      throw error;
    };
    try {
      const answer = resolve(source, args, context, info);
      return answer instanceof Promise ? answer.then(tellAbsence, tellRefusal) : tellAbsence(answer);
    } catch (error) {
      return tellRefusal(error);
    }
  };
}

function denialIn(error: unknown, viewer: Viewer): ErrorCode | undefined {
  const { extensions } = error as { extensions?: { code?: unknown } };
  const codes = error instanceof Refused ? error.faults.map(({ code }) => code) : [codeOf(error, String(extensions?.code ?? ''))];
  return codes.find((code) => DENIALS.has(code) || (GUESSES.has(code) && isSignedIn(viewer)));
}

/** The first id among the arguments or in their input object. */
function idIn(args: Record<string, unknown>, isInput = false): string | null {
  for (const value of Object.values(args)) {
    const found = isAnyId(value) ? value : isInput || typeof value !== 'object' || value === null ? null : idIn({ ...value }, true);
    if (found) return found;
  }
  return null;
}
