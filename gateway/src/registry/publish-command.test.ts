import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { buildSeen } from '../testing/registry-builders.ts';
import { IDENTITY_SDL, TICKETS_SDL, TOY_SERVICES } from '../testing/toy-sdl.ts';
import { DirectoryRegistry } from './directory-registry.ts';
import { publishedGraph } from './graph.ts';
import { publishAll } from './publish.ts';
import { publishCommand } from './publish-command.ts';

const program = fileURLToPath(new URL('./publish-main.ts', import.meta.url));
const COLOURED = TICKETS_SDL.replace('type Tag {', 'type Tag { colour: String ');
let root: string;
let place: string;
let registry: DirectoryRegistry;
const first = mkdtempSync(join(tmpdir(), 'atende-published-'));
beforeAll(() => publishAll(new DirectoryRegistry(first), TOY_SERVICES, 'the test'));
afterAll(() => rmSync(first, { recursive: true }));
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'atende-publish-'));
  place = join(root, 'registry');
  cpSync(first, place, { recursive: true });
  registry = new DirectoryRegistry(place);
});
afterEach(() => rmSync(root, { recursive: true }));

function file(name: string, content: string | Buffer): string {
  mkdirSync(join(root, name, '..'), { recursive: true });
  writeFileSync(join(root, name), content);
  return join(root, name);
}
const run = async (...words: string[]) => {
  const { code, lines } = await publishCommand([...words, '--registry', place], () => undefined);
  return { code, text: lines.join('\n') };
};
const publishing = (service: string, sdl: string): ChildProcess =>
  spawn(process.execPath, [program, service, '--schema', file(`${service}.graphql`, sdl), '--registry', place], { stdio: 'ignore' });
const ended = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once('close', resolve));

