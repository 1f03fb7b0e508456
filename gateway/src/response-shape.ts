import {
  type DocumentNode,
  type FieldNode,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getOperationAST,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import type { Data } from './program.ts';
import { EMPTY_MARK } from './specialise.ts';

/** Brings a value to its type. Null where it is null or wrong; undefined where null is not allowed, so the parent must be null. */
type Complete = (value: unknown) => unknown;

interface ShapeField {
  name: string;
  /** Every object has something of this name, e.g. `constructor`: only its own counts. */
  inherited: boolean;
  complete: Complete;
}

/** Brings fetched data to what the operation asked for: its fields, their order, their nullability, and nothing else. */
export type Shape = (data: Data) => Data | null;

/** Compiles an operation (conditions already decided) into the function that completes its data. */
export function compileShape(schema: GraphQLSchema, document: DocumentNode, operationName: string | undefined): Shape {
  const operation = getOperationAST(document, operationName);
  const root = operation && schema.getRootType(operation.operation);
  if (!root) throw new Error('The document has no such operation');
  const fragments = new Map(
    document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  );
  const complete = completeObject(root, [operation.selectionSet]);
  return (data) => complete(data) as Data | null;

  function completeType(type: GraphQLOutputType, sets: readonly SelectionSetNode[]): Complete {
    if (isNonNullType(type)) {
      const nullable = completeType(type.ofType, sets);
      return (value) => nullable(value) ?? undefined;
    }
    if (isListType(type)) return completeList(completeType(type.ofType, sets));
    if (isLeafType(type)) return completeLeaf(type);
    return isObjectType(type) ? completeObject(type, sets) : completeAbstract(sets);
  }

  function completeAbstract(sets: readonly SelectionSetNode[]): Complete {
    const byType = new Map<unknown, Complete | null>();
    return (value) => {
      if (!isData(value)) return null;
      const name = value.__typename;
      let complete = byType.get(name);
      if (complete === undefined) {
        const type = schema.getType(String(name));
        // A type that the public schema hides must not show, not even by name.
        complete = isObjectType(type) ? completeObject(type, sets) : null;
        byType.set(name, complete);
      }
      return complete ? complete(value) : null;
    };
  }

  function completeObject(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): Complete {
    // Compiled when first met: a type may lead to itself through the selection of an abstract field.
    let fields: ShapeField[] | null = null;
    return (value) => {
      if (!isData(value)) return null;
      fields ??= compileFields(type, sets);
      const output: Data = {};
      for (const { name, inherited, complete } of fields) {
        const completed = complete(inherited && !Object.hasOwn(value, name) ? undefined : value[name]);
        if (completed === undefined) return null;
        output[name] = completed;
      }
      return output;
    };
  }

  function compileFields(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): ShapeField[] {
    const collected = new Map<string, FieldNode[]>();
    for (const set of sets) collectFields(type, set, collected);
    collected.delete(EMPTY_MARK);
    return [...collected].map(([name, nodes]) => ({ name, inherited: name in Object.prototype, complete: completeField(type, nodes) }));
  }

  function completeField(type: GraphQLObjectType, nodes: readonly FieldNode[]): Complete {
    const field = nodes[0]?.name.value ?? '';
    if (field === '__typename') return () => type.name;
    if (field === '__schema' || field === '__type') return (value) => value ?? null;
    const definition = type.getFields()[field];
    const sets = nodes.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : []));
    return definition ? completeType(definition.type, sets) : () => null;
  }

  function collectFields(type: GraphQLObjectType, set: SelectionSetNode, collected: Map<string, FieldNode[]>): void {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const name = selection.alias?.value ?? selection.name.value;
        const nodes = collected.get(name);
        if (nodes) nodes.push(selection);
        else collected.set(name, [selection]);
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (fragment && applies(type, fragment.typeCondition?.name.value)) collectFields(type, fragment.selectionSet, collected);
    }
  }

  function applies(type: GraphQLObjectType, condition: string | undefined): boolean {
    if (condition === undefined || condition === type.name) return true;
    const conditional = schema.getType(condition);
    return isAbstractType(conditional) && schema.isSubType(conditional, type);
  }
}

function completeList(complete: Complete): Complete {
  return (value) => {
    if (!Array.isArray(value)) return null;
    const output: unknown[] = new Array(value.length);
    for (let index = 0; index < value.length; index += 1) {
      const completed = complete(value[index]);
      if (completed === undefined) return null;
      output[index] = completed;
    }
    return output;
  };
}

function completeLeaf(type: GraphQLLeafType): Complete {
  const isValid = leafCheck(type);
  return (value) => (value === undefined || value === null || !isValid(value) ? null : value);
}

function leafCheck(type: GraphQLLeafType): (value: unknown) => boolean {
  if (isEnumType(type)) return (value) => typeof value === 'string' && type.getValue(value) !== undefined;
  switch (type.name) {
    case 'String':
      return (value) => typeof value === 'string';
    case 'ID':
      return (value) => typeof value === 'string' || Number.isInteger(value);
    case 'Int':
      return Number.isInteger;
    case 'Float':
      return Number.isFinite;
    case 'Boolean':
      return (value) => typeof value === 'boolean';
    default:
      return () => true; // a custom scalar may be anything
  }
}

const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null;
