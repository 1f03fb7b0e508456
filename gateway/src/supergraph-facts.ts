import {
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  valueFromASTUntyped,
} from 'graphql';
import { LIVE_SERVICE } from './live-document.ts';
import { namedType } from './live-marks.ts';

/** One field of `Subscription`: which events answer it and who decides who hears of them. */
export interface LiveField {
  field: string;
  /** The service whose stream carries the events. */
  service: string;
  /** The event's type, an entity of that service. */
  eventType: string;
  /** The hidden root field that is asked who may see an event. */
  audience: string;
  /** The argument that must equal the event's aggregate; null: every event of the service counts. */
  aggregate: string | null;
  /** Fields of the event that the audience call answers. */
  answers: string[];
  /** Whether the owner can say "ask me for each person". */
  perPerson: boolean;
}

/** What the gateway needs to know of a supergraph beside its schema. Plain data: it crosses a thread. */
export interface SupergraphFacts {
  /** Services that are called over HTTP, without the virtual one. */
  services: { name: string; url: string }[];
  live: Record<string, LiveField>;
  /** Id prefix → the type whose ids begin with it and the service that knows whether one exists. */
  nodes: Record<string, { type: string; service: string }>;
  /** Root field → the type it answers with its own arguments. */
  entries: Record<string, string>;
  /** `Type.field` whose answer depends on the person who asks. */
  personal: string[];
  /** Fields of Mutation and Query marked @attempt: a try at a secret. */
  attempts: string[];
  /** Abstract type → its object types, hidden ones included. */
  possibleTypes: Record<string, string[]>;
}

/** Reads the facts off a supergraph's text, which carries all of them: one file is the whole truth. */
export function supergraphFacts(sdl: string): SupergraphFacts {
  const facts: SupergraphFacts = { services: [], live: {}, nodes: {}, entries: {}, personal: [], attempts: [], possibleTypes: {} };
  const objects = new Map<string, ObjectTypeDefinitionNode>();
  for (const definition of parse(sdl, { noLocation: true }).definitions) {
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION) objects.set(definition.name.value, definition);
    if (definition.kind === Kind.UNION_TYPE_DEFINITION) {
      facts.possibleTypes[definition.name.value] = (definition.types ?? []).map((type) => type.name.value);
    }
    if (definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'join__Graph') {
      for (const value of definition.values ?? []) {
        const { name, url } = argumentsOf(value.directives, 'join__graph') ?? {};
        if (name !== LIVE_SERVICE) facts.services.push({ name: String(name), url: String(url) });
      }
    }
  }
  for (const [name, type] of objects) readObject(facts, name, type, objects);
  return facts;
}

function readObject(
  facts: SupergraphFacts,
  name: string,
  type: ObjectTypeDefinitionNode,
  objects: Map<string, ObjectTypeDefinitionNode>,
): void {
  for (const { name: abstract } of type.interfaces ?? []) {
    const possible = facts.possibleTypes[abstract.value] ?? [];
    facts.possibleTypes[abstract.value] = possible;
    possible.push(name);
  }
  const located = argumentsOf(type.directives, 'located');
  if (located) facts.nodes[String(located.prefix)] = { type: name, service: String(located.service) };
  for (const field of type.fields ?? []) {
    if (argumentsOf(field.directives, 'personal')) facts.personal.push(`${name}.${field.name.value}`);
    if (isRoot(name) && argumentsOf(field.directives, 'attempt')) facts.attempts.push(field.name.value);
    const subscribed = argumentsOf(field.directives, 'subscribed');
    if (argumentsOf(field.directives, 'entered')) facts.entries[field.name.value] = namedType(field.type);
    if (subscribed) facts.live[field.name.value] = liveField(field, subscribed, objects);
  }
}

const isRoot = (type: string): boolean => type === 'Mutation' || type === 'Query';

function liveField(
  field: FieldDefinitionNode,
  written: Record<string, unknown>,
  objects: Map<string, ObjectTypeDefinitionNode>,
): LiveField {
  const asked = objects.get('Query')?.fields?.find(({ name }) => name.value === written.audience);
  const answered = asked && objects.get(namedType(asked.type));
  return {
    field: field.name.value,
    service: String(written.service),
    eventType: namedType(field.type),
    audience: String(written.audience),
    aggregate: typeof written.aggregate === 'string' ? written.aggregate : null,
    answers: (written.answers as string[] | undefined) ?? [],
    perPerson: Boolean(answered?.fields?.some(({ name }) => name.value === 'perPerson')),
  };
}

function argumentsOf(directives: readonly ConstDirectiveNode[] | undefined, name: string): Record<string, unknown> | null {
  const directive = directives?.find((candidate) => candidate.name.value === name);
  if (!directive) return null;
  return Object.fromEntries((directive.arguments ?? []).map((argument) => [argument.name.value, valueFromASTUntyped(argument.value)]));
}
