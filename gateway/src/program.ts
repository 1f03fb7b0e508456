import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import { type FieldNode, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { joinFetches } from './joint-fetch.ts';
import { compileRequires, type Represent } from './representations.ts';

/** A path into the data fetched so far; `@` stands for every element of a list. */
export type DataPath = readonly string[];

export interface Fetch {
  kind: 'fetch';
  service: string;
  /** The request's body up to the variables, made once. */
  prefix: string;
  variables: readonly string[];
  isMutation: boolean;
  /** What is fetched for the objects at a path; null: the root fields. */
  entities: { path: DataPath; represent: Represent } | null;
  /** The operation's text, for the virtual service. */
  operation: OperationDefinitionNode;
}

/** Several fetches of objects from one service in one call. */
export interface JointFetch extends Pick<Fetch, 'service' | 'prefix' | 'variables'> {
  kind: 'joint';
  parts: readonly Fetch[];
}

export type Step = Fetch | JointFetch | { kind: 'sequence' | 'parallel'; steps: readonly Step[] };

export type Data = Record<string, unknown>;

/**
 * Makes a plan ready to run: bodies written up to their variables, representations as text builders. Null for a plan with a
 * node that is unusual here (conditions, rewrites, deferred parts); those are left to the stock executor.
 */
export function compileProgram(plan: QueryPlan, possibleTypes: Readonly<Record<string, readonly string[]>>): Step | null {
  if (!plan.node) return { kind: 'sequence', steps: [] };
  if (plan.node.kind !== 'Subscription') return compileNode(plan.node, [], possibleTypes);
  const { primary, rest } = plan.node;
  const nodes = rest ? [primary, rest] : [primary];
  return compileAll('sequence', nodes, [], possibleTypes);
}

type PossibleTypes = Readonly<Record<string, readonly string[]>>;

function compileNode(node: PlanNode, path: DataPath, possibleTypes: PossibleTypes): Step | null {
  switch (node.kind) {
    case 'Sequence':
      return compileAll('sequence', node.nodes, path, possibleTypes);
    case 'Parallel':
      return compileAll('parallel', node.nodes, path, possibleTypes);
    case 'Flatten':
      return compileNode(node.node, [...path, ...node.path.map(String)], possibleTypes);
    case 'Fetch':
      return compileFetch(node, path, possibleTypes);
    default:
      return null;
  }
}

function compileAll(kind: 'sequence' | 'parallel', nodes: readonly PlanNode[], path: DataPath, possibleTypes: PossibleTypes): Step | null {
  const steps = nodes.map((node) => compileNode(node, path, possibleTypes));
  if (steps.includes(null)) return null;
  const known = steps.filter((step) => step !== null);
  return { kind, steps: kind === 'parallel' ? joinFetches(known) : known };
}

function compileFetch(node: FetchNode, path: DataPath, possibleTypes: PossibleTypes): Fetch | null {
  if (node.inputRewrites?.length || node.outputRewrites?.length || node.contextRewrites?.length) return null;
  const represent = node.requires ? compileRequires(node.requires, possibleTypes) : null;
  if (node.requires ? !represent : path.length > 0) return null;
  const [operation] = parse(node.operation, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return null;
  const name = node.operationName === undefined ? '' : `"operationName":${JSON.stringify(node.operationName)},`;
  return {
    kind: 'fetch',
    service: node.serviceName,
    prefix: `{"query":${JSON.stringify(node.operation)},${name}"variables":`,
    variables: node.variableUsages ?? [],
    isMutation: node.operationKind === 'mutation',
    entities: represent && { path, represent },
    operation,
  };
}

/** The names under which a fetch's root fields arrive. */
export function rootNames({ operation }: Fetch): string[] {
  return operation.selectionSet.selections
    .filter((selection): selection is FieldNode => selection.kind === Kind.FIELD)
    .map((field) => field.alias?.value ?? field.name.value);
}
