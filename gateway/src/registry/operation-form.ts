import {
  type ASTNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  type NameNode,
  type OperationDefinitionNode,
  print,
  stripIgnoredCharacters,
  TypeInfo,
  type ValueNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** An operation with nothing in it that its author named or a person typed. */
export interface OperationForm {
  /** One line; aliases, variables and fragments are numbered, values are empty. Valid against the schemas that the operation is valid against. */
  document: string;
  /** Coordinates of the schema: fields, arguments, enum values and input fields written out, and the types of variables. */
  uses: string[];
}

/** The normal form of one operation of a valid document. */
export function operationForm(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): OperationForm {
  const uses = new Set<string>();
  const reached = new Set<string>();
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of document.definitions) if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
  const rewrite = rewriter(schema, uses, reached);
  const parts = [rewrite({ ...operation, name: undefined })];
  for (const name of reached) {
    const fragment = fragments.get(name); // those that it spreads are reached in turn
    if (fragment) parts.push(rewrite(fragment));
  }
  return { document: stripIgnoredCharacters(parts.map(print).join('\n')), uses: [...uses].sort() };
}

/** Rewrites the parts of one operation, so that the same name gets the same number in each. */
function rewriter(schema: GraphQLSchema, uses: Set<string>, reached: Set<string>): (part: ASTNode) => ASTNode {
  const [alias, variable, fragment] = [numbered('_a'), numbered('v'), numbered('F')];
  return (part) => {
    const info = new TypeInfo(schema);
    return visit(
      part,
      visitWithTypeInfo(info, {
        Field(node) {
          const name = node.name.value;
          const parent = info.getParentType();
          if (parent && !name.startsWith('__')) uses.add(`${parent.name}.${name}`);
          return { ...node, alias: node.alias && node.alias.value !== name ? alias(node.alias) : undefined };
        },
        Argument(node) {
          const [parent, field, type] = [info.getParentType(), info.getFieldDef(), info.getArgument()?.type];
          if (parent && field && !info.getDirective()) uses.add(`${parent.name}.${field.name}(${node.name.value}:)`);
          return type && { ...node, value: valueForm(node.value, type, uses) };
        },
        VariableDefinition(node) {
          const type = info.getInputType();
          if (!type) return undefined;
          const named = getNamedType(type);
          if (isEnumType(named) || isInputObjectType(named)) uses.add(named.name);
          return { ...node, defaultValue: node.defaultValue && (valueForm(node.defaultValue, type, uses) as typeof node.defaultValue) };
        },
        Variable: (node) => ({ ...node, name: variable(node.name) }),
        FragmentSpread(node) {
          reached.add(node.name.value);
          return { ...node, name: fragment(node.name) };
        },
        FragmentDefinition: (node) => ({ ...node, name: fragment(node.name) }),
      }),
    );
  };
}

/** A value of the same shape that says nothing. Variables inside are left for the visitor. */
function valueForm(node: ValueNode, type: GraphQLInputType, uses: Set<string>): ValueNode {
  if (node.kind === Kind.VARIABLE || node.kind === Kind.NULL) return node;
  if (isNonNullType(type)) return valueForm(node, type.ofType, uses);
  if (isListType(type)) {
    if (node.kind !== Kind.LIST) return valueForm(node, type.ofType, uses);
    const values = node.values.map((value) => valueForm(value, type.ofType, uses));
    return { ...node, values: [...new Map(values.map((value) => [print(value), value])).values()] };
  }
  if (isEnumType(type)) {
    if (node.kind === Kind.ENUM) uses.add(`${type.name}.${node.value}`);
    return node;
  }
  if (isInputObjectType(type)) {
    if (node.kind !== Kind.OBJECT) return node;
    const known = type.getFields();
    const fields = node.fields.map((field) => {
      const of = known[field.name.value]?.type;
      uses.add(`${type.name}.${field.name.value}`);
      return of ? { ...field, value: valueForm(field.value, of, uses) } : field;
    });
    return { ...node, fields };
  }
  if (type.name === 'Int' || type.name === 'Float') return { kind: Kind.INT, value: '0' };
  return type.name === 'Boolean' ? { kind: Kind.BOOLEAN, value: false } : { kind: Kind.STRING, value: '' };
}

function numbered(prefix: string): (name: NameNode) => NameNode {
  const numbers = new Map<string, string>();
  return (name) => {
    const value = numbers.get(name.value) ?? `${prefix}${numbers.size + 1}`;
    numbers.set(name.value, value);
    return { ...name, value };
  };
}
