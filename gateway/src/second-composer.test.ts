import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { composeServices as composeIndependently } from '@theguild/federation-composition';
import { buildSchema } from 'graphql';
import { CompositionRefused, composeSupergraph, subgraphsOf } from './composition.ts';
import { publicSchema } from './registry/graph.ts';
import { schemaChanges } from './registry/schema-changes.ts';
import type { ServiceSdl } from './service-document.ts';
import { IDENTITY_SDL, TICKETS_SDL, TOY_SERVICES } from './testing/toy-sdl.ts';

// A composer of other authors and another licence has to come to the same verdicts and to the same public schema.

const root = new URL('../../services/', import.meta.url);
const services: ServiceSdl[] = readdirSync(root)
  .map((name) => ({ name, url: `http://${name}/graphql`, file: new URL(`${name}/schema.graphql`, root) }))
  .filter(({ file }) => existsSync(file))
  .map(({ name, url, file }) => ({ name, url, sdl: readFileSync(file, 'utf8') }));

function ours(graph: readonly ServiceSdl[]): string | null {
  try {
    return composeSupergraph(graph);
  } catch (error) {
    if (error instanceof CompositionRefused) return null;
    throw error;
  }
}
const theirs = (graph: readonly ServiceSdl[]) => composeIndependently(subgraphsOf(graph));

function expectAgreement(graph: readonly ServiceSdl[]): void {
  const supergraph = ours(graph);
  const { publicSdl, errors } = theirs(graph);
  expect(errors?.map(({ message }) => message)).toBeUndefined();
  expect(schemaChanges(publicSchema(supergraph ?? ''), buildSchema(publicSdl ?? '', { assumeValid: true }))).toEqual([]);
}

describe('a second composer', () => {
  test('makes the same public schema of our services', () => {
    expect(services.map(({ name }) => name)).toEqual(expect.arrayContaining(['identity', 'tickets', 'attachments']));
    expectAgreement(services);
  });

  test.each(['identity', 'tickets'])('and of all but %s, or neither makes one', (name) => {
    const others = services.filter((service) => service.name !== name);
    if (ours(others) === null) expect(theirs(others).errors).toBeDefined();
    else expectAgreement(others);
  });

  test('makes the same public schema of the toys', () => expectAgreement(TOY_SERVICES));
});

describe('what one composer refuses, the other does too', () => {
  const toys = (tickets: string, identity = IDENTITY_SDL) => [
    { ...TOY_SERVICES[0]!, sdl: tickets },
    { ...TOY_SERVICES[1]!, sdl: identity },
  ];
  const swapped = (from: string, to: string) => {
    expect(TICKETS_SDL).toContain(from);
    return TICKETS_SDL.replace(from, to);
  };
  const cases: [string, () => ServiceSdl[]][] = [
    ['an unknown type', () => toys(swapped('subject: String!', 'subject: Missing!'))],
    [
      'a field in two services that nobody shares',
      () =>
        toys(
          swapped(
            'type Contact @key(fields: "id", resolvable: false) { id: ID! }',
            'type Contact @key(fields: "id") { id: ID! name: String! }',
          ),
        ),
    ],
    [
      'a shared field of two types',
      () =>
        toys(swapped('type EventFeed @inaccessible @shareable { epoch: String!', 'type EventFeed @inaccessible @shareable { epoch: Int!')),
    ],
    [
      'a type that is two kinds',
      () =>
        toys(
          swapped('type Tag {', 'type Organization { id: ID! }\ntype Tag {').replace(
            'type Organization { id: ID! }',
            'enum Organization { A }',
          ),
        ),
    ],
    ['a key of fields that are not there', () => toys(swapped('type Tag {', 'type Tag @key(fields: "code") {'))],
    [
      'a required argument that another service does not know',
      () =>
        toys(
          swapped(
            '_events(after: String, first: Int!): EventFeed! @inaccessible @shareable',
            '_events(after: String, first: Int!, kind: String!): EventFeed! @inaccessible @shareable',
          ),
        ),
    ],
    [
      'an interface that is not kept',
      () =>
        toys(
          swapped(
            'type Comment implements Node @key(fields: "id") @node(prefix: "cmt") { id: ID!',
            'type Comment implements Node @key(fields: "body") { ',
          ),
        ),
    ],
    [
      'a field that cannot be reached from everywhere',
      () =>
        toys(
          swapped('type Tag { name: String!', 'type Tag { name: String! @shareable'),
          `${IDENTITY_SDL.replace('slow: String', 'slow: String tag: Tag')}\ntype Tag { name: String! @shareable colour: String }`,
        ),
    ],
    ['hidden in one place, used in another', () => toys(swapped('type Tag {', 'type Tag @inaccessible {'))],
    [
      'an external field that nobody provides',
      () =>
        toys(
          swapped('requester: Contact', 'requester: Contact other: String @external').replace(
            '"@composeDirective"]',
            '"@composeDirective", "@external"]',
          ),
        ),
    ],
  ];
  test.each(cases)('%s', (_, make) => {
    const graph = make();
    const verdicts = [ours(graph) === null, theirs(graph).errors !== undefined];
    expect(verdicts).toEqual([verdicts[0], verdicts[0]]);
    expect(verdicts[0]).toBe(true);
  });
});
