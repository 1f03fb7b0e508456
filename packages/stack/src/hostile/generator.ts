import {
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  Kind,
  parse,
  print,
  visit,
} from 'graphql';
import type { Operation } from '../isolation/operations.ts';
import { DATES, KEYS, NUMBERS, OBJECTS, TEXTS } from './values.ts';

/** What is sent as one operation. */
export interface Attack {
  field: string;
  query: string;
  variables: Record<string, unknown>;
}

/** What ids begin with, by the names of the places for them. */
const PREFIXES = { ticket: 'tkt', article: 'art', contact: 'con', requester: 'con', organization: 'org', group: 'grp', attachment: 'att' };

export interface Generator {
  /** A valid or nearly valid operation with something hostile in it. */
  next(): Attack;
}

/**
 * Operations of every root field of a schema, their arguments filled from the values that something breaks by, beside ids that really are
 * there, of whatever kind. The same random numbers give the same operations.
 */
export function makeGenerator(
  schema: GraphQLSchema,
  operations: readonly Operation[],
  ids: readonly string[],
  random: () => number,
): Generator {
  const oneOf = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const often = (chance: number): boolean => random() < chance;

  /** How likely a value is a hostile one, and whether one of another kind, which is refused before anything looks at it. */
  let hostility = 0;
  let strays = 0;

  /** Mostly of the kind that is meant there. */
  function id(where: string): string {
    const prefix = Object.entries(PREFIXES).find(([word]) => where.startsWith(word))?.[1];
    const kin = ids.filter((one) => one.startsWith(`${prefix}_`));
    return oneOf(kin.length > 0 && often(0.8) ? kin : ids);
  }

  function scalar(name: string, where: string): unknown {
    if (often(strays)) return oneOf<unknown>([...OBJECTS, ...NUMBERS, ...TEXTS]);
    const isHostile = often(hostility);
    if (name === 'ID') return isHostile ? oneOf(TEXTS) : id(where);
    if (name === 'Int') return isHostile ? oneOf(NUMBERS.filter((one) => one === (one | 0))) : 1 + Math.floor(random() * 5);
    if (name === 'Float') return isHostile ? oneOf(NUMBERS) : 1 + Math.floor(random() * 5);
    if (name === 'Boolean') return often(0.5);
    if (name === 'DateTime') return isHostile ? oneOf(DATES) : '2026-01-01T00:00:00Z';
    if (name === 'JSON') return oneOf<unknown>([...TEXTS, ...NUMBERS, ...OBJECTS, ...ids]);
    return isHostile ? oneOf(TEXTS) : oneOf(['nota fiscal', 'software.rm', 'subject', 'pt-BR', 'hostile-key']);
  }

  function value(type: GraphQLInputType, where: string): unknown {
    if (isNonNullType(type)) return often(strays / 4) ? null : value(type.ofType, where);
    if (isListType(type)) {
      if (often(strays)) return oneOf(OBJECTS);
      return Array.from({ length: Math.floor(random() * 4) }, () => value(type.ofType, where));
    }
    if (isEnumType(type)) return often(strays) ? oneOf(TEXTS) : oneOf(type.getValues()).name;
    if (!isInputObjectType(type)) return scalar(type.name, where);
    if (often(strays)) return oneOf(OBJECTS);
    const entries = Object.values(type.getFields()).flatMap((field): [string, unknown][] =>
      isRequiredInputField(field) || often(0.5) ? [[field.name, value(field.type, field.name)]] : [],
    );
    if (often(strays)) entries.push([oneOf(KEYS), oneOf(OBJECTS)]);
    return Object.fromEntries(entries);
  }

  function argumentsOf({ kind, field }: Operation): Record<string, unknown> {
    const root = { query: schema.getQueryType(), mutation: schema.getMutationType(), subscription: schema.getSubscriptionType() }[kind];
    hostility = oneOf([0.1, 0.3, 0.6]);
    strays = oneOf([0, 0, 0, 0.1]);
    return Object.fromEntries(
      (root?.getFields()[field]?.args ?? []).map(({ name, type }) => [name, value(type, name === 'id' ? field : name)]),
    );
  }

  return {
    next() {
      const operation = oneOf(operations);
      const attack = { field: operation.field, query: operation.document, variables: argumentsOf(operation) };
      if (often(0.1)) return { ...attack, query: damaged(attack.query, oneOf(TEXTS), random) };
      return often(0.2) ? inlined(attack) : attack;
    },
  };
}

/** With a piece replaced by something else. */
function damaged(query: string, piece: string, random: () => number): string {
  const at = Math.floor(random() * query.length);
  return `${query.slice(0, at)}${piece.slice(0, 50)}${query.slice(at + Math.floor(random() * 20))}`;
}

/** The values written into the document instead of beside it. */
function inlined({ field, query, variables }: Attack): Attack {
  const document = visit(parse(query), {
    VariableDefinition: () => null,
    Variable: ({ name }) => ({ kind: Kind.ENUM, value: literal(variables[name.value]) }),
  });
  return { field, query: print(document), variables: {} };
}

function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : JSON.stringify(value ?? null);
  return `{${Object.entries(value)
    .map(([key, one]) => `${key}: ${literal(one)}`)
    .join(', ')}}`;
}
