import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { printSchema } from 'graphql';
import { CompositionRefused } from '../composition.ts';
import { buildSeen } from '../testing/registry-builders.ts';
import { IDENTITY_SDL, TICKETS_SDL, TOY_SERVICES } from '../testing/toy-sdl.ts';
import { DirectoryRegistry } from './directory-registry.ts';
import { publicSchema, publishedGraph } from './graph.ts';
import { AddressMissing, formerSdl, type Proposal, publish, publishAll } from './publish.ts';
import type { Registry } from './registry.ts';

let folder: string;
let registry: DirectoryRegistry;
const first = mkdtempSync(join(tmpdir(), 'atende-published-'));
beforeAll(() => publishAll(new DirectoryRegistry(first), TOY_SERVICES, 'the test'));
afterAll(() => rmSync(first, { recursive: true }));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atende-publish-'));
  cpSync(first, folder, { recursive: true });
  registry = new DirectoryRegistry(folder);
});
afterEach(() => rmSync(folder, { recursive: true }));

const buildProposal = (changed: Partial<Proposal>): Proposal => ({
  service: 'tickets',
  sdl: TICKETS_SDL,
  kind: 'PUBLISHED',
  by: 'ana@laptop',
  dryRun: false,
  documents: [],
  ...changed,
});
const COLOURED = TICKETS_SDL.replace('type Tag {', 'type Tag { colour: String ');
const WITHOUT_SUBJECT = TICKETS_SDL.replace('  subject: String!\n', '');
const PAGE = buildSeen({
  name: 'TicketPage',
  document: 'query($v1:ID!){ticket(id:$v1){number subject}}',
  clients: { 'portal 1.4.2': 3 },
  last: new Date(Date.now() - 3_600_000).toISOString(),
  count: 4,
});
const schemaText = async () => {
  const { supergraph } = await publishedGraph(registry);
  return printSchema(publicSchema(supergraph ?? ''));
};
const version = async () => (await publishedGraph(registry)).version;

describe('publishing', () => {
  test('an additive change makes a new version and says what it adds', async () => {
    const outcome = await publish(registry, buildProposal({ sdl: COLOURED }));
    expect(outcome).toMatchObject({ verdict: 'PUBLISHED', version: 2, changes: [{ sign: '+', what: 'Tag.colour: String' }] });
    expect(await schemaText()).toMatch(/colour: String/);
    expect(await registry.history(1)).toMatchObject([{ version: 2, service: 'tickets', by: 'ana@laptop', kind: 'PUBLISHED' }]);
  });

  test('the same again is nothing; a new address is something', async () => {
    expect(await publish(registry, buildProposal({}))).toMatchObject({ verdict: 'UNCHANGED', version: 1 });
    const moved = await publish(registry, buildProposal({ url: 'http://tickets:4102/graphql' }));
    expect(moved).toMatchObject({ verdict: 'PUBLISHED', version: 2, changes: [] });
    expect((await publishedGraph(registry)).services.get('tickets')?.url).toBe('http://tickets:4102/graphql');
  });

  test('a new service needs an address once', async () => {
    const notes = { service: 'notes', sdl: 'type Query { notes: [String!]! }' };
    await expect(publish(registry, buildProposal(notes))).rejects.toThrow(AddressMissing);
    expect(await publish(registry, buildProposal({ ...notes, url: 'http://notes:1/graphql' }))).toMatchObject({ verdict: 'PUBLISHED' });
    const more = buildProposal({ ...notes, sdl: 'type Query { notes: [String!]!  note: String }' });
    expect(await publish(registry, more)).toMatchObject({ verdict: 'PUBLISHED', version: 3 });
  });

  test('what does not compose with the others is refused, with the place', async () => {
    const sdl = TICKETS_SDL.replace(
      'type PageInfo @shareable {',
      'type Organization @key(fields: "id") { id: ID!  code: Int! }\ntype PageInfo @shareable {',
    );
    const refusal = publish(registry, buildProposal({ sdl }));
    await expect(refusal).rejects.toThrow(CompositionRefused);
    await expect(refusal).rejects.toThrow(/Organization\.code/);
    expect(await version()).toBe(1);
  });

  test('a dry run says the same and writes nothing', async () => {
    expect(await publish(registry, buildProposal({ sdl: COLOURED, dryRun: true }))).toMatchObject({ verdict: 'WOULD_PUBLISH', version: 1 });
    expect(await version()).toBe(1);
  });
});

