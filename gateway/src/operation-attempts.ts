import { type FragmentDefinitionNode, Kind, type SelectionNode, type SelectionSetNode } from 'graphql';

/** Counts the tries at a secret in a root selection: each fragment once, its sum wherever it is spread. There are no cycles any more. */
export function attemptCounter(
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  marked: ReadonlySet<string>,
): (set: SelectionSetNode) => number {
  const known = new Map<string, number>();
  return marked.size === 0 ? () => 0 : within;

  function within({ selections }: SelectionSetNode): number {
    return selections.reduce((sum, selection) => sum + of(selection), 0);
  }

  function of(selection: SelectionNode): number {
    if (selection.kind === Kind.FIELD) return marked.has(selection.name.value) ? 1 : 0;
    if (selection.kind === Kind.INLINE_FRAGMENT) return within(selection.selectionSet);
    const name = selection.name.value;
    const fragment = fragments.get(name);
    const sum = known.get(name) ?? (fragment ? within(fragment.selectionSet) : 0);
    known.set(name, sum);
    return sum;
  }
}
