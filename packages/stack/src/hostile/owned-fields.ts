import { type GraphQLInputType, type GraphQLSchema, getNamedType, isInputObjectType, isListType, isNonNullType } from 'graphql';
import type { Operation } from '../isolation/operations.ts';

/** What the product computes or owns: never a client's to set. */
export const OWNED = [
  'id',
  'version',
  'number',
  'status',
  'criticality',
  'severity',
  'organization',
  'author',
  'requester',
  'assignee',
  'createdAt',
  'roles',
  'internal',
] as const;

export interface Attempt {
  /** Where it is tried: `openTicket input.answers.0.status`. */
  name: string;
  query: string;
  variables: Record<string, unknown>;
}

/** Every mutation with every owned field in every object of its input, where the input does not have one of that name. */
export function attemptsAt(schema: GraphQLSchema, mutations: readonly Operation[]): Attempt[] {
  const fields = schema.getMutationType()?.getFields() ?? {};
  return mutations.flatMap(({ field, document, variables }) =>
    (fields[field]?.args ?? []).flatMap(({ name, type }) =>
      OWNED.flatMap((owned) =>
        withUnknown(type, variables[name], owned).map(({ path, value }) => ({
          name: [field, name, ...path, owned].join(' '),
          query: document,
          variables: { ...variables, [name]: value },
        })),
      ),
    ),
  );
}

/** Owned fields that input objects of mutations do have. */
export function declaredAt(schema: GraphQLSchema): string[] {
  const names: readonly string[] = OWNED;
  return Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap(({ name, args }) =>
    args.flatMap(({ type }) => declaredIn(type, [name]).filter((path) => names.includes(path.split('.').at(-1) ?? ''))),
  );
}

function declaredIn(type: GraphQLInputType, path: string[]): string[] {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return [path.join('.')];
  return Object.values(named.getFields()).flatMap((field) => declaredIn(field.type, [...path, field.name]));
}

interface Placed {
  path: string[];
  value: unknown;
}

/** The value with the key in each of its objects, one at a time; objects on the way are made. */
function withUnknown(type: GraphQLInputType, value: unknown, key: string): Placed[] {
  if (isNonNullType(type)) return withUnknown(type.ofType, value, key);
  if (isListType(type)) {
    const [first] = Array.isArray(value) ? value : [];
    return withUnknown(type.ofType, first, key).map(({ path, value: inner }) => ({ path: ['0', ...path], value: [inner] }));
  }
  if (!isInputObjectType(type)) return [];
  const own = (value ?? {}) as Record<string, unknown>;
  const fields = type.getFields();
  const here: Placed[] = key in fields ? [] : [{ path: [], value: { ...own, [key]: 'OWNED' } }];
  const below = Object.values(fields).flatMap((field) =>
    withUnknown(field.type, own[field.name], key).map(({ path, value: inner }) => ({
      path: [field.name, ...path],
      value: { ...own, [field.name]: inner },
    })),
  );
  return [...here, ...below];
}
