import { type FieldNode, type FragmentDefinitionNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import type { Limits } from './limits.ts';
import { type Complaint, tooComplex } from './refusals.ts';

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/**
 * Holds down what is selected under one name in one place again and again: validation compares every two of them, so that its time grows
 * with the square. The selection is walked as it will be merged, no further than an operation may cost and be deep.
 */
export function mergingComplaint(operation: OperationDefinitionNode, fragments: Fragments, limits: Limits): Complaint | null {
  let pairs = 0;
  let places = 0;
  return walk([operation.selectionSet], 0);

  function walk(sets: readonly SelectionSetNode[], depth: number): Complaint | null {
    if (depth > limits.introspectionDepth) return null; // fragments in a circle: validation says so
    for (const nodes of merged(sets, fragments).values()) {
      pairs += (nodes.length * (nodes.length - 1)) / 2;
      places += 1;
      if (pairs > limits.repeats) return tooComplex('tooManyRepeats', pairs, limits.repeats);
      if (places > limits.cost) return tooComplex('tooCostly', places, limits.cost);
      const complaint = walk(
        nodes.flatMap(({ selectionSet }) => selectionSet ?? []),
        depth + 1,
      );
      if (complaint) return complaint;
    }
    return null;
  }
}

/** The fields of selections by the names in the answer. */
function merged(sets: readonly SelectionSetNode[], fragments: Fragments): Map<string, FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const spread = new Set<string>();
  const open = [...sets];
  for (let set = open.pop(); set; set = open.pop()) {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const name = (selection.alias ?? selection.name).value;
        const same = fields.get(name);
        if (same) same.push(selection);
        else fields.set(name, [selection]);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) open.push(selection.selectionSet);
      else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value);
        const fragment = fragments.get(selection.name.value);
        if (fragment) open.push(fragment.selectionSet);
      }
    }
  }
  return fields;
}