describe('npm run publish-schema', () => {
  test('says what changes and who would break, by name, and ends with 1', async () => {
    const operation = buildSeen({ name: 'TicketPage', document: '{ticket(id:""){subject}}', clients: { 'portal 1.4.2': 3 }, count: 1234 });
    await registry.report('gateway-1', [operation]);
    const schema = file('tickets.graphql', TICKETS_SDL.replace('  subject: String!\n', ''));
    const refused = await run('tickets', '--schema', schema);
    expect(refused.code).toBe(1);
    expect(refused.text).toMatch(/^ {2}- Ticket\.subject: String!$/m);
    expect(refused.text).toMatch(/^ {2}TicketPage: portal 1\.4\.2, last seen 20.* UTC, 1234 times, [0-9a-f]{12}$/m);
    expect(refused.text).toMatch(/^ {4}Ticket\.subject: Cannot query field "subject" on type "Ticket"\.$/m);
    expect(refused.text).toMatch(/Not published: publication 1 stays/);
    const forced = await run('tickets', '--schema', schema, '--force-reason', 'nobody is left');
    expect([forced.code, forced.text]).toEqual([0, expect.stringMatching(/Published as 2 all the same: nobody is left\./)]);
    expect((await run('--history')).text).toMatch(
      / 2 {2}20.* tickets published by .*, forced: nobody is left\n +1 {2}20.* all services published by the test/,
    );
  });

  test('a dry run, a publication and the way back', async () => {
    const schema = file('tickets.graphql', COLOURED);
    expect(await run('tickets', '--schema', schema, '--dry-run')).toMatchObject({
      code: 0,
      text: expect.stringMatching(/\+ Tag\.colour: String\n[\s\S]*Nothing was written/),
    });
    expect(await run('tickets', '--schema', schema)).toMatchObject({ code: 0, text: expect.stringMatching(/Published as 2\./) });
    expect(await run('tickets', '--schema', schema)).toMatchObject({ code: 0, text: expect.stringMatching(/Nothing to publish/) });
    expect(await run('tickets', '--rollback')).toMatchObject({
      code: 0,
      text: expect.stringMatching(/what it had in publication 1[\s\S]*Published as 3\./),
    });
    expect(await run('tickets', '--rollback', '--to', '7')).toMatchObject({
      code: 1,
      text: expect.stringMatching(/no schema in publication 7/),
    });
    expect(await run('nobody', '--rollback')).toMatchObject({ code: 1, text: expect.stringMatching(/no former schema of nobody/) });
  });

  test('a service that does not compose, or whose address nobody knows, is refused in words', async () => {
    const bad = await run('tickets', '--schema', file('bad.graphql', 'type Query { a: Missing }'));
    expect([bad.code, bad.text]).toEqual([1, expect.stringMatching(/- tickets, .*: .*Missing[\s\S]*Nothing was published/)]);
    const unknown = await run('notes', '--schema', file('notes.graphql', 'type Query { notes: Int }'));
    expect([unknown.code, unknown.text]).toEqual([1, expect.stringMatching(/notes is new to .*: say where it listens, as --url/)]);
  });

  test('SDL that cannot be read is refused in words', async () => {
    const large = file('large.graphql', Buffer.alloc(8_388_609, '#'));
    const binary = file('binary.graphql', Buffer.from([0xff, 0xfe, 0x00]));
    for (const [schema, says] of [
      [join(root, 'absent.graphql'), /absent\.graphql cannot be read: ENOENT/],
      [root, /is no file/],
      [large, /is larger than/],
      [binary, /is not UTF-8/],
      [file('empty.graphql', ''), /tickets, line 1: Syntax Error/],
    ] as const)
      expect(await run('tickets', '--schema', schema)).toMatchObject({ code: 1, text: expect.stringMatching(says) });
    expect((await publishedGraph(registry)).version).toBe(1);
  });

  test('says how it is called', async () => {
    expect(await run('--help')).toMatchObject({ code: 0, text: expect.stringMatching(/^npm run publish-schema <service>/) });
  });

  test.each([
    [['../../etc/passwd'], /is no name of a service/],
    [['Tickets'], /is no name of a service/],
    [[''], /which service\?/],
    [['tickets'], /which schema\?/],
    [['tickets', 'identity', '--schema', 'x'], /one name is expected/],
    [['tickets', '--schema', 'x', '--colour'], /Unknown option '--colour'/],
    [['tickets', '--schema', 'x', '--url', 'file:///etc'], /--url file:/],
    [['tickets', '--schema', 'x', '--force-reason', ' '], /expects a reason/],
    [['tickets', '--schema', 'x', '--to', '3'], /--to expects/],
    [['--store', 'portal'], /a client and a folder/],
  ])('words that are wrong: %j', async (words, says) => {
    expect(await run(...words)).toMatchObject({ code: 2, text: expect.stringMatching(says) });
  });

  test('keeps the documents of a client, checked; they hold a change back', async () => {
    file('documents/page.graphql', 'query Page($id: ID!) { ticket(id: $id) { ...Words } } fragment Words on Ticket { subject }');
    expect(await run('--store', 'portal', join(root, 'documents'))).toMatchObject({
      code: 0,
      text: expect.stringMatching(/portal has 1 stored/),
    });
    const refused = await run('tickets', '--schema', file('tickets.graphql', TICKETS_SDL.replace('  subject: String!\n', '')));
    expect(await registry.documents()).toMatchObject({ texts: [expect.stringMatching(/^query Page\(.* subject }$/)] });
    expect([refused.code, refused.text]).toEqual([1, expect.stringMatching(/ {2}Page: portal, stored, [0-9a-f]{12}\n {4}Ticket\.subject/)]);
    file('documents/wrong.graphql', '{ nothing }');
    expect(await run('--store', 'portal', join(root, 'documents'))).toMatchObject({
      code: 1,
      text: expect.stringMatching(/wrong\.graphql: Cannot query/),
    });
    expect(await run('--store', '../portal', join(root, 'documents'))).toMatchObject({ code: 2 });
    expect(await run('--store', 'portal', join(root, 'nowhere'))).toMatchObject({ code: 1, text: expect.stringMatching(/ENOENT/) });
  });
});

