import {
  type DocumentNode,
  executeSync,
  type FieldNode,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
import type { Data } from './program.ts';

/** Answers the `__schema` and `__type` fields of an operation from the public schema, which hides what the public may not know. */
export function introspect(schema: GraphQLSchema, source: string, operationName: string | undefined, variables: Readonly<Data>): Data {
  const document = parse(source, { noLocation: true });
  const operation = getOperationAST(document, operationName);
  if (!operation) return {};
  const selections = rootFields(document, operation.selectionSet).filter(
    ({ name }) => name.value === '__schema' || name.value === '__type',
  );
  if (selections.length === 0) return {};
  const asked: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [
      { ...operation, operation: 'query' as never, selectionSet: { kind: Kind.SELECTION_SET, selections } },
      ...document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION),
    ],
  };
  return { ...executeSync({ schema, document: asked, rootValue: {}, variableValues: variables }).data };
}

function rootFields(document: DocumentNode, set: SelectionSetNode): FieldNode[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    if (selection.kind === Kind.INLINE_FRAGMENT) return rootFields(document, selection.selectionSet);
    const fragment = document.definitions.find(
      (node) => node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === selection.name.value,
    );
    return fragment?.kind === Kind.FRAGMENT_DEFINITION ? rootFields(document, fragment.selectionSet) : [];
  });
}
