import { type FieldNode, Kind, type SelectionSetNode, type ValueNode } from 'graphql';
import type { Data, Fetch } from './program.ts';
import type { ReportedError, ServiceAnswer } from './run-program.ts';

/** An event as the virtual subgraph answers it: `__typename`, `id` and what the audience call added. */
export type EventValue = Data & { __typename: string; id: string };

export interface VirtualSource {
  /** The event that the subscription is executed for. */
  event?: EventValue;
  /** Finds the object of a global id: its type where it exists and may be seen, or the failure to find out. */
  locate(id: string): Promise<{ type: string | null } | ServiceAnswer>;
}

/** Answers a fetch of the `live` subgraph, which exists only here. */
export async function answerVirtual(
  { operation }: Fetch,
  variables: Readonly<Data>,
  { event, locate }: VirtualSource,
): Promise<ServiceAnswer> {
  const data: Data = {};
  const errors: ReportedError[] = [];
  for (const field of fieldsOf(operation.selectionSet, null)) {
    const name = field.alias?.value ?? field.name.value;
    if (field.name.value !== 'node') data[name] = event && field.selectionSet ? select(event, field.selectionSet) : null;
    else {
      const id = String(argument(field, 'id', variables));
      const located = await locate(id);
      const type = 'type' in located ? located.type : null;
      data[name] = type && field.selectionSet ? select({ __typename: type, id }, field.selectionSet) : null;
      if ('failed' in located && located.failed) errors.push({ ...located.failed, path: [name] });
    }
  }
  return errors.length > 0 ? { data, errors } : { data };
}

function select(value: EventValue, set: SelectionSetNode): Data {
  const selected: Data = {};
  for (const { alias, name } of fieldsOf(set, value.__typename)) selected[alias?.value ?? name.value] = value[name.value] ?? null;
  return selected;
}

/** Fields of a selection for one type. The planner writes no named fragments into the texts of this subgraph. */
function fieldsOf(set: SelectionSetNode, type: string | null): FieldNode[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    if (selection.kind !== Kind.INLINE_FRAGMENT) return [];
    const condition = selection.typeCondition?.name.value;
    return condition === undefined || condition === type || condition === 'Node' ? fieldsOf(selection.selectionSet, type) : [];
  });
}

function argument(field: FieldNode, name: string, variables: Readonly<Data>): unknown {
  const value: ValueNode | undefined = field.arguments?.find((given) => given.name.value === name)?.value;
  if (value?.kind === Kind.VARIABLE) return variables[value.name.value];
  return value?.kind === Kind.STRING || value?.kind === Kind.INT ? value.value : null;
}
