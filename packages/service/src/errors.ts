import { GraphQLError } from 'graphql';
import type { Language, Texts } from './language.ts';

/** The closed list of error codes, in payloads and in `extensions.code` alike. Types may grow, names stay. */
export enum ErrorCode {
  // of a request
  UNAUTHENTICATED = 'UNAUTHENTICATED',
  FORBIDDEN = 'FORBIDDEN',
  NOT_FOUND = 'NOT_FOUND',
  BAD_USER_INPUT = 'BAD_USER_INPUT',
  CONFLICT = 'CONFLICT',
  RATE_LIMITED = 'RATE_LIMITED',
  TOO_COMPLEX = 'TOO_COMPLEX',
  FIRST_REQUIRED = 'FIRST_REQUIRED',
  CURSOR_EXPIRED = 'CURSOR_EXPIRED',
  DEPENDENCY_UNAVAILABLE = 'DEPENDENCY_UNAVAILABLE',
  INTERNAL = 'INTERNAL',
  // of one field of an input
  REQUIRED = 'REQUIRED',
  UNKNOWN_FIELD = 'UNKNOWN_FIELD',
  HIDDEN_FIELD = 'HIDDEN_FIELD',
  FIXED_FIELD = 'FIXED_FIELD',
  COMPUTED_FIELD = 'COMPUTED_FIELD',
  WRONG_KIND = 'WRONG_KIND',
  TOO_LONG = 'TOO_LONG',
  TOO_MANY = 'TOO_MANY',
  NOT_AN_OPTION = 'NOT_AN_OPTION',
  OPTION_OF_ANOTHER_PARENT = 'OPTION_OF_ANOTHER_PARENT',
  OPTION_RETIRED = 'OPTION_RETIRED',
  DUPLICATE_ANSWER = 'DUPLICATE_ANSWER',
  MUST_BE_ON = 'MUST_BE_ON',
  NOT_AN_EMAIL = 'NOT_AN_EMAIL',
  FILE_EMPTY = 'FILE_EMPTY',
  FILE_NAME_REFUSED = 'FILE_NAME_REFUSED',
  FILE_REFUSED = 'FILE_REFUSED',
  FILE_TOO_LARGE = 'FILE_TOO_LARGE',
  FILE_TYPE_REFUSED = 'FILE_TYPE_REFUSED',
  RECEIPT_INVALID = 'RECEIPT_INVALID',
  // of opening
  NOT_ENTITLED = 'NOT_ENTITLED',
  NOT_ALLOWED_TO_OPEN = 'NOT_ALLOWED_TO_OPEN',
  ORGANIZATION_REQUIRED = 'ORGANIZATION_REQUIRED',
  FORM_OUTDATED = 'FORM_OUTDATED',
  FORM_DEFECTIVE = 'FORM_DEFECTIVE',
  CHANNEL_NOT_ALLOWED = 'CHANNEL_NOT_ALLOWED',
  // of the life cycle
  TRANSITION_NOT_ALLOWED = 'TRANSITION_NOT_ALLOWED',
  CLOSED_TICKET_CANNOT_BE_REPLIED = 'CLOSED_TICKET_CANNOT_BE_REPLIED',
  // of the decision table
  DUPLICATE_ROW = 'DUPLICATE_ROW',
  LAST_ROW_MUST_MATCH_EVERYTHING = 'LAST_ROW_MUST_MATCH_EVERYTHING',
  ROW_NEVER_DECIDES = 'ROW_NEVER_DECIDES',
  UNKNOWN_CODE = 'UNKNOWN_CODE',
  // of signing in
  INVALID_CREDENTIALS = 'INVALID_CREDENTIALS',
  OTP_REQUIRED = 'OTP_REQUIRED',
  OTP_INVALID = 'OTP_INVALID',
  SIGN_IN_REFUSED = 'SIGN_IN_REFUSED',
  SESSION_ENDED = 'SESSION_ENDED',
  TOKEN_INVALID = 'TOKEN_INVALID',
  PASSWORD_TOO_WEAK = 'PASSWORD_TOO_WEAK',
  EMAIL_TAKEN = 'EMAIL_TAKEN',
  LAST_ADMINISTRATOR = 'LAST_ADMINISTRATOR',
  // of people and organizations
  LAST_SUPERVISOR = 'LAST_SUPERVISOR',
  CODE_TAKEN = 'CODE_TAKEN',
  NOT_CSV = 'NOT_CSV',
  NOT_JSON = 'NOT_JSON',
  DUPLICATE_LINE = 'DUPLICATE_LINE',
}

/** What is wrong with one field of an input. `message` only where the thrower knows better than the code's own text. */
export interface Fault {
  code: ErrorCode;
  field?: string[];
  params?: Record<string, string | number>;
  message?: string;
}

/** What the user can mend: thrown by verbs with every fault at once, turned into the payload's `errors` in one place. */
export class Refused extends Error {
  readonly faults: Fault[];
  constructor(...faults: Fault[]) {
    super(`refused: ${faults.map((fault) => fault.code).join(', ')}`);
    this.faults = faults;
  }
}

/** Everything else that is no defect of ours: becomes a GraphQL error with this code. */
export class RequestError extends GraphQLError {
  constructor(code: ErrorCode, message: string) {
    super(message, { extensions: { code } });
  }
}

export const notFound = (): RequestError => new RequestError(ErrorCode.NOT_FOUND, 'Not found.');
export const conflict = (message: string): RequestError => new RequestError(ErrorCode.CONFLICT, message);

/** The payload form of a fault: `UserError` of the public schema. */
export interface UserError {
  code: ErrorCode;
  field: string[];
  message: string;
}

/** Texts per code; `{name}` is replaced by a parameter. */
export type Messages = Partial<Record<ErrorCode, Texts>>;

export function toUserErrors(faults: Fault[], language: Language, messages: Messages): UserError[] {
  return faults.map(({ code, field = [], params = {}, message }) => ({
    code,
    field,
    message: message ?? fill(messages[code]?.[language] ?? code, params),
  }));
}

function fill(template: string, params: Record<string, string | number>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}
