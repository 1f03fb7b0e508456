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

/**
 * The same operation for many ids at a path, each under an alias `a0`, `a1`…, with the leaves of what comes back: what is
 * answered for each can be compared, and a page of them costs one request.
 */
export function manyOf(
  schema: GraphQLSchema,
  operation: Operation,
  path: string[],
  ids: string[],
): Pick<Operation, 'document' | 'variables'> {
  const field = rootField(schema, operation);
  const argument = field.args.find(({ name }) => name === path[0]);
  const others = field.args.filter(({ name }) => name !== path[0]);
  const declared = [...others.map(({ name, type }) => `$${name}: ${type}`), ...ids.map((_, at) => `$id${at}: ${argument?.type}`)];
  const passed = others.map(({ name }) => `${name}: $${name}`);
  const selection = isAbstractType(getNamedType(field.type))
    ? '{ __typename }'
    : select(schema, field.type, operation.kind === 'mutation' ? 1 : 0);
  const asked = ids.map((_, at) => `a${at}: ${field.name}(${[...passed, `${path[0]}: $id${at}`].join(', ')}) ${selection}`);
  const entries = ids.map((id, at) => [`id${at}`, withId(schema, operation, path, id)[path[0] ?? '']]);
  const rest = others.map(({ name }) => [name, operation.variables[name]]);
  return {
    document: `${operation.kind}(${declared.join(', ')}) { ${asked.join(' ')} }`,
    variables: Object.fromEntries([...rest, ...entries]),
  };
}

/** Whether a refusal of one would take the answers of the others with it. */
export const isAlone = (schema: GraphQLSchema, operation: Operation): boolean => isNonNullType(rootField(schema, operation).type);

/** What a place for an id takes, by its name; empty where it may be anything. */
export function prefixAt(path: string[], { field }: Pick<Operation, 'field'>): string {
  const name = path.findLast((part) => part !== '0') ?? '';
  return (
    PREFIXES.find(([pattern]) => pattern.test(name))?.[1] ??
    (name === 'id' ? (PREFIXES.find(([pattern]) => pattern.test(`${field}Id`))?.[1] ?? '') : '')
  );
}
const PREFIXES: [RegExp, string][] = [
  [/^ticketId$/, 'tkt'],
  [/^(contact|requester)Id$/, 'con'],
  [/^organizationId$/, 'org'],
  [/^apiKeyId$/, 'key'],
  [/^personId$/, 'per'],
  [/^articleIds?$/, 'art'],
  [/^attachmentIds?$/, 'att'],
  [/^groupIds?$/, 'grp'],
  [/^(assignee|analyst)Ids?$/, 'ana'],
];

function rootField(schema: GraphQLSchema, { kind, field }: Pick<Operation, 'kind' | 'field'>): GraphQLField<unknown, unknown> {
  const root = { query: schema.getQueryType(), mutation: schema.getMutationType(), subscription: schema.getSubscriptionType() }[kind];
  const found = root?.getFields()[field];
  if (!found) throw new Error(`there is no ${kind} ${field}`);
  return found;
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
  return `{ ${['__typename', ...fields].join(' ')} }`;
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

/** What stands where a client would put a key of its own. */
export const EXAMPLE_KEY = 'isolation-key';

/** Values that pass for what their names say, so that what is refused is refused for its id. */
const PLAUSIBLE: Record<string, string> = {
  clientKey: EXAMPLE_KEY,
  fileName: 'nota.txt',
  contentType: 'text/plain',
  email: 'ninguem@nowhere.example',
  body: 'Texto',
  title: 'Assunto',
  name: 'Nome',
  language: 'pt-BR',
  requestType: 'technical-support',
  field: 'originCountry',
};

/** A harmless value: required parts are filled, optional ones are null, except pages, which need a size. */
function example(type: GraphQLInputType, name: string): unknown {
  if (!isNonNullType(type)) return name === 'first' ? 2 : null;
  const inner = type.ofType;
  if (isListType(inner)) return [];
  if (isEnumType(inner)) return inner.getValues()[0]?.name;
  if (isInputObjectType(inner))
    return Object.fromEntries(Object.values(inner.getFields()).map((field) => [field.name, example(field.type, field.name)]));
  const scalars: Record<string, unknown> = { Int: 1, Float: 1, Boolean: false, DateTime: '2026-01-01T00:00:00Z', JSON: 'x' };
  return scalars[inner.name] ?? PLAUSIBLE[name] ?? 'x';
}

function idPathsIn(type: GraphQLInputType, path: string[]): string[][] {
  const bare = isNonNullType(type) ? type.ofType : type;
  if (isListType(bare)) return idPathsIn(bare.ofType as GraphQLInputType, [...path, '0']);
  if (isInputObjectType(bare)) return Object.values(bare.getFields()).flatMap((field) => idPathsIn(field.type, [...path, field.name]));
  return 'name' in bare && bare.name === 'ID' ? [path] : [];
}

/** The operation's variables with an id at a path; optional objects on the way are made, with their required parts filled. */
export function withId(schema: GraphQLSchema, operation: Operation, path: string[], id: string): Record<string, unknown> {
  const { field, variables } = operation;
  const argument = rootField(schema, operation).args.find(({ name }) => name === path[0]);
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
