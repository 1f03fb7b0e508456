import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import type { Limits } from './limits.ts';

/** A page size as it stands in the document. */
export type PageSize = { literal: number } | { variable: string; fallback: number | null };

/** A field that takes `first` and `last`. On a connection one of them is required. */
export interface PagedField {
  coordinate: string;
  required: boolean;
  sizes: { argument: 'first' | 'last'; size: PageSize }[];
}

/** What one page size is worth with these variables; null when it is not given. An explicit null overrides a default. */
export function givenSize(size: PageSize, variables: Readonly<Record<string, unknown>>): number | null {
  if ('literal' in size) return size.literal;
  const value = size.variable in variables ? variables[size.variable] : size.fallback;
  return typeof value === 'number' ? value : null;
}

/** `weight × every page`: what a part of the operation costs once the page sizes are known. */
interface Term {
  weight: number;
  /** Each page is as large as the largest of `first` and `last`. */
  pages: readonly (readonly PageSize[])[];
}

export interface OperationCost {
  paged: PagedField[];
  /** What the operation costs with these variables. Page sizes must have been checked; one that is missing counts as assumed. */
  of(variables: Readonly<Record<string, unknown>>): number;
}

/**
 * Costs one point per field, times the size of every list it stands in: `first` or `last` where given, else an assumed
 * size, and never zero. It is worked out once per document; a request only fills in its variables.
 */
export function operationCost(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  { assumedList }: Pick<Limits, 'assumedList'>,
): OperationCost {
  const paged = new Map<FieldNode, PagedField>();
  const fallbacks = variableFallbacks(operation);
  const fragmentTerms = new Map<string, Term[]>();
  const root = schema.getRootType(operation.operation);
  const terms = merge(termsOf(operation.selectionSet, root?.name ?? ''));
  const fixed = terms.filter((term) => term.pages.length === 0).reduce((sum, term) => sum + term.weight, 0);
  const varying = terms.filter((term) => term.pages.length > 0);

  return {
    paged: [...paged.values()],
    of(variables) {
      let cost = fixed;
      for (const { weight, pages } of varying) {
        let product = weight;
        for (const page of pages) product *= largest(page, variables);
        cost += product;
      }
      return cost;
    },
  };

  function largest(page: readonly PageSize[], variables: Readonly<Record<string, unknown>>): number {
    let size = 0;
    for (const alternative of page) size = Math.max(size, givenSize(alternative, variables) ?? 0);
    return size || assumedList;
  }

  function termsOf(set: SelectionSetNode, parent: string): Term[] {
    const terms: Term[] = [];
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) terms.push(...fieldTerms(selection, parent));
      else if (selection.kind === Kind.INLINE_FRAGMENT)
        terms.push(...termsOf(selection.selectionSet, selection.typeCondition?.name.value ?? parent));
      else terms.push(...termsOfFragment(selection.name.value));
    }
    return merge(terms);
  }

  function termsOfFragment(name: string): Term[] {
    const known = fragmentTerms.get(name);
    if (known) return known;
    const fragment = fragments.get(name);
    const terms = fragment ? termsOf(fragment.selectionSet, fragment.typeCondition.name.value) : [];
    fragmentTerms.set(name, terms);
    return terms;
  }

  function fieldTerms(node: FieldNode, parent: string): Term[] {
    const own: Term = { weight: 1, pages: [] };
    const field = fieldOf(schema, parent, node.name.value);
    if (!field) return [own]; // introspection has limits of its own
    const page = pageOf(node, field, parent);
    const below = node.selectionSet ? termsOf(node.selectionSet, getNamedType(field.type).name) : [];
    if (page) return [own, ...below.map((term) => times(term, page))];
    const listed = isList(field.type) && !isThePageItself(parent, field.name);
    return [own, ...below.map((term) => (listed ? { ...term, weight: term.weight * assumedList } : term))];
  }

  /** The page sizes of a field that takes them; null of any other. */
  function pageOf(node: FieldNode, field: GraphQLField<unknown, unknown>, parent: string): PageSize[] | null {
    const taken = (['first', 'last'] as const).filter((argument) => field.args.some(({ name }) => name === argument));
    if (taken.length === 0) return null;
    const sizes = taken.flatMap((argument) => {
      const size = pageSize(node.arguments?.find(({ name }) => name.value === argument)?.value, fallbacks);
      return size ? [{ argument, size }] : [];
    });
    const required = getNamedType(field.type).name.endsWith('Connection');
    paged.set(node, { coordinate: `${parent}.${field.name}`, required, sizes });
    return sizes.map(({ size }) => size);
  }
}

function times({ weight, pages }: Term, page: readonly PageSize[]): Term {
  const [only, ...others] = page;
  if (only && 'literal' in only && others.length === 0) return { weight: weight * Math.max(1, only.literal), pages };
  return { weight, pages: [...pages, page] };
}

/** Terms with the same pages become one. */
function merge(terms: Term[]): Term[] {
  const merged = new Map<string, Term>();
  for (const term of terms) {
    const key = term.pages
      .map((page) => JSON.stringify(page))
      .sort()
      .join();
    const before = merged.get(key);
    merged.set(key, before ? { ...before, weight: before.weight + term.weight } : term);
  }
  return [...merged.values()];
}

function pageSize(value: ValueNode | undefined, fallbacks: ReadonlyMap<string, number | null>): PageSize | null {
  if (value?.kind === Kind.INT) return { literal: Number(value.value) };
  if (value?.kind === Kind.VARIABLE) return { variable: value.name.value, fallback: fallbacks.get(value.name.value) ?? null };
  return null;
}

function variableFallbacks(operation: OperationDefinitionNode): Map<string, number | null> {
  return new Map(
    (operation.variableDefinitions ?? []).map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue?.kind === Kind.INT ? Number(defaultValue.value) : null,
    ]),
  );
}

function fieldOf(schema: GraphQLSchema, parent: string, name: string): GraphQLField<unknown, unknown> | undefined {
  const type = schema.getType(parent);
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
}

/** `edges` and `nodes` of a connection are as many as its page, which is counted already. */
const isThePageItself = (parent: string, field: string) => parent.endsWith('Connection') && (field === 'edges' || field === 'nodes');

function isList(type: GraphQLOutputType): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}
