import { type FieldNode, Kind, type SelectionSetNode, valueFromASTUntyped } from 'graphql';
import type { Data, Fetch } from './program.ts';
import type { ReportedError, ServiceAnswer } from './run-program.ts';

/** An event as the virtual subgraph answers it: `__typename`, `id` and what the audience call added. */
export type EventValue = Data & { __typename: string; id: string };

export interface VirtualSource {
  /** The event that the subscription is executed for. */
  event?: EventValue;
  /** Root field → the type that it answers with its own arguments. */
  entries: Readonly<Record<string, string>>;
  /** Finds the object of a global id: its type where it exists and may be seen, or the failure to find out. */
  locate(id: string): Promise<{ type: string | null } | ServiceAnswer>;
}

/** Answers a fetch of the `live` subgraph, which exists only here. */
export async function answerVirtual(
  { operation }: Fetch,
  variables: Readonly<Data>,
  { event, entries, locate }: VirtualSource,
): Promise<ServiceAnswer> {
  const data: Data = {};
  const errors: ReportedError[] = [];
  for (const field of fieldsOf(operation.selectionSet, null)) {
    const name = field.alias?.value ?? field.name.value;
    const entry = entries[field.name.value];
    if (entry !== undefined) data[name] = select({ __typename: entry, ...argumentsOf(field, variables) }, field.selectionSet);
    else if (field.name.value !== 'node') data[name] = event ? select(event, field.selectionSet) : null;
    else {
      const id = String(argumentsOf(field, variables).id);
      const located = await locate(id);
      const type = 'type' in located ? located.type : null;
      data[name] = type === null ? null : select({ __typename: type, id }, field.selectionSet);
      if ('failed' in located && located.failed) errors.push({ ...located.failed, path: [name] });
    }
  }
  return errors.length > 0 ? { data, errors } : { data };
}

function select(value: Data & { __typename: string }, set: SelectionSetNode | undefined): Data {
  const selected: Data = {};
  for (const { alias, name } of fieldsOf(set ?? NOTHING, value.__typename))
    selected[alias?.value ?? name.value] = value[name.value] ?? null;
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

const NOTHING: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: [] };

const argumentsOf = (field: FieldNode, variables: Readonly<Data>): Data =>
  Object.fromEntries((field.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value, variables)]));
