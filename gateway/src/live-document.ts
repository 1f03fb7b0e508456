import { print } from 'graphql';
import { argumentTypes } from './live-inputs.ts';
import { type LiveMark, type NodeMark, readMarks } from './live-marks.ts';
import type { Problem, ServiceDocument } from './service-document.ts';

/** The name of the virtual subgraph that owns `Subscription` and `node`. No service may take it. */
export const LIVE_SERVICE = 'live';

const HEADER = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@composeDirective"])
  @link(url: "https://atende.dev/live/v1.0", import: ["@subscribed", "@located"])
  @composeDirective(name: "@subscribed")
  @composeDirective(name: "@located")

directive @subscribed(service: String!, audience: String!, aggregate: String, answers: [String!]!) on FIELD_DEFINITION

directive @located(service: String!, prefix: String!) on OBJECT
`;

/**
 * Derives the SDL of the virtual subgraph `live` from the marks that services put on their own types:
 * `@live` gives the fields of `Subscription`, `@node` the types that `node(id)` can answer.
 * Null when nothing is marked: such a graph composes without it.
 */
export function liveDocument(services: readonly ServiceDocument[], problems: Problem[]): string | null {
  const { lives, nodes } = readMarks(services, problems);
  if (lives.length === 0 && nodes.length === 0) return null;
  const parts = [HEADER];
  if (lives.length > 0) parts.push(block('type Subscription', lives.map(subscriptionField)));
  if (nodes.length > 0) {
    parts.push('interface Node {\n  id: ID!\n}\n');
    parts.push(
      block('type Query', ['"Any object by its global id; null when it does not exist or may not be seen."', 'node(id: ID!): Node']),
    );
  }
  parts.push(...entities(lives, nodes));
  parts.push(...argumentTypes(lives, problems).map((definition) => `${print(definition)}\n`));
  return parts.join('\n');
}

function block(head: string, lines: readonly string[]): string {
  return `${head} {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;
}

function subscriptionField({ field, service, audience, aggregate, answers }: LiveMark): string {
  const facts = [`service: ${text(service.name)}`, `audience: ${text(audience)}`];
  if (aggregate !== null) facts.push(`aggregate: ${text(aggregate)}`);
  facts.push(`answers: [${answers.map((answer) => text(answer.name.value)).join(', ')}]`);
  return `${print(field).replaceAll('\n', '\n  ')} @subscribed(${facts.join(', ')})`;
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
