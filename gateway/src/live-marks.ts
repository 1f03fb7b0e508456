import {
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  GraphQLError,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  print,
  type TypeNode,
  valueFromASTUntyped,
} from 'graphql';
import { type Problem, type ServiceDocument, typesOf } from './service-document.ts';

/** `@live` on an entity: one field of `Subscription` that its events answer. */
export interface LiveMark {
  service: ServiceDocument;
  type: string;
  field: FieldDefinitionNode;
  audience: string;
  aggregate: string | null;
  answers: FieldDefinitionNode[];
}

/** `@node` on an entity: ids with this prefix belong to it, so `node(id)` finds its owner without asking. */
export interface NodeMark {
  service: ServiceDocument;
  type: string;
  prefix: string;
}

/** `@entry` on an entity: a root field that hands its arguments on as the key; whoever knows the type adds to the answer. */
export interface EntryMark {
  service: ServiceDocument;
  type: string;
  field: FieldDefinitionNode;
}

export interface Marks {
  lives: LiveMark[];
  nodes: NodeMark[];
  entries: EntryMark[];
}

/** Reads `@live`, `@node` and `@entry` off the services' types. What is written wrongly becomes a problem and is left out. */
export function readMarks(services: readonly ServiceDocument[], problems: Problem[]): Marks {
  const marks: Marks = { lives: [], nodes: [], entries: [] };
  for (const service of services) {
    const problem = (at: string, message: string) => problems.push({ service: service.name, at, message });
    for (const { name, directives = [] } of typesOf(service)) {
      const type = name.value;
      if (type === 'Subscription') problem(type, OWN_SUBSCRIPTION);
      for (const directive of directives) {
        const mark = directive.name.value;
        if (!isMark(mark)) continue;
        const complaint = add(marks, { mark, service, type, directive, keys: keysOf(directives) });
        if (complaint) problem(`${type} @${mark}`, complaint);
      }
    }
  }
  return marks;
}

const OWN_SUBSCRIPTION = 'subscriptions are the gateway\'s: remove this type and mark the entity with @live(field: "…", audience: "…")';

interface Written {
  mark: keyof typeof adders;
  service: ServiceDocument;
  type: string;
  directive: ConstDirectiveNode;
  /** The `fields` of each @key on the type. */
  keys: string[];
}

const adders = {
  live: (marks: Marks, written: Written) => needsKey('id', written) ?? addLive(marks.lives, written),
  node: (marks: Marks, written: Written) => needsKey('id', written) ?? addNode(marks.nodes, written),
  entry: (marks: Marks, written: Written) => addEntry(marks.entries, written),
};
const isMark = (name: string): name is keyof typeof adders => Object.hasOwn(adders, name);

/** Adds one mark. The answer is what is wrong with it, null when nothing is. */
const add = (marks: Marks, written: Written): string | null => adders[written.mark](marks, written);

const needsKey = (fields: string, { keys }: Written): string | null =>
  keys.includes(fields) ? null : `needs @key(fields: "${fields}") on the same type`;

function addLive(lives: LiveMark[], { service, type, directive }: Written): string | null {
  const written = argumentsOf(directive);
  const fieldTexts = [written.field, ...asList(written.answers)].map(String);
  const [field, ...answers] = fieldTexts.map(parseField);
  const broken = fieldTexts.find((_, index) => (index === 0 ? field : answers[index - 1]) === null);
  if (!field || broken !== undefined) return noField(broken);
  const name = field.name.value;
  const audience = String(written.audience);
  const aggregate = typeof written.aggregate === 'string' ? written.aggregate : null;
  const taken = lives.find((other) => other.field.name.value === name);
  if (taken) return `the field "${name}" is already declared by ${taken.service.name}`;
  if (print(field.type) !== `${type}!`) return mustAnswer(name, type);
  if (!queryFields(service).has(audience)) return `Query.${audience} does not exist; audience names the hidden field that the gateway asks`;
  if (aggregate !== null && !field.arguments?.some((argument) => argument.name.value === aggregate)) {
    return `the field "${name}" has no argument "${aggregate}", which aggregate names`;
  }
  lives.push({ service, type, field, audience, aggregate, answers: answers.filter((answer) => answer !== null) });
  return null;
}

function addNode(nodes: NodeMark[], { service, type, directive }: Written): string | null {
  const prefix = String(argumentsOf(directive).prefix);
  const taken = nodes.find((other) => other.prefix === prefix || other.type === type);
  if (taken) return `"${prefix}" is already the prefix of ${taken.type} in ${taken.service.name}`;
  if (!/^[a-z]+$/.test(prefix)) return `the prefix "${prefix}" must be lower-case letters`;
  nodes.push({ service, type, prefix });
  return null;
}

function addEntry(entries: EntryMark[], written: Written): string | null {
  const { service, type, directive } = written;
  const text = String(argumentsOf(directive).field);
  const field = parseField(text);
  if (!field) return noField(text);
  if (print(field.type).replace(/!$/, '') !== type) return mustAnswer(field.name.value, type); // null: there is no such thing, or not for who asks
  const taken = entries.find((other) => other.type === type || other.field.name.value === field.name.value);
  if (taken && print(taken.field) !== print(field)) return `differs from the mark in ${taken.service.name}: ${print(taken.field)}`;
  if (!taken) entries.push({ service, type, field });
  return needsKey((field.arguments ?? []).map((argument) => argument.name.value).join(' '), written);
}

const noField = (text: string | undefined) => `"${text}" is not one field definition such as "ticketChanged(ticketId: ID!): TicketEvent!"`;
const mustAnswer = (field: string, type: string) => `the field "${field}" must answer ${type}!`;

/** Parses `name(arg: Type): Type`, the way a field stands in SDL; null for anything else. */
function parseField(text: string): FieldDefinitionNode | null {
  try {
    const [definition] = parse(`type Probe { ${text} }`, { noLocation: true }).definitions;
    const fields = (definition as ObjectTypeDefinitionNode).fields ?? [];
    return fields.length === 1 ? (fields[0] ?? null) : null;
  } catch (error) {
    if (error instanceof GraphQLError) return null;
    throw error;
  }
}

function argumentsOf(directive: ConstDirectiveNode): Record<string, unknown> {
  return Object.fromEntries((directive.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));
}

function asList(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

const keysOf = (directives: readonly ConstDirectiveNode[]): string[] =>
  directives.filter(({ name }) => name.value === 'key').map((directive) => String(argumentsOf(directive).fields));

function queryFields(service: ServiceDocument): Set<string> {
  const fields = new Set<string>();
  for (const type of typesOf(service)) {
    if (type.name.value !== 'Query' || !('fields' in type)) continue;
    for (const field of type.fields ?? []) fields.add(field.name.value);
  }
  return fields;
}

/** The name inside any lists and non-nulls. */
export function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}
