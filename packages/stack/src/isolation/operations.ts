import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/** One root field as an operation that selects all there is to a depth, with a value for every required argument. */
export interface Operation {
  kind: 'query' | 'mutation' | 'subscription';
  field: string;
  document: string;
  variables: Record<string, unknown>;
  /** Where an id can be put: paths into the variables, nested inputs included. */
  idPaths: string[][];
}

/** Every root field of the schema: a new one joins by itself. Selections go as deep as is said. */
export function operationsOf(schema: GraphQLSchema, depth = 3): Operation[] {
  const roots = [
    { kind: 'query' as const, type: schema.getQueryType() },
    { kind: 'mutation' as const, type: schema.getMutationType() },
    { kind: 'subscription' as const, type: schema.getSubscriptionType() },
  ];
  return roots.flatMap(({ kind, type }) => Object.values(type?.getFields() ?? {}).map((field) => operationOf(schema, kind, field, depth)));
}

function operationOf(schema: GraphQLSchema, kind: Operation['kind'], field: GraphQLField<unknown, unknown>, depth: number): Operation {
  const variables = Object.fromEntries(field.args.map((argument) => [argument.name, example(argument.type, argument.name)]));
  const declared = field.args.map(({ name, type }) => `$${name}: ${type}`).join(', ');
  const passed = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
  const selection = select(schema, field.type, depth);
  return {
    kind,
    field: field.name,
    document: `${kind}${declared ? `(${declared})` : ''} { ${field.name}${passed ? `(${passed})` : ''} ${selection} }`,
    variables,
    idPaths: field.args.flatMap((argument) => idPathsIn(argument.type, [argument.name])),
  };
}

/** Every leaf, and objects below it down to the depth; what asks for a page gets two. */
function select(schema: GraphQLSchema, type: GraphQLOutputType, depth: number): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (isAbstractType(named)) {
    const possibles = schema.getPossibleTypes(named);
    const parts = possibles.map((possible) => `... on ${possible.name} ${fieldsOf(schema, possible, depth - 1, clashing(possibles))}`);
    return `{ __typename ${parts.join(' ')} }`;
  }
  return isObjectType(named) ? fieldsOf(schema, named, depth) : '';
}

function fieldsOf(schema: GraphQLSchema, type: GraphQLObjectType, depth: number, aliased: ReadonlySet<string> = new Set()): string {
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const asked = argumentsFor(field.args);
    if (asked === null || depth < 0) return [];
    const name = `${aliased.has(field.name) ? `${type.name}_${field.name}: ` : ''}${field.name}${asked}`;
    if (isLeafType(getNamedType(field.type))) return [name];
    // Edges and nodes are one step for a person who reads.
    const step = field.name === 'edges' || field.name === 'node' ? 0 : 1;
    return depth - step < 0 ? [] : [`${name} ${select(schema, field.type, depth - step)}`];
  });
  return `{ ${fields.length > 0 ? fields.join(' ') : '__typename'} }`;
}

/** Names that stand for different types in the members of a union: they need an alias each. */
function clashing(types: readonly GraphQLObjectType[]): ReadonlySet<string> {
  const seen = new Map<string, string>();
  const clashes = new Set<string>();
  for (const field of types.flatMap((type) => Object.values(type.getFields()))) {
    if ((seen.get(field.name) ?? String(field.type)) !== String(field.type)) clashes.add(field.name);
    seen.set(field.name, String(field.type));
  }
  return clashes;
}

/** Arguments of a nested field; null when a required one has no obvious value. */
function argumentsFor(args: readonly GraphQLArgument[]): string | null {
  const first = args.find((argument) => argument.name === 'first');
  if (args.some((argument) => isNonNullType(argument.type) && argument.name !== 'first')) return null;
  return first ? '(first: 2)' : '';
}

/** A harmless value: required parts are filled, optional ones are null, except pages, which need a size. */
function example(type: GraphQLInputType, name: string): unknown {
  if (!isNonNullType(type)) return name === 'first' ? 2 : null;
  const inner = type.ofType;
  if (isListType(inner)) return [];
  if (isEnumType(inner)) return inner.getValues()[0]?.name;
  if (isInputObjectType(inner))
    return Object.fromEntries(Object.values(inner.getFields()).map((field) => [field.name, example(field.type, field.name)]));
  const scalars: Record<string, unknown> = { Int: 1, Float: 1, Boolean: false, DateTime: '2026-01-01T00:00:00Z', JSON: 'x' };
  return scalars[inner.name] ?? (name === 'clientKey' ? 'isolation-key' : 'x');
}

function idPathsIn(type: GraphQLInputType, path: string[]): string[][] {
  const bare = isNonNullType(type) ? type.ofType : type;
  if (isListType(bare)) return idPathsIn(bare.ofType as GraphQLInputType, [...path, '0']);
  if (isInputObjectType(bare)) return Object.values(bare.getFields()).flatMap((field) => idPathsIn(field.type, [...path, field.name]));
  return 'name' in bare && bare.name === 'ID' ? [path] : [];
}

/** The operation's variables with an id at a path; optional objects on the way are made, with their required parts filled. */
export function withId(schema: GraphQLSchema, { kind, field, variables }: Operation, path: string[], id: string): Record<string, unknown> {
  const root = { query: schema.getQueryType(), mutation: schema.getMutationType(), subscription: schema.getSubscriptionType() }[kind];
  const argument = root?.getFields()[field]?.args.find(({ name }) => name === path[0]);
  if (!argument) throw new Error(`${field} has no argument ${path[0]}`);
  return { ...variables, [argument.name]: put(argument.type, variables[argument.name], path.slice(1), id) };
}

function put(type: GraphQLInputType, value: unknown, path: string[], id: string): unknown {
  const bare = isNonNullType(type) ? type.ofType : type;
  if (path.length === 0) return id;
  if (isListType(bare)) return [put(bare.ofType as GraphQLInputType, null, path.slice(1), id)];
  if (!isInputObjectType(bare)) throw new Error('a path leads into a scalar');
  const [name = '', ...rest] = path;
  const fields = bare.getFields();
  const base =
    (value as Record<string, unknown> | null) ??
    Object.fromEntries(Object.values(fields).map((inner) => [inner.name, example(inner.type, inner.name)]));
  const inner = fields[name];
  if (!inner) throw new Error(`no field ${name}`);
  return { ...base, [name]: put(inner.type, base[name], rest, id) };
}
