import { buildSubgraphSchema } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  parse,
  print,
  valueFromASTUntyped,
} from 'graphql';
import { buildSchema, createResolversMap, getMetadataStorage, type NonEmptyArray } from 'type-graphql';
import type { Context } from './context.ts';
import { enforcePolicies, findPolicies, type Policies, withoutApplicationChecks } from './enforcement.ts';
import { ErrorCode, type Messages } from './errors.ts';
import type { Spoken } from './service.ts';
import { isInScope } from './viewer.ts';

// biome-ignore lint/complexity/noBannedTypes: type-graphql names resolver classes by this type
type ResolverClass = Function;

export interface SubgraphParts {
  resolvers: ResolverClass[];
  /** GraphQL types that other services may ask for by id. */
  references: string[];
  /** `Type.field` → what it says in a language, see Service. */
  spoken?: Record<string, Spoken>;
  messages: Messages;
  /** Tests of the second wall only: every application check answers yes. */
  applicationChecks?: boolean;
}

export interface Subgraph {
  schema: GraphQLSchema;
  /** The printed contract, `schema.graphql`. */
  sdl: string;
  /** Types and root fields anybody may see, with the reason of each: `Query.helpContacts: shown before sign-in`. */
  publicParts: string[];
}

/** Builds the federation 2 subgraph of type-graphql classes. A type or root field without a policy is an error here, at the build. */
export async function buildSubgraph({
  resolvers,
  references,
  spoken = {},
  messages,
  applicationChecks = true,
}: SubgraphParts): Promise<Subgraph> {
  const face = await buildSchema({
    resolvers: resolvers as NonEmptyArray<ResolverClass>,
    orphanedTypes: facesOf(references),
    skipCheck: true,
    validate: false,
  });
  const { policies: stated, without } = findPolicies(face);
  const policies = applicationChecks ? stated : withoutApplicationChecks(stated);
  if (without.length > 0) throw new Error(`Deny by default: state a policy with @Guard on ${without.join(', ')}`);
  const definitions = printDefinitions(face);
  const sdl = `${header(definitions)}\n\n${definitions}\n${printPublicParts(policies)}`;
  refuseUncountedAttempts(face, stated);
  const map: Record<string, unknown> = createResolversMap(face);
  const typeDefs = parse(sdl);
  const keys = keysOf(typeDefs);
  const nodes = nodesOf(typeDefs);
  refuseUnloadedEntities([...keys.keys()], references);
  for (const type of references) {
    const sent = { key: keys.get(type) ?? 'id', externals: externalsOf(typeDefs, type), isNode: nodes.has(type) };
    map[type] = { ...(map[type] as object), __resolveReference: admittedReference(type, sent, policies) };
  }
  for (const [place, say] of Object.entries(spoken)) {
    const [type = '', field = ''] = place.split('.');
    map[type] = { ...(map[type] as object), [field]: (row: unknown, _: unknown, { language }: Context) => say(row, language) };
  }
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: map as never }]);
  enforcePolicies(schema, policies, messages);
  return { schema, sdl, publicParts: policies.publicParts };
}

/** The classes of entities: they belong to the schema whether or not a field of this service leads to them. */
const facesOf = (references: string[]): ResolverClass[] =>
  getMetadataStorage()
    .objectTypes.filter(({ name }) => references.includes(name))
    .map(({ target }) => target);

/** What a gateway sends of an entity: its key, and what fields of this service require of other services' fields. */
interface Sent {
  key: string;
  externals: string[];
  /** Anybody may ask for it by its id: `@node`, `@entry`. */
  isNode: boolean;
}

function admittedReference(type: string, { key, externals, isNode }: Sent, { types }: Policies) {
  return async (representation: Record<string, unknown>, context: Context): Promise<unknown> => {
    // What a key without READ wrote is told by the mutation's own service, and no more.
    if (!isInScope(context.viewer, 'READ')) return null;
    const id = String(representation[key]);
    const row = await context.load<object>(type, id);
    if (!row || !types.get(type)?.allows(context.viewer, row)) {
      if (isNode) context.denied(type, ErrorCode.NOT_FOUND, id);
      return null;
    }
    if (externals.length === 0) return row;
    return Object.assign(Object.create(row), Object.fromEntries(externals.map((field) => [field, representation[field]])));
  };
}

