import type { Draft, Publication } from './publication.ts';
import type { OperationsReport, SeenOperation } from './seen-operation.ts';

/** The newest publication and what a publisher has to show to put another one after it. */
export interface Newest {
  publication: Publication;
  /** Opaque; another publication has another one. */
  tag: string;
}

/** Stored documents and a tag that is another one when they are. */
export interface StoredTexts {
  texts: string[];
  tag: string;
}

/**
 * Where the graph is published: services' SDL, the supergraph of each publication, who and when, and the operations that gateways have seen.
 * Every method rejects with RegistryError.
 */
export interface Registry {
  /** For people: a folder or an address. */
  readonly place: string;
  /** The newest publication; null when there is none; UNCHANGED when `known` is still its tag. */
  newest(known?: string): Promise<Newest | null | 'UNCHANGED'>;
  /** Newest first. */
  history(limit: number): Promise<Publication[]>;
  /** A text by its digest, checked against it. */
  text(digest: string): Promise<string>;
  /** Keeps a text that a publication is going to name. */
  keep(text: string): Promise<void>;
  /**
   * Puts a publication after the one whose tag is `after` (null: as the first); the texts it names are kept already.
   * It is there afterwards, or it is not. PUBLISHED_MEANWHILE when somebody else was quicker.
   */
  append(draft: Draft, after: string | null): Promise<Publication>;
  /** Adds what a gateway has seen since its last report. */
  report(reporter: string, seen: readonly SeenOperation[]): Promise<void>;
  /** Replaces the stored documents of a client and the operations in them, which count as seen for ever. */
  store(client: string, operations: readonly SeenOperation[], texts?: readonly string[]): Promise<void>;
  /** Every stored document of all clients; UNCHANGED when `known` is still their tag. What cannot be read is left out. */
  documents(known?: string): Promise<StoredTexts | 'UNCHANGED'>;
  /** Everything seen and stored. */
  reports(): Promise<OperationsReport[]>;
}

export const FAULTS = {
  UNREACHABLE: 'the registry does not answer',
  DAMAGED: 'something in the registry is not what it should be',
  NOT_FOUND: 'it is not there',
  PUBLISHED_MEANWHILE: 'somebody else has published meanwhile',
  UNAUTHORIZED: 'the registry asks for a token that it knows',
  FORBIDDEN: 'this token may not do that',
  INVALID: 'the registry does not take this',
  TOO_LARGE: 'it is larger than the registry takes',
  FULL: 'the registry has no room left',
  NOT_WRITABLE: 'the registry cannot be written',
} as const;
export type Fault = keyof typeof FAULTS;

/** Why the registry did not do it. */
export class RegistryError extends Error {
  readonly fault: Fault;
  readonly detail: string;

  constructor(fault: Fault, detail: string, options?: ErrorOptions) {
    super(`${FAULTS[fault]}: ${detail}`, options);
    this.name = 'RegistryError';
    this.fault = fault;
    this.detail = detail;
  }
}

const MEBIBYTE = 1_048_576; // bytes

/** What a registry takes, in bytes and counts. */
export const REGISTRY_LIMITS = {
  text: 8 * MEBIBYTE,
  publication: MEBIBYTE,
  report: 4 * MEBIBYTE,
  /** Operations that one replica's or client's file holds, and characters of their texts. */
  operations: 5_000,
  operationsSize: 8 * MEBIBYTE,
  /** Clients with stored documents. */
  clients: 1_000,
};
