import { type FieldNode, Kind, type OperationDefinitionNode, print, stripIgnoredCharacters, type VariableDefinitionNode } from 'graphql';
import type { Fetch, JointFetch, Step } from './program.ts';

const REPRESENTATIONS = 'representations';

/**
 * Steps that run side by side, those to the same service as one: two calls cost their service and the gateway nearly twice as much as one
 * that asks for both. Only fetches of objects are joined; a failed root field could take others with it.
 */
export function joinFetches(steps: readonly Step[]): Step[] {
  const byService = Map.groupBy(steps, (step) => (isJoinable(step) ? step.service : ''));
  const joined = new Set<string>();
  return steps.flatMap((step): Step[] => {
    if (!isJoinable(step)) return [step];
    if (joined.has(step.service)) return [];
    joined.add(step.service);
    const parts = byService.get(step.service)?.filter(isJoinable) ?? [step];
    return parts.length > 1 && agreeOnVariables(parts) ? [join(step.service, parts)] : parts;
  });
}

/** Under which name a part's objects arrive, and its representations leave. */
export const entitiesOf = (part: number): string => `_${part}`;

function isJoinable(step: Step): step is Fetch {
  return step.kind === 'fetch' && step.entities !== null && !step.isMutation && rootOf(step) !== null;
}

/** The only field of a fetch of objects. */
function rootOf({ operation: { directives = [], selectionSet } }: Fetch): FieldNode | null {
  const [root, ...more] = selectionSet.selections;
  const isPlain = root?.kind === Kind.FIELD && root.name.value === '_entities' && !root.alias && root.directives?.length === 0;
  return isPlain && more.length === 0 && directives.length === 0 ? root : null;
}

const otherVariables = ({ operation }: Fetch): VariableDefinitionNode[] =>
  (operation.variableDefinitions ?? []).filter(({ variable }) => variable.name.value !== REPRESENTATIONS);

function agreeOnVariables(parts: readonly Fetch[]): boolean {
  const known = new Map<string, string>();
  return parts.flatMap(otherVariables).every((definition) => {
    const name = definition.variable.name.value;
    const text = print(definition);
    if (!known.has(name)) known.set(name, text);
    return known.get(name) === text;
  });
}

function join(service: string, parts: readonly Fetch[]): JointFetch {
  const variables = new Map(parts.flatMap(otherVariables).map((definition) => [definition.variable.name.value, definition]));
  const operation: OperationDefinitionNode = {
    ...(parts[0] as Fetch).operation,
    variableDefinitions: [...parts.map(representationsOf), ...variables.values()],
    selectionSet: { kind: Kind.SELECTION_SET, selections: parts.map(selectionOf) },
  };
  const name = operation.name ? `"operationName":${JSON.stringify(operation.name.value)},` : '';
  return {
    kind: 'joint',
    service,
    prefix: `{"query":${JSON.stringify(stripIgnoredCharacters(print(operation)))},${name}"variables":`,
    variables: [...new Set(parts.flatMap((part) => part.variables))],
    parts,
  };
}

function representationsOf({ operation }: Fetch, part: number): VariableDefinitionNode {
  const given = operation.variableDefinitions?.find(({ variable }) => variable.name.value === REPRESENTATIONS);
  if (!given) throw new Error('a fetch of objects has a variable for them');
  return { ...given, variable: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: entitiesOf(part) } } };
}

function selectionOf(fetch: Fetch, part: number): FieldNode {
  const root = rootOf(fetch);
  if (!root) throw new Error('only fetches of objects are joined');
  const name = { kind: Kind.NAME, value: entitiesOf(part) } as const;
  const value = { kind: Kind.VARIABLE, name } as const;
  return {
    ...root,
    alias: name,
    arguments: [{ kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: REPRESENTATIONS }, value }],
  };
}
