import { createHash } from 'node:crypto';
import { ErrorCode } from '@atende/service/process';
import type { Complaint } from './refusals.ts';

/** What a client sent, before anybody has looked at its parts. */
export type Sent = Readonly<Record<string, unknown>>;

/** With its text, or why there is none. */
export type Resolved = { sent: Sent } | { sent: null; complaint: Complaint };

const UNKNOWN: Complaint = { code: ErrorCode.NOT_FOUND, refusal: 'unknownDocument' };
/** Its words are what clients of persisted queries wait for before they send the text. */
const UNKNOWN_QUERY: Complaint = { code: ErrorCode.NOT_FOUND, refusal: 'persistedQueryNotFound' };
const MALFORMED: Complaint = { code: ErrorCode.BAD_USER_INPUT, refusal: 'malformedDocumentId' };
const NOT_STORED: Complaint = { code: ErrorCode.FORBIDDEN, refusal: 'onlyStoredDocuments' };

/** Documents that clients have stored. They may be asked for by their SHA-256, and where only they are trusted nothing else is run. */
export class TrustedDocuments {
  readonly #only: boolean;
  #texts: ReadonlyMap<string, string> = new Map();
  #known: ReadonlySet<string> = new Set();

  /** @param only whether nothing but them is run */
  constructor(only: boolean) {
    this.#only = only;
  }

  /** Replaces all of them. */
  use(texts: readonly string[]): void {
    this.#texts = new Map(texts.map((text) => [createHash('sha256').update(text).digest('hex'), text]));
    this.#known = new Set(texts);
  }

  /**
   * Puts the text in the place of an id: `documentId: "sha256:…"`, or `extensions.persistedQuery.sha256Hash` where no query stands beside it.
   * What names no document is handed back as it is.
   */
  resolve(sent: Sent): Resolved {
    const { documentId, query, extensions, ...rest } = sent;
    const hasText = query !== undefined && query !== null && query !== '';
    if (documentId !== undefined && documentId !== null) {
      const digest = /^sha256:([0-9a-f]{64})$/.exec(String(documentId))?.[1];
      return digest && !hasText
        ? this.#named(digest, { ...rest, ...(extensions !== undefined && { extensions }) }, UNKNOWN)
        : refused(MALFORMED);
    }
    const { persistedQuery, ...others } = asObject(extensions);
    if (persistedQuery === undefined) return { sent };
    const unnamed = Object.keys(others).length > 0 ? { ...rest, extensions: others } : rest;
    if (hasText) return { sent: { ...unnamed, query } };
    const digest = asObject(persistedQuery).sha256Hash;
    if (typeof digest !== 'string') return refused(MALFORMED);
    return this.#named(digest, unnamed, UNKNOWN_QUERY);
  }

  /** Why a text may not be run; null: it may. */
  distrust(text: string): Complaint | null {
    return this.#only && !this.#known.has(text) ? NOT_STORED : null;
  }

  #named(digest: string, rest: Sent, unknown: Complaint): Resolved {
    const query = this.#texts.get(digest);
    return query === undefined ? refused(unknown) : { sent: { ...rest, query } };
  }
}

const refused = (complaint: Complaint): Resolved => ({ sent: null, complaint });

const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
