import {
  defaultFieldResolver,
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { Context } from './context.ts';
import { tellingDenials } from './denials.ts';
import { ErrorCode, type Messages, notFound, Refused, RequestError, toUserErrors } from './errors.ts';
import type { Policy } from './policy.ts';
import { isInScope, type KeyScope, type Viewer } from './viewer.ts';

/** The policies that the classes state, by type name and by `Type.field`; the scopes of API keys by root field. */
export interface Policies {
  types: Map<string, Policy>;
  fields: Map<string, Policy>;
  scopes: Map<string, KeyScope>;
  publicParts: string[];
}

const ROOTS = new Set(['Query', 'Mutation']);
const stated = (extensions: Readonly<Record<string, unknown>>): Policy | undefined => extensions.policy as Policy | undefined;

/** Reads `@Guard` of every type and field; `without` lists what has none and must: every object type and every root field. */
export function findPolicies(schema: GraphQLSchema): { policies: Policies; without: string[] } {
  const policies: Policies = { types: new Map(), fields: new Map(), scopes: new Map(), publicParts: [] };
  const without: string[] = [];
  const note = (map: Map<string, Policy>, place: string, found: Policy | undefined, required: boolean): void => {
    if (found) map.set(place, found);
    else if (required) without.push(place);
    if (found?.publicBecause) policies.publicParts.push(`${place}: ${found.publicBecause}`);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const isRoot = ROOTS.has(type.name);
    if (!isRoot) note(policies.types, type.name, stated(type.extensions), true);
    for (const field of Object.values(type.getFields())) {
      const place = `${type.name}.${field.name}`;
      note(policies.fields, place, stated(field.extensions), isRoot);
      const scope = type.name === 'Query' ? 'READ' : (field.extensions.keyScope as KeyScope | undefined);
      if (isRoot && scope) policies.scopes.set(place, scope);
    }
  }
  return { policies, without };
}

type Resolver = GraphQLFieldResolver<unknown, Context>;

/**
 * Puts the policies where objects are obtained: around root fields, around fields that yield objects, and around the few
 * fields with a stricter policy of their own. Fields that yield scalars are left alone (a wrapper there costs 4×).
 */
export function enforcePolicies(schema: GraphQLSchema, policies: Policies, messages: Messages): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const own = policies.fields.get(`${type.name}.${field.name}`);
      const original = (field.resolve ?? defaultFieldResolver) as Resolver;
      // References are admitted one by one as they are resolved: this list must keep its length.
      if (field.name === '_entities') continue;
      let guarded = admitting(field, original, policies);
      if (ROOTS.has(type.name)) {
        const place = `${type.name}.${field.name}`;
        if (own) guarded = tellingDenials(field, place, askedBy(own, policies.scopes.get(place), guarded));
        if (type.name === 'Mutation') guarded = answeringRefusals(guarded, messages);
      } else if (own) guarded = strictly(own, guarded, isNonNullType(field.type));
      if (guarded !== original) field.resolve = guarded as never;
    }
  }
}

/** A root field: who may ask at all, and by which keys. */
function askedBy(policy: Policy, scope: KeyScope | undefined, resolve: Resolver): Resolver {
  return (source, args, context, info) => {
    if (!isInScope(context.viewer, scope)) throw new RequestError(ErrorCode.FORBIDDEN, 'The scopes of this API key do not allow it.');
    if (policy.allows(context.viewer, undefined)) return resolve(source, args, context, info);
    if (context.viewer.kind === 'ANONYMOUS') throw new RequestError(ErrorCode.UNAUTHENTICATED, 'Sign in first.');
    throw new RequestError(ErrorCode.FORBIDDEN, 'You may not do this.');
  };
}

/** One field with a stricter policy than its type's: absent for others. */
function strictly(policy: Policy, resolve: Resolver, required: boolean): Resolver {
  return (source, args, context, info) => {
    if (policy.allows(context.viewer, source)) return resolve(source, args, context, info);
    if (required) throw notFound();
    return null;
  };
}

/** A refusal is an answer: the payload's errors, in the caller's language. */
function answeringRefusals(resolve: Resolver, messages: Messages): Resolver {
  return async (source, args, context, info) => {
    try {
      return await resolve(source, args, context, info);
    } catch (error) {
      if (error instanceof Refused) return { errors: toUserErrors(error.faults, context.language, messages) };
      throw error;
    }
  };
}

type Awaitable<T> = T | Promise<T>;
type Allows = (row: unknown, context: Context, info: GraphQLResolveInfo) => Awaitable<boolean>;

/** A field that yields objects: those the viewer may not see are absent, in lists too. */
function admitting(field: GraphQLField<unknown, Context>, resolve: Resolver, policies: Policies): Resolver {
  const type = getNamedType(field.type);
  const allows = isAbstractType(type)
    ? byItsConcreteType(type, policies)
    : isObjectType(type)
      ? byPolicy(policies.types.get(type.name))
      : undefined;
  if (!allows) return resolve;
  const required = isNonNullType(field.type);
  return (source, args, context, info) => {
    const allowed = (row: unknown): Awaitable<boolean> => allows(row, context, info);
    return whenThere(resolve(source, args, context, info), (value) => admit(value, allowed, required));
  };
}

function byPolicy(policy: Policy | undefined): Allows | undefined {
  if (!policy || policy.name === 'withItsParent' || policy.publicBecause) return undefined;
  return (row, { viewer }) => policy.allows(viewer, row);
}

/** An interface or union: each row by the policy of its concrete type; what has none is not admitted. */
function byItsConcreteType(type: GraphQLAbstractType, { types }: Policies): Allows {
  return (row, context, info) =>
    whenThere(
      type.resolveType?.(row, context, info, type),
      (name) => types.get(name ?? (row as Named).__typename ?? '')?.allows(context.viewer, row) ?? false,
    );
}
interface Named {
  __typename?: string;
}

/** Rows come one by one or in lists, lists of lists, sets and collections; each may still be a promise. */
function admit(value: unknown, allows: (row: unknown) => Awaitable<boolean>, required: boolean): Awaitable<unknown> {
  if (isIterable(value)) {
    const rows = Array.from(value, (row) => whenThere(row, (there) => admit(there, allows, false)));
    const present = (settled: unknown[]): unknown[] => settled.filter((row) => !isAbsent(row));
    return rows.some(isPromise) ? Promise.all(rows).then(present) : present(rows);
  }
  return whenThere(!isAbsent(value) && allows(value), (allowed) => {
    if (!allowed && required) throw notFound(); // absent or not to be seen: the same
    return allowed ? value : null;
  });
}

const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined;
const isPromise = (value: unknown): value is Promise<unknown> => typeof (value as Promise<unknown> | null)?.then === 'function';
const isIterable = (value: unknown): value is Iterable<unknown> => typeof value === 'object' && value !== null && Symbol.iterator in value;

/** Goes on with a value at once when it is there: a promise for each row of a list would cost more than its policy. */
const whenThere = <T, R>(value: Awaitable<T>, next: (value: T) => Awaitable<R>): Awaitable<R> =>
  isPromise(value) ? (value as Promise<T>).then(next) : next(value);

/** Only for tests that prove the second wall: every application check answers yes. */
export function withoutApplicationChecks(policies: Policies): Policies {
  const open = (policy: Policy): Policy => ({ ...policy, allows: (_: Viewer) => true });
  const opened = (map: Map<string, Policy>): Map<string, Policy> => new Map([...map].map(([place, policy]) => [place, open(policy)]));
  return { ...policies, types: opened(policies.types), fields: opened(policies.fields) };
}
