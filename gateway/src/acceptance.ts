import { ErrorCode } from '@atende/service/process';
import { getVariableValues } from 'graphql';
import type { DocumentFault, Operation } from './document.ts';
import type { Limits } from './limits.ts';
import { pageComplaint } from './page-sizes.ts';
import type { Data } from './program.ts';
import { type Complaint, tooComplex } from './refusals.ts';
import type { Supergraph } from './supergraph.ts';

/** What a client asks to run. */
export interface Asked {
  query: string;
  operationName?: string | null;
  variables?: Readonly<Data> | null;
}

/** An operation that passed every check, with what the checks found. */
export interface Accepted {
  /** The one that it was checked against, and is run by. */
  supergraph: Supergraph;
  operation: Operation;
  variables: Readonly<Data>;
  cost: number;
}

/** Why it may not run: a complaint of the gateway's, or faults of the document and its variables. */
export type Refused = { complaint: Complaint } | { errors: readonly DocumentFault[] };

/** Everything that is decided about a request before planning. */
export function accept(supergraph: Supergraph, { query, operationName, variables: given }: Asked, limits: Limits): Accepted | Refused {
  const document = supergraph.document(query);
  if (!('operations' in document)) return document;
  const operation = choose(document.operations, operationName);
  if (!operation) return { complaint: { code: ErrorCode.BAD_USER_INPUT, refusal: 'unknownOperation' } };
  const variables = given ?? {};
  if (!operation.hasPlainVariables(variables)) {
    if (nestsDeeper(variables, limits.variableDepth)) {
      return { complaint: { code: ErrorCode.TOO_COMPLEX, refusal: 'variablesTooDeep', values: { max: limits.variableDepth } } };
    }
    const options = { maxErrors: 10, hideSuggestions: !supergraph.isOpen };
    const { errors } = getVariableValues(supergraph.schema, operation.node.variableDefinitions ?? [], variables, options);
    if (errors) return { errors };
  }
  const complaint = pageComplaint(operation.cost.paged, variables, limits.page);
  if (complaint) return { complaint };
  const cost = operation.cost.of(variables);
  if (cost > limits.cost) return { complaint: tooComplex('tooCostly', cost, limits.cost) };
  return { supergraph, operation, variables, cost };
}

/** Whether lists and objects stand in each other at more than so many levels. */
function nestsDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels < 0 || Object.values(value).some((within) => nestsDeeper(within, levels - 1));
}

function choose(operations: readonly Operation[], name: string | null | undefined): Operation | null {
  if (name) return operations.find((operation) => operation.name === name) ?? null;
  return operations.length === 1 ? (operations[0] ?? null) : null;
}