describe('a manifest of persisted documents', () => {
  test.each([
    ['persisted-documents.json', { abc: '{ slow }', def: '{ viewer { id } }' }],
    [
      'persisted-query-manifest.json',
      {
        format: 'apollo-persisted-query-manifest',
        version: 1,
        operations: [
          { id: 'abc', body: '{ slow }' },
          { id: 'def', body: '{ viewer { id } }' },
        ],
      },
    ],
  ])('is read as the tools write it: %s', async (name, content) => {
    file(`documents/${name}`, JSON.stringify(content));
    file('documents/other.json', '{}');
    expect(await run('--store', 'portal', join(root, 'documents'))).toMatchObject({
      code: 0,
      text: expect.stringMatching(/portal has 2 stored/),
    });
    expect(await registry.documents()).toMatchObject({ texts: ['{ slow }', '{ viewer { id } }'] });
  });

  test('that is none is refused in words', async () => {
    file('documents/persisted-documents.json', '[]');
    expect(await run('--store', 'portal', join(root, 'documents'))).toMatchObject({
      code: 1,
      text: expect.stringMatching(/is no manifest/),
    });
  });
});

describe('publishers as processes', () => {
  test('two at once: both are in the graph afterwards', async () => {
    const identity = IDENTITY_SDL.replace('slow: String', 'slow: String fast: String');
    const codes = await Promise.all([ended(publishing('tickets', COLOURED)), ended(publishing('identity', identity))]);
    expect(codes).toEqual([0, 0]);
    const { version, services } = await publishedGraph(registry);
    expect([version, services.get('tickets')?.sdl, services.get('identity')?.sdl]).toEqual([3, COLOURED, identity]);
  }, 30_000);

  test('kill -9 in the middle leaves the old graph or the new one, and the next publisher goes on', async () => {
    const killed = publishing('tickets', COLOURED);
    const watcher = watch(place, { recursive: true }, () => killed.kill('SIGKILL'));
    await ended(killed);
    watcher.close();
    const { version, services } = await publishedGraph(registry);
    expect([1, 2]).toContain(version);
    expect(services.get('tickets')?.sdl).toBe(version === 1 ? TICKETS_SDL : COLOURED);
    expect(await run('tickets', '--schema', file('tickets.graphql', COLOURED))).toMatchObject({ code: 0 });
    expect((await publishedGraph(registry)).services.get('tickets')?.sdl).toBe(COLOURED);
  }, 30_000);

  const mayMount = spawnSync('unshare', ['-m', 'true']).status === 0;
  (mayMount ? test : test.skip)(
    'a registry without room, or for reading only, refuses and stays as it was',
    () => {
      const schema = file('tickets.graphql', `${COLOURED}\n${'# much to say\n'.repeat(20_000)}`);
      const publish = `"${process.execPath}" "${program}" tickets --schema "${schema}" --registry "${root}/small" 2>&1; echo "code $?"`;
      const steps = [
        `mkdir "${root}/small"`,
        `mount -t tmpfs -o size=200k none "${root}/small"`,
        `cp -r "${place}/." "${root}/small/"`,
        publish,
        `ls "${root}/small/publications" "${root}/small/new"`,
        `mount -o remount,ro "${root}/small"`,
        publish,
      ];
      const said = execFileSync('unshare', ['-m', 'sh', '-c', steps.join(' && ')], { encoding: 'utf8' });
      expect(said).toMatch(/no room left: .*ENOSPC\. Nothing was published\.\ncode 1\n[\s\S]*publications:\n1\.json\n/);
      expect(said).not.toMatch(/\d+-[0-9a-f]{12}\n/);
      expect(said).toMatch(/cannot be written: .*EROFS\. Nothing was published\.\ncode 1\n$/);
    },
    30_000,
  );

  test('what was left behind by a killed one is nobody’s publication', async () => {
    file('registry/new/1-dead', '{"version": 2');
    file('registry/publications/.2.json.swp', 'half');
    expect((await publishedGraph(registry)).version).toBe(1);
    expect(readdirSync(join(place, 'publications'))).toContain('1.json');
  });
});
