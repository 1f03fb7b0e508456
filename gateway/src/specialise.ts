import { type DirectiveNode, type DocumentNode, type FieldNode, Kind, type SelectionNode, type SelectionSetNode, visit } from 'graphql';

/** Stands where @skip and @include left a selection empty; the answer leaves it out. */
export const EMPTY_MARK = '__nothing';

const EMPTY: FieldNode = {
  kind: Kind.FIELD,
  alias: { kind: Kind.NAME, value: EMPTY_MARK },
  name: { kind: Kind.NAME, value: '__typename' },
};

/** The variables that decide what is selected, sorted. */
export function conditionVariables(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive(node) {
      const variable = conditionOf(node);
      if (typeof variable === 'string') names.add(variable);
    },
  });
  return [...names].sort();
}

export function hasConditions(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Directive(node) {
      if (conditionOf(node) !== null) found = true;
    },
  });
  return found;
}

/** The document with every @skip and @include decided, so that plans and answers know no conditions at all. */
export function specialise(document: DocumentNode, values: Readonly<Record<string, boolean>>): DocumentNode {
  const isKept = (selection: SelectionNode) =>
    (selection.directives ?? []).every((directive) => {
      const condition = conditionOf(directive);
      if (condition === null) return true;
      const value = typeof condition === 'string' ? values[condition] === true : condition;
      return directive.name.value === 'skip' ? !value : value;
    });
  return visit(document, {
    SelectionSet(node): SelectionSetNode {
      const selections = node.selections.filter(isKept);
      return { ...node, selections: selections.length > 0 ? selections : [EMPTY] };
    },
    Directive: (node) => (conditionOf(node) === null ? undefined : null),
  });
}

/** The variable or the constant that a @skip or @include depends on; null for any other directive. */
function conditionOf({ name, arguments: given = [] }: DirectiveNode): string | boolean | null {
  if (name.value !== 'skip' && name.value !== 'include') return null;
  const value = given.find((argument) => argument.name.value === 'if')?.value;
  if (value?.kind === Kind.VARIABLE) return value.name.value;
  return value?.kind === Kind.BOOLEAN ? value.value : null;
}
