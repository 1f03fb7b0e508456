/** Why a file's content was refused. Names are part of the public schema; the README documents the case behind each. */
export const REFUSAL_REASONS = [
  'ACTIVE_CONTENT',
  'ARCHIVE_NOT_INSPECTABLE',
  'BOMB',
  'BROKEN_ARCHIVE',
  'DISGUISED',
  'ENCRYPTED',
  'EXECUTABLE',
  'MACROS',
  'MALWARE',
  'NESTED_TOO_DEEP',
  'NOT_AN_ARCHIVE',
  'NOT_INSPECTED',
  'POLYGLOT',
  'TRAVERSAL',
] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** Thrown from wherever in a file the first reason is found; `inspect` turns it into the verdict. */
export class Refusal extends Error {
  readonly reason: RefusalReason;
  constructor(reason: RefusalReason) {
    super(reason);
    this.reason = reason;
  }
}

/** What the inspection of a complete file found. */
export type Verdict = { passed: true; mediaType: string; archive: boolean } | { passed: false; reason: RefusalReason; mediaType: string };