/** An entity without a loader would be answered with whatever the gateway sent, past every policy. */
function refuseUnloadedEntities(entities: string[], references: string[]): void {
  const unloaded = entities.filter((name) => !references.includes(name));
  if (unloaded.length > 0) throw new Error(`references lack a loader for ${unloaded.join(', ')}; or say resolvable: false in @key`);
}

/** Who needs no sign-in to change something proves themselves in the same breath: a gateway counts such tries by address. */
function refuseUncountedAttempts(face: GraphQLSchema, { fields }: Policies): void {
  const uncounted = Object.values(face.getMutationType()?.getFields() ?? {})
    .filter(({ name, astNode }) => fields.get(`Mutation.${name}`)?.publicBecause && !astNode?.directives?.some(isAttempt))
    .map(({ name }) => `Mutation.${name}`);
  if (uncounted.length > 0) throw new Error(`For anybody, so a try at a secret: add @Directive('@attempt') to ${uncounted.join(', ')}`);
}

const isAttempt = ({ name }: ConstDirectiveNode): boolean => name.value === 'attempt';

/** Entity → the one field of its resolvable key. */
function keysOf(sdl: DocumentNode): Map<string, string> {
  const keys = new Map<string, string>();
  for (const definition of sdl.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    const { fields } = definition.directives?.map(argumentsOf).find(({ fields, resolvable }) => fields && resolvable !== false) ?? {};
    if (fields) keys.set(definition.name.value, String(fields));
  }
  return keys;
}

/** The types that are reached by `node`, or by a root field of their own. */
const nodesOf = ({ definitions }: DocumentNode): Set<string> =>
  new Set(
    definitions.flatMap((definition) =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION &&
      definition.directives?.some(({ name }) => name.value === 'node' || name.value === 'entry')
        ? definition.name.value
        : [],
    ),
  );

/** The fields of a type that other services own. */
const externalsOf = (sdl: DocumentNode, type: string): string[] =>
  sdl.definitions
    .flatMap((definition) => (definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === type ? definition.fields : []))
    .flatMap((field) => (field?.directives?.some(({ name }) => name.value === 'external') ? field.name.value : []));

const argumentsOf = ({ name, arguments: given = [] }: ConstDirectiveNode): Record<string, unknown> =>
  name.value === 'key' ? Object.fromEntries(given.map((argument) => [argument.name.value, valueFromASTUntyped(argument.value)])) : {};

const ATTEMPT = `
  @link(url: "https://atende.dev/attempt/v1.0", import: ["@attempt"])
  @composeDirective(name: "@attempt")

"A try at a secret: at most one in an operation, and so many from one address."
directive @attempt on FIELD_DEFINITION`;

// Nothing newer than federation 2.9 is used: the composer knows no version after 2.14.
const header = (definitions: string): string => `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@inaccessible", "@external", ${definitions.includes('@requires(') ? '"@requires", ' : ''}"@composeDirective"])
  @link(url: "https://atende.dev/personal/v1.0", import: ["@personal"])
  @composeDirective(name: "@personal")${definitions.includes('@attempt') ? ATTEMPT : ''}

"The answer depends on the person, not only on the authorization class."
directive @personal on FIELD_DEFINITION

"Derives a subscription of the virtual live subgraph: its field, the argument that names the aggregate, who decides the audience, what that answer carries."
directive @live(field: String!, aggregate: String, audience: String!, answers: [String!]) repeatable on OBJECT

"Makes the entity reachable through Query.node by ids of this prefix."
directive @node(prefix: String!) on OBJECT

"Derives a root field of the virtual live subgraph that hands its arguments on as the key; every service that knows the type adds to the answer."
directive @entry(field: String!) on OBJECT`;

/** The list to review: a comment at the end of the contract. */
function printPublicParts({ publicParts }: Policies): string {
  if (publicParts.length === 0) return '';
  return ['', '# For anybody, signed in or not:', ...publicParts.toSorted().map((part) => `#   ${part}`), ''].join('\n');
}

/** Definitions in the order of their names, so that the file changes only where the contract does. */
function printDefinitions(schema: GraphQLSchema): string {
  const isOurs = (definition: DefinitionNode): boolean =>
    definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.DIRECTIVE_DEFINITION;
  const nameOf = (definition: DefinitionNode): string => ('name' in definition && definition.name?.value) || '';
  return parse(printSchemaWithDirectives(schema))
    .definitions.filter(isOurs)
    .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
    .map(print)
    .join('\n\n');
}
