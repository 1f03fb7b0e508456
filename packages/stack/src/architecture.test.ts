import { expect, test } from '@jest/globals';
import { checkArchitecture } from './architecture/check.ts';
import { packageDoors, repositoryFiles } from './architecture/repository-files.ts';

const check = (files: Record<string, string>, doors: string[] = []) => checkArchitecture(new Map(Object.entries(files)), new Set(doors));

test('the repository keeps to its own rules', () => {
  const files = repositoryFiles();
  expect(files.size).toBeGreaterThan(50);
  expect(checkArchitecture(files, packageDoors())).toEqual([]);
});

const inService = 'services/tickets/src/ticket.ts';

// Every way of taking something from elsewhere is seen.
test.each([
  ["import { x } from '@atende/identity'"],
  ["import type { X } from '@atende/identity'"],
  ["import '@atende/identity'"],
  ["export { x } from '@atende/identity'"],
  ["export type { X } from '@atende/identity'"],
  ["const x = await import('@atende/identity')"],
  ["type X = import('@atende/identity').X"],
  ["const x = require('@atende/identity')"],
  ["const x = import.meta.resolve('@atende/identity')"],
  ["import { x } from '@atende/identity/testing'"],
])('a service never takes another service: %s', (text) => {
  expect(check({ [inService]: `${text};\nexport const own = 1;` })).toEqual([
    expect.stringContaining('services/tickets may not import @atende/identity'),
  ]);
});

const allowed: [string, string][] = [
  ['services/tickets/src/ticket.ts', '@atende/events'],
  ['services/tickets/src/ticket.ts', '@atende/service'],
  ['services/tickets/src/ticket.test.ts', '@atende/service/testing'],
  ['gateway/src/gateway.ts', '@atende/service'],
  ['gateway/src/gateway.ts', '@atende/events'],
  ['packages/service/src/bus.ts', '@atende/events'],
  ['packages/stack/src/stack.ts', '@atende/tickets'],
  ['bench/src/index.ts', '@atende/stack'],
];
test.each(allowed)('%s may import %s', (path, target) => {
  expect(check({ [path]: `import { x } from '${target}'; export const own = x;` })).toEqual([]);
});

const forbidden: [string, string][] = [
  ['packages/events/src/event.ts', '@atende/service'],
  ['packages/events/src/event.ts', '@atende/tickets'],
  ['packages/service/src/bus.ts', '@atende/tickets'],
  ['packages/service/src/bus.ts', '@atende/gateway'],
  ['packages/service/src/bus.ts', '@atende/stack'],
  ['services/tickets/src/ticket.ts', '@atende/gateway'],
  ['services/tickets/src/ticket.test.ts', '@atende/stack'],
  ['services/tickets/src/ticket.ts', '@atende/bench'],
  ['gateway/src/gateway.ts', '@atende/tickets'],
  ['gateway/src/gateway.ts', '@atende/stack'],
  ['packages/stack/src/stack.ts', '@atende/bench'],
  ['web/src/app.tsx', '@atende/service'],
  ['web/src/app.tsx', '@atende/gateway'],
];
test.each(forbidden)('%s may not import %s', (path, target) => {
  expect(check({ [path]: `import { x } from '${target}'; export const own = x;` })).toHaveLength(1);
});

test('the way round by a relative path is seen too', () => {
  const faults = check({ [inService]: "import { x } from '../../identity/src/person.ts'; export const own = x;" });
  expect(faults).toEqual([expect.stringContaining('outside of services/tickets')]);
});

test('a package is entered by its door only', () => {
  expect(check({ [inService]: "import { x } from '@atende/service/src/clock.ts'; export const own = x;" })).toEqual([
    expect.stringContaining('past its door'),
  ]);
});

test('what is for tests stays in tests', () => {
  const faults = check({
    [inService]: "import { x } from '@atende/service/testing'; export const own = x;",
    'services/tickets/src/form.ts': "import { x } from './form-testing.ts'; export const own = x;",
  });
  expect(faults).toEqual([expect.stringContaining('for tests only'), expect.stringContaining('for tests only')]);
});

