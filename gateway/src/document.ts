import { ErrorCode } from '@atende/service/process';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Limits } from './limits.ts';
import { attemptCounter } from './operation-attempts.ts';
import { type OperationCost, operationCost } from './operation-cost.ts';
import { shapeComplaint } from './operation-shape.ts';
import { type PlainVariables, plainVariables } from './plain-variables.ts';
import { type Complaint, tooComplex } from './refusals.ts';
import { conditionVariables, hasConditions } from './specialise.ts';

/** One operation of a document that passed every check which needs no variables. */
export interface Operation {
  document: DocumentNode;
  node: OperationDefinitionNode;
  name: string | undefined;
  cost: OperationCost;
  hasPlainVariables: PlainVariables;
  /** Asks for `__schema` or `__type`. */
  introspects: boolean;
  /** The answer depends on the person who asks, not only on their rights. */
  personal: boolean;
  /** How many tries at a secret it makes: root fields marked @attempt. */
  attempts: number;
  /** Whether there are @skip or @include to decide before planning, and which variables decide them. */
  conditional: boolean;
  conditions: readonly { variable: string; fallback: boolean }[];
}

/** What is wrong with a document, without the syntax tree that a GraphQLError holds on to. */
export type DocumentFault = Pick<GraphQLError, 'message' | 'locations'>;

export type PreparedDocument = { operations: readonly Operation[] } | { complaint: Complaint } | { errors: readonly DocumentFault[] };

export interface Rules {
  schema: GraphQLSchema;
  /** `Type.field` marked @personal. */
  personal: ReadonlySet<string>;
  /** Root fields marked @attempt. */
  attempts: ReadonlySet<string>;
  introspection: boolean;
  limits: Limits;
}

/** Parses a document and applies every limit and rule that its text alone decides: tokens → shape → validation → cost tables. */
export function prepareDocument(source: string, rules: Rules): PreparedDocument {
  const { schema, limits } = rules;
  const refusal = refuse(source, rules);
  if (refusal) return refusal;
  // Kept without the places of every token, which weigh more than all the rest.
  const document = parse(source, { noLocation: true });
  const fragments = new Map<string, FragmentDefinitionNode>();
  const nodes: OperationDefinitionNode[] = [];
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    if (definition.kind === Kind.OPERATION_DEFINITION) nodes.push(definition);
  }
  const { introspects, personal } = marksOf(document, rules);
  if (introspects && !rules.introspection) return { complaint: { code: ErrorCode.FORBIDDEN, refusal: 'introspectionOff' } };
  const conditional = hasConditions(document);
  const variables = conditional ? conditionVariables(document) : [];
  const attempts = attemptCounter(fragments, rules.attempts);
  const operations = nodes.map((node) => ({
    document,
    node,
    name: node.name?.value,
    cost: operationCost(schema, node, fragments, limits),
    hasPlainVariables: plainVariables(node),
    introspects,
    personal,
    attempts: attempts(node.selectionSet),
    conditional,
    conditions: variables.map((variable) => ({ variable, fallback: defaultOf(node, variable) })),
  }));
  if (operations.some(({ attempts }) => attempts > 1)) return { complaint: { code: ErrorCode.TOO_COMPLEX, refusal: 'attemptedTwice' } };
  return { operations };
}

function refuse(source: string, { schema, limits, introspection }: Rules): PreparedDocument | null {
  try {
    const document = parse(source, { maxTokens: limits.tokens });
    if (source.length > limits.document) return { complaint: tooComplex('documentTooLong', source.length, limits.document) };
    const complaint = shapeComplaint(document, limits);
    if (complaint) return { complaint };
    const errors = validate(schema, document, specifiedRules, { maxErrors: 20, hideSuggestions: !introspection });
    return errors.length > 0 ? { errors: errors.map(faultOf) } : null;
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    if (!error.message.includes('Parsing aborted')) return { errors: [faultOf(error)] };
    return { complaint: { code: ErrorCode.TOO_COMPLEX, refusal: 'tooManyTokens', values: { max: limits.tokens } } };
  }
}

const faultOf = ({ message, locations }: GraphQLError): DocumentFault => ({ message, locations });

/** What is selected anywhere in the document: introspection, and fields that know the person. */
function marksOf(document: DocumentNode, { schema, personal }: Rules): { introspects: boolean; personal: boolean } {
  const found = { introspects: false, personal: false };
  const info = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(info, {
      Field({ name: { value: field } }) {
        if (field === '__schema' || field === '__type') found.introspects = true;
        const parent = info.getParentType();
        if (!parent || personal.size === 0) return;
        const types = isAbstractType(parent) ? [parent, ...schema.getPossibleTypes(parent)] : [parent];
        if (types.some((type) => personal.has(`${type.name}.${field}`))) found.personal = true;
      },
    }),
  );
  return found;
}

function defaultOf(operation: OperationDefinitionNode, name: string): boolean {
  const definition = operation.variableDefinitions?.find(({ variable }) => variable.name.value === name);
  return definition?.defaultValue?.kind === Kind.BOOLEAN && definition.defaultValue.value;
}
