import { print } from 'graphql';
import { argumentTypes } from './live-inputs.ts';
import { type EntryMark, type LiveMark, type NodeMark, readMarks } from './live-marks.ts';
import type { Problem, ServiceDocument } from './service-document.ts';

/** The name of the virtual subgraph that owns `Subscription`, `node` and entries such as `search`. No service may take it. */
export const LIVE_SERVICE = 'live';

const HEADER = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@composeDirective"])
  @link(url: "https://atende.dev/live/v1.0", import: ["@subscribed", "@located", "@entered"])
  @composeDirective(name: "@subscribed")
  @composeDirective(name: "@located")
  @composeDirective(name: "@entered")

directive @subscribed(service: String!, audience: String!, aggregate: String, answers: [String!]!) on FIELD_DEFINITION

directive @located(service: String!, prefix: String!) on OBJECT

directive @entered on FIELD_DEFINITION
`;

/**
 * Derives the SDL of the virtual subgraph `live` from the marks that services put on their own types:
 * `@live` gives the fields of `Subscription`, `@node` the types that `node(id)` can answer, `@entry` root fields that several answer.
 * Null when nothing is marked: such a graph composes without it.
 */
export function liveDocument(services: readonly ServiceDocument[], problems: Problem[]): string | null {
  const { lives, nodes, entries } = readMarks(services, problems);
  if (lives.length + nodes.length + entries.length === 0) return null;
  const parts = [HEADER];
  if (lives.length > 0) parts.push(block('type Subscription', lives.map(subscriptionField)));
  if (nodes.length > 0) parts.push('interface Node {\n  id: ID!\n}\n');
  const rootFields = [...(nodes.length > 0 ? NODE_FIELD : []), ...entries.map(({ field }) => `${nested(field)} @entered`)];
  if (rootFields.length > 0) parts.push(block('type Query', rootFields));
  parts.push(...entities(lives, nodes), ...entries.map(entryType));
  parts.push(...argumentTypes([...lives, ...entries], problems).map((definition) => `${print(definition)}\n`));
  return parts.join('\n');
}

const NODE_FIELD = ['"Any object by its global id; null when it does not exist or may not be seen."', 'node(id: ID!): Node'];

function block(head: string, lines: readonly string[]): string {
  return `${head} {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;
}

function subscriptionField({ field, service, audience, aggregate, answers }: LiveMark): string {
  const facts = [`service: ${text(service.name)}`, `audience: ${text(audience)}`];
  if (aggregate !== null) facts.push(`aggregate: ${text(aggregate)}`);
  facts.push(`answers: [${answers.map((answer) => text(answer.name.value)).join(', ')}]`);
  return `${nested(field)} @subscribed(${facts.join(', ')})`;
}

const nested = (field: LiveMark['field']) => print(field).replaceAll('\n', '\n  ');

/** Stub of a type whose key is the arguments of its entry. */
function entryType({ type, field }: EntryMark): string {
  const key = field.arguments ?? [];
  const fields = key.map((argument) => `${argument.name.value}: ${print(argument.type)}`);
  return block(`type ${type} @key(fields: ${text(key.map(({ name }) => name.value).join(' '))}, resolvable: false)`, fields);
}

/** Stubs of the entities: the key, and for events the fields that the audience call answers. */
function entities(lives: readonly LiveMark[], nodes: readonly NodeMark[]): string[] {
  const fields = new Map<string, Set<string>>();
  const fieldsOf = (type: string) => fields.get(type) ?? fields.set(type, new Set(['id: ID!'])).get(type);
  for (const { type } of nodes) fieldsOf(type);
  for (const { type, answers } of lives) {
    for (const answer of answers) fieldsOf(type)?.add(print(answer));
  }
  return [...fields].map(([type, lines]) => {
    const node = nodes.find((mark) => mark.type === type);
    const located = node ? ` @located(service: ${text(node.service.name)}, prefix: ${text(node.prefix)})` : '';
    return block(`type ${type}${node ? ' implements Node' : ''} @key(fields: "id", resolvable: false)${located}`, [...lines]);
  });
}

const text = (value: string) => JSON.stringify(value);
