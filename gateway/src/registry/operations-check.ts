import { type GraphQLSchema, parse, specifiedRules, validate } from 'graphql';
import type { Break } from './input-fit.ts';
import { operationBreaks } from './operation-breaks.ts';
import { keyOf, merged, type OperationsReport, REMEMBERED_DAYS, type SeenOperation } from './seen-operation.ts';

/** A file of operations that must go on working: an example, a client's persisted documents. */
export interface StoredDocument {
  file: string;
  text: string;
}

/** An operation that a change would break, and whose it is. */
export interface Broken {
  /** Its name, else the file it stands in, else how its hash begins. */
  operation: string;
  hash: string | null;
  breaks: Break[];
  /** `portal 1.4.2`; empty: clients that did not say who they are. */
  clients: string[];
  /** Null: it is stored, nobody needs to have sent it. */
  last: string | null;
  count: number;
}

export interface OperationsCheck {
  broken: Broken[];
  /** How many operations were looked at. */
  operations: number;
  /** What makes the check less than complete, in sentences. */
  warnings: string[];
}

const day = 86_400_000; // ms

/** Checks everything seen and stored against a new public schema. */
export function checkOperations(
  reports: readonly OperationsReport[],
  documents: readonly StoredDocument[],
  before: GraphQLSchema,
  after: GraphQLSchema,
  now: Date,
): OperationsCheck {
  const since = new Date(now.getTime() - REMEMBERED_DAYS * day).toISOString();
  const all = together(reports).filter(({ stored, operation }) => stored !== null || operation.last >= since);
  const warnings = reports.flatMap(warningsOf);
  if (!reports.some(({ stored }) => !stored))
    warnings.push('No gateway has reported yet which operations it sees: nothing is known of clients.');
  const broken: Broken[] = [];
  for (const { operation, stored } of all) {
    const breaks = operationBreaks(operation.document, before, after);
    if (breaks.length > 0) broken.push(brokenOf(operation, stored, breaks));
  }
  for (const { file, text } of documents) {
    const fault = faultOf(text, before);
    if (fault) warnings.push(`${file} is no valid document today and was not looked at: ${fault}`);
    const breaks = fault ? [] : operationBreaks(text, before, after);
    if (breaks.length > 0) broken.push({ operation: file, hash: null, breaks, clients: [], last: null, count: 0 });
  }
  return { broken, operations: all.length + documents.length, warnings };
}

interface Known {
  operation: SeenOperation;
  /** The client whose stored document it is; null: it was seen. */
  stored: string | null;
}

/** The same operation in several replicas is one. */
function together(reports: readonly OperationsReport[]): Known[] {
  const known = new Map<string, Known>();
  for (const { operations, stored, reporter } of reports) {
    for (const operation of operations) {
      const key = `${keyOf(operation)} ${stored ? reporter : ''}`;
      const before = known.get(key);
      known.set(key, { operation: before ? merged(before.operation, operation) : operation, stored: stored ? reporter : null });
    }
  }
  return [...known.values()];
}

function brokenOf({ name, hash, clients, last, count }: SeenOperation, stored: string | null, breaks: Break[]): Broken {
  const operation = name ?? `an operation without a name (${hash.slice(0, 12)})`;
  return {
    operation,
    hash,
    breaks,
    clients: stored === null ? Object.keys(clients).sort() : [stored],
    last: stored === null ? last : null,
    count,
  };
}

function warningsOf({ reporter, dropped, damaged }: OperationsReport): string[] {
  const unread = damaged ? [`What ${reporter} reported cannot be read.`] : [];
  return dropped > 0 ? [...unread, `${reporter} saw ${dropped} more operations than there was room for.`] : unread;
}

function faultOf(text: string, schema: GraphQLSchema): string | undefined {
  try {
    return validate(schema, parse(text), specifiedRules, { maxErrors: 1 })[0]?.message;
  } catch (error) {
    return (error as Error).message;
  }
}
