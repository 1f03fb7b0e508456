import { ErrorCode } from '@atende/service/process';
import { type DocumentNode, type FragmentDefinitionNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import type { Limits } from './limits.ts';
import { mergingComplaint } from './operation-merging.ts';
import { type Complaint, tooComplex } from './refusals.ts';

/** How large a selection is once its fragments are expanded. */
interface Extent {
  depth: number;
  introspectionDepth: number;
  aliases: number;
  fields: number;
  /** An alias that begins with two underscores, which GraphQL keeps for itself (and `__proto__` is one). */
  reserved: boolean;
}

const NOTHING: Extent = { depth: 0, introspectionDepth: 0, aliases: 0, fields: 0, reserved: false };

/**
 * Checks what can be seen without a schema. It runs before validation, whose own time grows with what is refused here, and
 * counts fragments by arithmetic: each is measured once, so a bomb of fragments costs nothing.
 */
export function shapeComplaint(document: DocumentNode, limits: Limits): Complaint | null {
  const fragments = new Map<string, FragmentDefinitionNode>();
  const operations: OperationDefinitionNode[] = [];
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    if (definition.kind === Kind.OPERATION_DEFINITION) operations.push(definition);
  }
  const [found, max] = [operations.length, limits.operations];
  if (found > max) return { code: ErrorCode.BAD_USER_INPUT, refusal: 'tooManyInDocument', values: { found, max } };
  const directives = mostDirectives(document);
  if (directives > limits.directivesPerNode) return tooComplex('tooManyDirectives', directives, limits.directivesPerNode);

  const measured = new Map<string, Extent>();
  for (const operation of operations) {
    const { depth, introspectionDepth, aliases, fields, reserved } = measure(operation.selectionSet);
    if (reserved) return { code: ErrorCode.BAD_USER_INPUT, refusal: 'reservedAlias' };
    if (depth > limits.depth) return tooComplex('tooDeep', depth, limits.depth);
    if (introspectionDepth > limits.introspectionDepth) return tooComplex('tooDeep', introspectionDepth, limits.introspectionDepth);
    if (aliases > limits.aliases) return tooComplex('tooManyAliases', aliases, limits.aliases);
    if (fields > limits.rootFields) return tooComplex('tooManyRootFields', fields, limits.rootFields);
    const complaint = mergingComplaint(operation, fragments, limits);
    if (complaint) return complaint;
  }
  return null;

  function measure(set: SelectionSetNode): Extent {
    const total = { ...NOTHING };
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const below = selection.selectionSet ? measure(selection.selectionSet) : NOTHING;
        const isIntrospection = selection.name.value === '__schema' || selection.name.value === '__type';
        if (isIntrospection) total.introspectionDepth = Math.max(total.introspectionDepth, below.depth + 1);
        else total.depth = Math.max(total.depth, below.depth + 1);
        total.introspectionDepth = Math.max(total.introspectionDepth, below.introspectionDepth);
        total.aliases += below.aliases + (selection.alias ? 1 : 0);
        total.fields += 1;
        total.reserved ||= below.reserved || Boolean(selection.alias?.value.startsWith('__'));
      } else {
        const below = selection.kind === Kind.INLINE_FRAGMENT ? measure(selection.selectionSet) : measureFragment(selection.name.value);
        total.depth = Math.max(total.depth, below.depth);
        total.introspectionDepth = Math.max(total.introspectionDepth, below.introspectionDepth);
        total.aliases += below.aliases;
        total.fields += below.fields;
        total.reserved ||= below.reserved;
      }
    }
    return total;
  }

  function measureFragment(name: string): Extent {
    const known = measured.get(name);
    if (known) return known;
    measured.set(name, NOTHING); // a fragment inside itself ends here; validation refuses it later
    const fragment = fragments.get(name);
    const extent = fragment ? measure(fragment.selectionSet) : NOTHING;
    measured.set(name, extent);
    return extent;
  }
}

/** The most directives that stand on one node. A plain walk: `visit` of graphql-js is slower than all else here. */
function mostDirectives(node: unknown): number {
  let most = 0;
  const open: unknown[] = [node];
  while (open.length > 0) {
    const next = open.pop();
    if (Array.isArray(next)) open.push(...next);
    else if (isNode(next)) {
      if (next.directives) most = Math.max(most, next.directives.length);
      for (const [key, value] of Object.entries(next)) if (key !== 'loc' && value !== null && typeof value === 'object') open.push(value);
    }
  }
  return most;
}

const isNode = (value: unknown): value is { directives?: readonly unknown[] } =>
  typeof value === 'object' && value !== null && 'kind' in value;
