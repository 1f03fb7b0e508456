import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import { CompositionRefused, composeSupergraph } from './composition.ts';
import { IDENTITY_SDL, TICKETS_SDL, TOY_SERVICES } from './testing/toy-sdl.ts';

const tickets = (sdl: string, url = 'http://127.0.0.1:1/graphql') => ({ name: 'tickets', url, sdl });
const problemsOf = (services: Parameters<typeof composeSupergraph>[0]) => {
  try {
    composeSupergraph(services);
    return [];
  } catch (error) {
    if (error instanceof CompositionRefused) return error.problems;
    throw error;
  }
};

describe('composing the supergraph', () => {
  test('Subscription and node come from a virtual subgraph derived from the marks', () => {
    const sdl = composeSupergraph(TOY_SERVICES);
    expect(sdl).toContain('LIVE @join__graph(name: "live", url: "live:")');
    expect(sdl).toMatch(
      /ticketChanged\(ticketId: ID!, after: String\): TicketEvent! @subscribed\(service: "tickets", audience: "_ticketEventAudience", aggregate: "ticketId", answers: \["matches"\]\)/,
    );
    expect(sdl).toMatch(/node\(id: ID!\): Node @join__field\(graph: LIVE\)/);
    expect(sdl).toMatch(/matches: Boolean! @join__field\(graph: LIVE\)/);
    expect(sdl).toContain('@located(service: "tickets", prefix: "tkt")');
    expect(sdl).toContain('allowedActions: [String!]! @join__field(graph: TICKETS) @personal');
  });

  test('the order of the services changes no byte', () => {
    expect(composeSupergraph([...TOY_SERVICES].reverse())).toBe(composeSupergraph(TOY_SERVICES));
  });

  test('services without marks compose without the virtual subgraph', () => {
    expect(composeSupergraph([tickets('type Query { hello: String }')])).not.toContain('LIVE');
  });

  test('a root field whose answer every service adds to comes from the virtual subgraph', () => {
    const sdl = composeSupergraph(TOY_SERVICES);
    expect(sdl).toMatch(/search\(text: String!\): SearchResult! @join__field\(graph: LIVE\) @entered/);
    expect(sdl).toMatch(/@join__type\(graph: LIVE, key: "text", resolvable: false\)/);
  });

  test('inputs of live fields are copied whole, with the enums they need', () => {
    const sdl = composeSupergraph(TOY_SERVICES);
    expect(sdl).toMatch(
      /input TicketFilter\s+@join__type\(graph: LIVE\)\s+@join__type\(graph: TICKETS\)\s+\{\s+status: \[TicketStatus!\]\s+text: String/,
    );
    expect(sdl).toContain('CLOSED @join__enumValue(graph: LIVE) @join__enumValue(graph: TICKETS)');
  });
});

describe('what does not compose is said with its place', () => {
  const cases: [string, string, string, RegExp][] = [
    ['a syntax error', 'type Query { hello: }', 'line 1', /Syntax Error/],
    ['an own Subscription', `${TICKETS_SDL} type Subscription { a: Int }`, 'Subscription', /@live/],
    [
      'a live field of another type',
      TICKETS_SDL.replace('after: String): TicketEvent!', 'after: String): Ticket!'),
      'TicketEvent @live',
      /must answer TicketEvent!/,
    ],
    [
      'an unknown audience field',
      TICKETS_SDL.replace('audience: "_ticketEventAudience"', 'audience: "_nobody"'),
      'TicketEvent @live',
      /Query\._nobody does not exist/,
    ],
    [
      'an aggregate that is no argument',
      TICKETS_SDL.replace('aggregate: "ticketId"', 'aggregate: "id"'),
      'TicketEvent @live',
      /no argument "id"/,
    ],
    ['a live field twice', TICKETS_SDL.replace('ticketsChanged(', 'ticketChanged('), 'TicketEvent @live', /already declared/],
    [
      'a live field that is no field',
      TICKETS_SDL.replace('field: "ticketChanged(', 'field: "ticketChanged[('),
      'TicketEvent @live',
      /not one field definition/,
    ],
    ['a node without a key', TICKETS_SDL.replace('type Tag {', 'type Tag @node(prefix: "tag") {'), 'Tag @node', /needs @key/],
    [
      'a prefix twice',
      TICKETS_SDL.replace('@node(prefix: "cmt")', '@node(prefix: "tkt")'),
      'Comment @node',
      /already the prefix of Ticket/,
    ],
    [
      'an argument type that is missing',
      TICKETS_SDL.replace('ticketsChanged(filter: TicketFilter', 'ticketsChanged(filter: Lost'),
      '@live',
      /argument type Lost/,
    ],
    ['an entry that is no field', TICKETS_SDL.replace('search(text:', 'search(['), 'SearchResult @entry', /not one field definition/],
    [
      'an entry of another type',
      TICKETS_SDL.replace('String!): SearchResult!"', 'String!): Ticket!"'),
      'SearchResult @entry',
      /must answer SearchResult!/,
    ],
    [
      'an entry whose arguments are no key',
      TICKETS_SDL.replace('search(text: String!)', 'search(text: String!, first: Int)'),
      'SearchResult @entry',
      /@key\(fields: "text first"\)/,
    ],
    [
      'a visible root field with an underscore',
      TICKETS_SDL.replace(
        'watchers: [EventWatcherInput!]!): [EventAudience]! @inaccessible',
        'watchers: [EventWatcherInput!]!): [EventAudience]!',
      ),
      'Query._ticketEventAudience',
      /must be @inaccessible/,
    ],
  ];
  test.each(cases)('%s', (_name, sdl, at, message) => {
    const problems = problemsOf([tickets(sdl)]);
    expect(problems).toContainEqual(expect.objectContaining({ service: 'tickets', at, message: expect.stringMatching(message) }));
  });

  test('no entry that may answer null, where all its services say so', () => {
    const nullable = TICKETS_SDL.replace('String!): SearchResult!"', 'String!): SearchResult"');
    expect(problemsOf([tickets(nullable)])).toEqual([]);
  });

  test('two services that contradict each other, with the reason of the composer', () => {
    const [problem] = problemsOf([tickets('type Query { a: Int }'), { name: 'other', url: 'http://x', sdl: 'type Query { a: String }' }]);
    expect(problem?.message).toMatch(/incompatible/);
  });

  test('two services that mark one entry differently', () => {
    const other = IDENTITY_SDL.replace('search(text: String!)', 'find(text: String!)');
    const problems = problemsOf([tickets(TICKETS_SDL), { name: 'identity', url: 'http://x', sdl: other }]);
    expect(problems).toContainEqual({
      service: 'tickets',
      at: 'SearchResult @entry',
      message: 'differs from the mark in identity: find(text: String!): SearchResult!',
    });
  });

  test('a feature that the composer takes and the gateway refuses', () => {
    const sdl = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@authenticated"])
      type Query { a: Int @authenticated }`;
    expect(problemsOf([tickets(sdl)])[0]?.message).toMatch(/authenticated/);
  });

  test('all problems come at once, one line each', () => {
    expect(() =>
      composeSupergraph([tickets('type Query { a: Int }', 'nowhere'), { name: 'live', url: 'http://x', sdl: 'type Query { b: Int }' }]),
    ).toThrow(/- live, its name: is reserved.*\n- tickets, its address: "nowhere" is not a URL/);
  });
});

describe('the command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'atende-compose-'));
  const command = fileURLToPath(new URL('./compose.ts', import.meta.url));
  const out = join(folder, 'supergraph.graphql');
  writeFileSync(join(folder, 'tickets.graphql'), TICKETS_SDL);
  writeFileSync(join(folder, 'identity.graphql'), IDENTITY_SDL);
  writeFileSync(join(folder, 'bad.graphql'), 'type Query { a: Missing }');
  afterAll(() => rmSync(folder, { recursive: true }));

  test('writes the supergraph, and leaves the old one where the services do not compose', () => {
    const good = ['tickets', 'identity'].map((name) => `${name}=${join(folder, `${name}.graphql`)},http://127.0.0.1:9/graphql`);
    execFileSync(process.execPath, [command, '--out', out, ...good]);
    const first = readFileSync(out, 'utf8');
    expect(first).toContain('ticketChanged');
    const bad = spawnSync(process.execPath, [command, '--out', out, `bad=${join(folder, 'bad.graphql')},http://x`], { encoding: 'utf8' });
    expect([bad.status, bad.stderr]).toEqual([1, expect.stringMatching(/- bad, .*: .*Missing/)]);
    expect(readFileSync(out, 'utf8')).toBe(first);
  });

  test('says how it is called', () => {
    const wrong = spawnSync(process.execPath, [command, '--out', out, 'tickets'], { encoding: 'utf8' });
    expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringMatching(/^usage: compose\.js --out/)]);
  });
});
