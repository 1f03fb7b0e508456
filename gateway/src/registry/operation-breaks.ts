import {
  type ASTNode,
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  isInputType,
  isOutputType,
  NoUnusedVariablesRule,
  parse,
  specifiedRules,
  TypeInfo,
  typeFromAST,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { type Break, inputBreaks, reads } from './input-fit.ts';

// Values of custom scalars are emptied in the normal form, with the variables in them.
const RULES = specifiedRules.filter((rule) => rule !== NoUnusedVariablesRule);

/** What breaks an operation (its normal form) when `after` replaces `before`; nothing when it was no good before either. */
export function operationBreaks(source: string, before: GraphQLSchema, after: GraphQLSchema): Break[] {
  const document = parsed(source);
  if (document === null || validate(before, document, RULES).length > 0) return [];
  const { places, breaks } = compared(document, before, after);
  for (const { message, nodes } of validate(after, document, RULES, { maxErrors: 20 })) {
    const at = nodes?.map((node) => places.get(node)).find((place) => place !== undefined);
    breaks.push({ at: at ?? 'the operation', why: message.replace(/ Did you mean .*/, '') });
  }
  return [...new Map(breaks.map((one) => [`${one.at} ${one.why}`, one])).values()];
}

function parsed(source: string): DocumentNode | null {
  try {
    return parse(source, { noLocation: true });
  } catch (error) {
    if (error instanceof GraphQLError) return null;
    throw error;
  }
}

/** The coordinate of each part of a document; and what validation does not see: fields that answer another type, inputs that come by variable. */
function compared(document: DocumentNode, before: GraphQLSchema, after: GraphQLSchema) {
  const places = new Map<ASTNode, string>();
  const breaks: Break[] = [];
  const info = new TypeInfo(before);
  visit(
    document,
    visitWithTypeInfo(info, {
      Field(node) {
        const [parent, type] = [info.getParentType(), info.getType()];
        if (!parent || !type) return;
        const name = node.name.value;
        const at = `${parent.name}.${name}`;
        places.set(node, at);
        const owner = after.getType(parent.name);
        const next = owner && 'getFields' in owner ? owner.getFields()[name]?.type : undefined;
        if (next && isOutputType(next) && !reads(type, next)) breaks.push({ at, why: `was ${type} and is ${next}` });
      },
      Argument(node) {
        const [parent, field] = [info.getParentType(), info.getFieldDef()];
        const at = `${parent?.name}.${field?.name}(${node.name.value}:)`;
        places.set(node, at).set(node.value, at);
      },
      ObjectField(node) {
        const input = info.getParentInputType();
        if (input) places.set(node, `${input}.${node.name.value}`).set(node.value, `${input}.${node.name.value}`);
      },
      EnumValue: (node) => void places.set(node, `${info.getInputType()?.toString().replace(/\W/g, '')}.${node.value}`),
      NamedType: (node) => void places.set(node, node.name.value),
      VariableDefinition({ type }) {
        const [was, is] = [info.getInputType(), typeFromAST(after, type as never)];
        if (was && is && isInputType(is)) breaks.push(...inputBreaks(was, is));
      },
    }),
  );
  return { places, breaks };
}