describe('a change that breaks what clients do', () => {
  beforeEach(() => registry.report('gateway-1', [PAGE]));

  test('is refused with the operation, its clients and the field', async () => {
    const outcome = await publish(registry, buildProposal({ sdl: WITHOUT_SUBJECT }));
    expect(outcome).toMatchObject({ verdict: 'BREAKS', version: 1 });
    expect(outcome.check.broken).toEqual([
      {
        operation: 'TicketPage',
        hash: PAGE.hash,
        clients: ['portal 1.4.2'],
        last: PAGE.last,
        count: 4,
        breaks: [{ at: 'Ticket.subject', why: 'Cannot query field "subject" on type "Ticket".' }],
      },
    ]);
    expect(await version()).toBe(1);
  });

  test('is published when somebody says why, and the reason stays', async () => {
    const forced = 'the portal is gone';
    expect(await publish(registry, buildProposal({ sdl: WITHOUT_SUBJECT, forced }))).toMatchObject({ verdict: 'PUBLISHED', version: 2 });
    expect(await registry.history(1)).toMatchObject([{ forced }]);
    // Broken once is broken: it is held against nobody else.
    expect(await publish(registry, buildProposal({ sdl: WITHOUT_SUBJECT.replace('type Tag {', 'type Tag { a: Int ') }))).toMatchObject({
      verdict: 'PUBLISHED',
      check: { broken: [] },
    });
  });

  test('what gateways themselves ask may not go either', async () => {
    const sdl = IDENTITY_SDL.replace('  _endedSessions(after: String): EndedSessions! @inaccessible\n', '');
    expect(await publish(registry, buildProposal({ service: 'identity', sdl }))).toMatchObject({
      verdict: 'BREAKS',
      check: { broken: [{ operation: 'what gateways ask', breaks: [{ at: 'Query._endedSessions' }] }] },
    });
  });

  test('a reason where nothing breaks is not kept', async () => {
    await publish(registry, buildProposal({ sdl: COLOURED, forced: 'to be sure' }));
    expect((await registry.history(1))[0]).not.toHaveProperty('forced');
  });

  test('counts once what several replicas saw, and not at all what was last seen long ago', async () => {
    await registry.report('gateway-2', [PAGE]);
    const { check } = await publish(registry, buildProposal({ sdl: WITHOUT_SUBJECT }));
    expect(check).toMatchObject({ operations: 1, broken: [{ count: 8, clients: ['portal 1.4.2'] }] });
    rmSync(join(folder, 'operations'), { recursive: true });
    const old = new DirectoryRegistry(folder, () => new Date('2026-01-02T00:00:00.000Z'));
    await old.report('gateway-1', [{ ...PAGE, first: '2026-01-01T00:00:00.000Z', last: '2026-01-01T00:00:00.000Z' }]);
    expect(await publish(registry, buildProposal({ sdl: WITHOUT_SUBJECT }))).toMatchObject({
      verdict: 'PUBLISHED',
      check: { operations: 0 },
    });
  });

  test('nobody uses what goes: it goes', async () => {
    const sdl = TICKETS_SDL.replace('  watchers: [Contact]!\n', '');
    const outcome = await publish(registry, buildProposal({ sdl }));
    expect(outcome).toMatchObject({ verdict: 'PUBLISHED', changes: [{ sign: '-', what: 'Ticket.watchers: [Contact]!' }] });
  });

  test('stored documents are held against it for ever, in the registry or beside it', async () => {
    rmSync(join(folder, 'operations'), { recursive: true });
    const documents = [
      { file: 'ticket.graphql', text: 'query Mine($id: ID!) { ticket(id: $id) { subject } }' },
      { file: 'broken.graphql', text: '{ nothing' },
    ];
    const { verdict, check } = await publish(registry, buildProposal({ sdl: WITHOUT_SUBJECT, documents }));
    expect([verdict, check.broken]).toMatchObject(['BREAKS', [{ operation: 'ticket.graphql', hash: null, last: null }]]);
    expect(check.warnings).toEqual([
      expect.stringMatching(/No gateway has reported/),
      expect.stringMatching(/^broken\.graphql is no valid/),
    ]);
    const long = '2020-01-01T00:00:00.000Z';
    await registry.store('portal', [{ ...PAGE, first: long, last: long, clients: {}, count: 0 }]);
    const stored = await publish(registry, buildProposal({ sdl: WITHOUT_SUBJECT }));
    expect(stored).toMatchObject({ verdict: 'BREAKS', check: { broken: [{ operation: 'TicketPage', clients: ['portal'], last: null }] } });
  });
});

