import type { Language, Viewer } from '@atende/service/process';
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  getArgumentValues,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Accepted, Asked } from '../acceptance.ts';
import type { Data } from '../program.ts';
import type { LiveField } from '../supergraph-facts.ts';
import { classOf, personOf } from './rights.ts';

/** What one subscription asks for, and on whose behalf. */
export interface Subscribed {
  field: LiveField;
  /** The operation to execute per event, without the cursor: watchers who came at different times are equal. */
  request: Asked;
  language: Language;
  /** The class of the person, and the person. */
  rights: Viewer;
  person: Viewer;
  /** A field was selected whose answer depends on the person. */
  personal: boolean;
  /** What an event's aggregate must be; null: every event counts. */
  aggregate: string | null;
  /** The other arguments: what the owner compares events with. */
  filter: Data;
  after: string | null;
}

interface From extends Pick<Accepted, 'operation' | 'variables'> {
  request: Asked;
  viewer: Viewer;
  language: Language;
  schema: GraphQLSchema;
  live: Readonly<Record<string, LiveField>>;
}

/** Reads the one field of a subscription with its arguments. Null when it is no live field (`__typename`, or skipped). */
export function readSubscription({ operation, variables, request, viewer, language, schema, live }: From): Subscribed | null {
  const node = rootField(operation.node.selectionSet, operation.document);
  const field = node && live[node.name.value];
  const definition = node && schema.getSubscriptionType()?.getFields()[node.name.value];
  if (!field || !definition) return null;
  const { coerced } = getVariableValues(schema, operation.node.variableDefinitions ?? [], variables);
  const { after, ...given } = getArgumentValues(definition, node, coerced);
  const filter = Object.fromEntries(Object.entries(given).filter(([name]) => name !== field.aggregate));
  return {
    field,
    request: { query: request.query, operationName: request.operationName, variables: withoutCursor(node, operation.node, variables) },
    language,
    rights: classOf(viewer, language),
    person: personOf(viewer, language),
    personal: operation.personal,
    aggregate: field.aggregate === null ? null : String(given[field.aggregate]),
    filter,
    after: typeof after === 'string' ? after : null,
  };
}

/** The variables without the one that holds the cursor, where the operation can do without it. */
function withoutCursor(field: FieldNode, { variableDefinitions = [] }: OperationDefinitionNode, variables: Readonly<Data>): Data {
  const value = field.arguments?.find(({ name }) => name.value === 'after')?.value;
  if (value?.kind !== Kind.VARIABLE) return { ...variables };
  const name = value.name.value;
  const definition = variableDefinitions.find(({ variable }) => variable.name.value === name);
  if (definition?.type.kind === Kind.NON_NULL_TYPE) return { ...variables };
  return Object.fromEntries(Object.entries(variables).filter(([key]) => key !== name));
}

function rootField(set: SelectionSetNode, document: DocumentNode): FieldNode | null {
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) return selection;
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selection
        : document.definitions.find((node) => node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === selection.name.value);
    const found = fragment && 'selectionSet' in fragment && fragment.selectionSet ? rootField(fragment.selectionSet, document) : null;
    if (found) return found;
  }
  return null;
}
