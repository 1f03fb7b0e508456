import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { ErrorCode, type Language, negotiateLanguage, readTraceparent } from '@atende/service/process';
import { type AccessTokens, ANONYMOUS, KeysUnavailable, TokenRefused, type Visitor } from './access-token.ts';
import { ApiKeys, KeysUnknown } from './api-keys.ts';
import type { Complaint } from './refusals.ts';
import { type Sessions, SessionsUnknown } from './sessions.ts';

/** Why a visitor is not let in. */
export class NotAdmitted extends Error {
  readonly complaint: Complaint;

  constructor(complaint: Complaint) {
    super(complaint.refusal);
    this.complaint = complaint;
  }
}

const NOT_VALID: Complaint = { code: ErrorCode.UNAUTHENTICATED, refusal: 'unauthenticated' };
const CANNOT_TELL: Complaint = { code: ErrorCode.DEPENDENCY_UNAVAILABLE, refusal: 'unavailable', values: { service: 'identity' } };

/** Lets visitors in: their token or API key is valid and their session has not ended. One door for HTTP, sockets and files. */
export class Admission {
  readonly #tokens: AccessTokens;
  readonly #keys: ApiKeys;
  readonly #sessions: Sessions;

  constructor(tokens: AccessTokens, keys: ApiKeys, sessions: Sessions) {
    this.#tokens = tokens;
    this.#keys = keys;
    this.#sessions = sessions;
  }

  /** Who asks; a promise only where something must be verified. Throws or rejects with NotAdmitted. */
  admit(authorization: string | undefined): Visitor | Promise<Visitor> {
    if (!authorization) return ANONYMOUS;
    const key = ApiKeys.in(authorization);
    if (key !== undefined) return this.#admitKey(key);
    try {
      const visitor = this.#tokens.visitor(authorization);
      if (visitor instanceof Promise) return this.#verify(visitor);
      const alive = this.#isAlive(visitor);
      return alive === true ? visitor : this.#confirm(visitor, alive);
    } catch (error) {
      throw notAdmitted(error);
    }
  }

  /** A key outlives its sessions: where one has ended, identity says whether there is another, and with what rights. */
  async #admitKey(key: string): Promise<Visitor> {
    try {
      const visitor = await this.#keys.visitor(key);
      if (await this.#isAlive(visitor)) return visitor;
      const renewed = await this.#keys.renewed(key, visitor);
      return await this.#confirm(renewed, this.#isAlive(renewed));
    } catch (error) {
      throw notAdmitted(error);
    }
  }

  async #verify(verifying: Promise<Visitor>): Promise<Visitor> {
    const visitor = await verifying.catch((error: unknown) => {
      throw notAdmitted(error);
    });
    return this.#confirm(visitor, this.#isAlive(visitor));
  }

  async #confirm(visitor: Visitor, alive: boolean | Promise<boolean>): Promise<Visitor> {
    try {
      if (await alive) return visitor;
    } catch (error) {
      throw notAdmitted(error);
    }
    throw new NotAdmitted(NOT_VALID);
  }

  #isAlive({ sessionId }: Visitor): boolean | Promise<boolean> {
    return sessionId === null || this.#sessions.isAlive(sessionId);
  }
}

function notAdmitted(error: unknown): unknown {
  if (error instanceof TokenRefused) return new NotAdmitted(NOT_VALID);
  if (error instanceof KeysUnavailable || error instanceof KeysUnknown || error instanceof SessionsUnknown)
    return new NotAdmitted(CANNOT_TELL);
  return error;
}

const REQUEST_ID = /^[\w-]{8,64}$/;

/** The client's id of the request where it has a sane form, so that one id leads from the click to the push. */
export function requestIdOf({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : `req_${randomUUID()}`;
}

/** The client's trace goes on here. It is an id to find things by, never a word about who asks. */
export const traceparentOf = ({ headers }: IncomingMessage): string | null => readTraceparent(headers.traceparent);

/** The client's address. A proxy's word counts only where one is configured, and then only the entry that it wrote itself. */
export function addressOf({ headers, socket }: IncomingMessage, trustProxy: boolean): string {
  const forwarded = trustProxy ? headers['x-forwarded-for'] : undefined;
  const last = typeof forwarded === 'string' ? forwarded.split(',').at(-1)?.trim() : undefined;
  return (last && isIP(last) ? last : socket.remoteAddress) ?? '';
}

const negotiated = new Map<string, Language>();

/** As `negotiateLanguage`, remembered: a handful of browsers' headers make nearly all requests. */
export function languageOf(header: string | undefined, fallback: Language): Language {
  if (!header) return fallback;
  const key = `${fallback} ${header}`;
  const known = negotiated.get(key);
  if (known) return known;
  if (negotiated.size >= 1_000) negotiated.clear();
  const language = negotiateLanguage(header, fallback);
  negotiated.set(key, language);
  return language;
}