describe('going back', () => {
  test('brings what the service had before, with what the others have published since', async () => {
    await publish(registry, buildProposal({ sdl: COLOURED }));
    const identity = IDENTITY_SDL.replace('slow: String', 'slow: String fast: String');
    await publish(registry, buildProposal({ service: 'identity', sdl: identity }));
    const former = await formerSdl(registry, 'tickets', null);
    expect(former).toEqual({ version: 1, sdl: TICKETS_SDL });
    await publish(registry, buildProposal({ sdl: former?.sdl ?? '', kind: 'ROLLED_BACK' }));
    expect(await schemaText()).toMatch(/fast: String/);
    expect(await schemaText()).not.toMatch(/colour/);
    expect(await registry.history(1)).toMatchObject([{ version: 4, kind: 'ROLLED_BACK' }]);
    expect(await formerSdl(registry, 'tickets', null)).toMatchObject({ version: 3, sdl: COLOURED });
    expect(await formerSdl(registry, 'tickets', 2)).toMatchObject({ sdl: COLOURED });
  });

  test('is checked like everything else', async () => {
    await publish(registry, buildProposal({ sdl: COLOURED }));
    await registry.report('gateway-1', [buildSeen({ name: 'Tags', document: '{ticket(id:""){tags{colour}}}' })]);
    expect(await publish(registry, buildProposal({ kind: 'ROLLED_BACK' }))).toMatchObject({
      verdict: 'BREAKS',
      check: { broken: [{ operation: 'Tags', breaks: [{ at: 'Tag.colour' }] }] },
    });
  });

  test('nowhere: there was nothing before', async () => {
    expect(await formerSdl(registry, 'tickets', null)).toBeNull();
    expect(await formerSdl(registry, 'tickets', 9)).toBeNull();
    expect(await formerSdl(registry, 'nobody', null)).toBeNull();
  });
});

test('two at once: the second composes again on what the first has published', async () => {
  const identity = IDENTITY_SDL.replace('slow: String', 'slow: String fast: String');
  // Between the composition of the one and its publication, the other publishes.
  const late: Registry = Object.create(registry, {
    append: {
      async value(...given: Parameters<Registry['append']>) {
        if ((await version()) === 1) await publish(registry, buildProposal({ service: 'identity', sdl: identity }));
        return registry.append(...given);
      },
    },
    newest: { value: () => registry.newest() },
    text: { value: (digest: string) => registry.text(digest) },
    keep: { value: (text: string) => registry.keep(text) },
    reports: { value: () => registry.reports() },
  });
  const said: string[] = [];
  expect(await publish(late, buildProposal({ sdl: COLOURED }), (line) => said.push(line))).toMatchObject({
    verdict: 'PUBLISHED',
    version: 3,
  });
  expect(said).toEqual([expect.stringMatching(/published meanwhile: publication 2, identity by ana@laptop; composing again/)]);
  expect(await schemaText()).toMatch(/fast: String/);
  expect(await schemaText()).toMatch(/colour: String/);
});

test('all services at once: exactly these, and nothing when they are there already', async () => {
  expect(await publishAll(registry, [...TOY_SERVICES].reverse(), 'npm start')).toBe(1);
  const [tickets] = TOY_SERVICES;
  expect(await publishAll(registry, [tickets!], 'npm start')).toBe(2);
  expect([...(await publishedGraph(registry)).services.keys()]).toEqual(['tickets']);
});