test('a module whose name is computed cannot be checked, so it is refused', () => {
  expect(check({ [inService]: 'export const load = (name: string) => import(name);' })).toEqual([
    expect.stringContaining('name is computed'),
  ]);
});

test('a path that climbs three folders is refused', () => {
  const faults = check({ 'services/tickets/src/seed/forms/a.ts': "import { x } from '../../../src/ticket.ts'; export const own = x;" });
  expect(faults).toEqual([expect.stringContaining('a path that long')]);
});

const layers = ['main.ts', 'service.ts', 'ticket.resolver.ts', 'ticket.deeds.ts', 'ticket.queries.ts', 'ticket.ts'];
const pairs = layers.flatMap((from, low) => layers.map((to, high) => [from, to, high >= low] as const)).filter(([from, to]) => from !== to);
test.each(pairs)('inside a service %s may import %s: %p', (from, to, may) => {
  expect(check({ [`services/tickets/src/${from}`]: `import { x } from './${to}'; export const own = x;` })).toHaveLength(may ? 0 : 1);
});

test.each(['consumers.ts', 'deadlines.ts', 'comment.resolver.ts'])('policies may not import %s', (upper) => {
  expect(check({ 'services/tickets/src/ticket.policy.ts': `import { x } from './${upper}'; export const own = x;` })).toHaveLength(1);
});

test.each(['graphql', 'type-graphql', '@nats-io/jetstream', 'node:http', 'fastify'])('the domain imports no %s', (target) => {
  expect(check({ [inService]: `import { x } from '${target}'; export const own = x;` })).toEqual([
    expect.stringContaining('no GraphQL, NATS or HTTP'),
  ]);
});

test('the code of the worker reaches no resolver, however far away', () => {
  const faults = check({
    'services/tickets/src/consumers.ts': "import { x } from './intake.ts'; export const own = x;",
    'services/tickets/src/intake.ts': "import { x } from './deep/er.ts'; export const own = x;",
    'services/tickets/src/deep/er.ts': "export const own = () => import('../ticket.resolver.ts');",
    'services/tickets/src/ticket.resolver.ts': 'export const x = 1;',
  });
  expect(faults).toContain("services/tickets/src/consumers.ts: the worker's code reaches services/tickets/src/ticket.resolver.ts");
});

test.each(['common', 'utils', 'shared', 'helpers', 'core'])('no folder is called %s', (name) => {
  expect(check({ [`gateway/src/${name}/time.ts`]: 'export const own = 1;' })).toEqual([expect.stringContaining(`a folder called ${name}`)]);
});

test('a file that only passes others on is a barrel, unless it is the door of its package', () => {
  const files = {
    'packages/service/src/index.ts': "export { x } from './clock.ts';",
    'packages/service/src/all.ts': "export { x } from './clock.ts';",
  };
  expect(check(files, ['packages/service/src/index.ts'])).toEqual([
    'packages/service/src/all.ts: is a barrel file: import from where the thing is',
  ]);
});

test('even a door names what it offers', () => {
  const door = 'packages/service/src/index.ts';
  expect(check({ [door]: "export * from './clock.ts';" }, [door])).toEqual([expect.stringContaining('re-exports everything')]);
});

test('decorators live in the GraphQL face and in resolvers only', () => {
  const text = '@ObjectType() export class Ticket {}';
  expect(
    check({ 'services/tickets/src/ticket.graphql.ts': text, 'services/tickets/src/ticket.resolver.ts': text, [inService]: text }),
  ).toEqual([`${inService}: has decorators: they live in *.graphql.ts and *.resolver.ts`]);
});

test('a file has an end, and main.ts an early one', () => {
  const lines = (count: number) => Array.from({ length: count }, (_, at) => `export const x${at} = 1;`).join('\n');
  const faults = check({
    [inService]: lines(251),
    'services/tickets/src/ticket.test.ts': lines(400),
    'services/tickets/src/main.ts': lines(10),
    'gateway/src/plan.ts': lines(250),
  });
  expect(faults).toEqual([expect.stringContaining('has 10 lines'), expect.stringContaining('has 251 lines')]);
});
