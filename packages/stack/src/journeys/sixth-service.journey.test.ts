import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DirectoryRegistry } from '@atende/gateway/registry';
import { provisionDatabase } from '@atende/service/provision';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startEmbedded } from '../embedded.ts';
import { eventually } from '../faults/eventually.ts';
import { anyFreePort } from '../free-port.ts';
import { follow, type Launched } from '../testing/launched.ts';
import { RepositoryCopy } from '../testing/repository-copy.ts';
import { clientKey, open } from './filling.ts';
import { type Person, Portal } from './portal.ts';

const TEMPLATE = 'packages/stack/template/greetings';
const TABLE = 'packages/stack/src/services.ts';
const LINE = "  { name: 'greetings', port: 4107 },\n";

let copy: RepositoryCopy;
let data: string;
let launched: Launched;
let portal: Portal;
beforeAll(() => {
  copy = new RepositoryCopy();
  data = mkdtempSync(join(tmpdir(), 'atende-sixth-'));
});
afterAll(async () => {
  launched?.child.kill('SIGTERM');
  await launched?.ended;
  copy.remove();
  rmSync(data, { recursive: true, force: true });
}, 30_000);

/** What turbo would take from its cache: a workspace whose hash stays is not built again. */
async function hashes(): Promise<Record<string, string>> {
  const { tasks } = JSON.parse(await copy.run('node_modules/turbo/bin/turbo', 'run', 'build', '--dry=json'));
  return Object.fromEntries(
    tasks.map(({ package: name, hash }: { package: string; hash: string }) => [name.replace('@atende/', ''), hash]),
  );
}
const changed = (before: Record<string, string>, after: Record<string, string>) =>
  Object.keys(after)
    .filter((name) => after[name] !== before[name])
    .sort();

describe('a sixth service', () => {
  it('is one folder and one line: nothing else is built again', async () => {
    const before = await hashes();
    copy.addService('greetings', TEMPLATE);
    copy.replace(TABLE, '\n];\n', `\n${LINE}];\n`);
    expect(changed(before, await hashes())).toEqual(['bench', 'greetings', 'stack']);
  }, 60_000);

  it.each([
    ['services/greetings', ['greetings']],
    ['services/identity', ['bench', 'identity', 'stack']],
  ])(
    'an edit in %s builds only that and what depends on it',
    async (folder, built) => {
      const before = await hashes();
      const main = copy.read(`${folder}/src/main.ts`);
      copy.write(`${folder}/src/main.ts`, `${main}// edited\n`);
      expect(changed(before, await hashes())).toEqual(built);
      copy.write(`${folder}/src/main.ts`, main);
      expect(await hashes()).toEqual(before);
    },
    60_000,
  );

  it('starts with the others and is served by the gateway', async () => {
    await makeGreetings();
    const port = await anyFreePort();
    const words = [join(copy.root, 'packages/stack/dist/launch.js'), '--data', data, '--port', String(port)];
    const env = { ...process.env, NODE_OPTIONS: '' };
    launched = follow(spawn(process.execPath, words, { cwd: copy.root, env, stdio: ['ignore', 'pipe', 'pipe'] }));
    await launched.says('Ctrl-C stops everything');
    portal = new Portal(/GraphQL +(\S+)\/graphql/.exec(launched.output())?.[1] ?? '');
    expect(await portal.ask('{ greetings { text } }')).toMatchObject({ data: { greetings: [{ text: 'Boas-vindas ao portal' }] } });
  }, 240_000);
});

/** What the README of packages/service says: build, print the schema, make the first migration. */
async function makeGreetings(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'atende-sixth-database-'));
  const [embedded] = await Promise.all([
    startEmbedded({ folder, fsync: false }),
    copy.build('services/greetings'),
    copy.build('packages/stack'),
  ]);
  const passwords = { owner: 'x', app: 'x', worker: 'x' };
  const urls = await provisionDatabase({ adminUrl: embedded.adminUrl, name: 'greetings', passwords });
  const [DATABASE_OWNER_URL, DATABASE_URL, DATABASE_WORKER_URL] = [urls.owner, urls.app, urls.worker];
  const elsewhere = {
    PORT: '0',
    PROBE_PORT: '0',
    NATS_URL: 'nats://127.0.0.1:1',
    NATS_PREFIX: 'x',
    GATEWAY_JWKS_URL: 'http://127.0.0.1:1/',
  };
  const program = 'services/greetings/dist/main.js';
  await copy.run(program, 'print-schema');
  await copy.runWith({ ...elsewhere, DATABASE_OWNER_URL, DATABASE_URL, DATABASE_WORKER_URL }, program, 'create-migration', 'first');
  await embedded.stop();
}

describe('its schema, published while everything runs', () => {
  const SCHEMA = 'services/greetings/schema.graphql';
  const ADDED = '"""Something that is said at the door."""\ntype Greeting {\n  "How loud."\n  volume: Int\n';
  let original: string;
  let registry: DirectoryRegistry;
  let bruno: Person;
  beforeAll(() => {
    original = copy.read(SCHEMA);
    registry = new DirectoryRegistry(join(data, 'registry'));
  });

  const publish = (...words: string[]) => copy.run('packages/stack/bootstrap/publish-schema.mjs', ...words, '--data', data);
  const schema = async () => (await fetch(`${portal.url}/schema.graphql`)).text();
  const added = () => original.replace('"""Something that is said at the door."""\ntype Greeting {\n', ADDED);
  const seen = async (name: string) => {
    const reports = await eventually(
      () => registry.reports(),
      (all) => all.some(({ operations }) => operations.some((operation) => operation.name === name)),
    );
    return reports.flatMap(({ operations }) => operations).filter((operation) => operation.name === name);
  };

  it('is refused when it breaks what a client does, and says whom', async () => {
    const headers = { 'apollographql-client-name': 'portal', 'apollographql-client-version': '2.0.1' };
    await portal.ask('query AtTheDoor { greetings { text } }', {}, headers);
    expect(await seen('AtTheDoor')).toMatchObject([{ count: 1, clients: { 'portal 2.0.1': 1 } }]);
    copy.replace(SCHEMA, '  """What is said."""\n  text: String!\n', '');
    const refused = publish('greetings');
    await expect(refused).rejects.toThrow(/^ {2}AtTheDoor: portal 2\.0\.1, last seen .*, 1 time, [0-9a-f]{12}$/m);
    await expect(refused).rejects.toThrow(/Greeting\.text: Cannot query field "text"/);
    expect(await schema()).toMatch(/type Greeting \{[^}]*text: String!/);
  }, 60_000);

  it('is live in the running gateway with sockets kept when it only adds', async () => {
    bruno = await portal.as('bruno@acme.example');
    const ticket = await open(bruno, 'value-added.cloud');
    const live = bruno.watch('subscription ($id: ID!) { ticketChanged(ticketId: $id) { type } }', { id: ticket.id });
    await live.open;
    copy.write(SCHEMA, added());
    expect(await publish('greetings', '--dry-run')).toMatch(/\+ Greeting\.volume: Int\n[\s\S]*Nothing was written/);
    expect(await publish('greetings')).toMatch(/Published as 2\./);
    expect(await eventually(schema, (text) => text.includes('volume'))).toContain('volume: Int');
    await bruno.get('mutation ($input: TicketMessageInput!) { replyToTicket(input: $input) { errors { code } } }', {
      input: { clientKey: clientKey(), ticketId: ticket.id, body: 'ainda aqui' },
    });
    expect((await live.next()).ticketChanged.type).toBe('COMMENTED');
    await live.close();
  }, 60_000);

  it('goes back to what it was', async () => {
    expect(await publish('greetings', '--rollback')).toMatch(/what it had in publication 1\.\n[\s\S]*Published as 3\./);
    expect(await eventually(schema, (text) => !text.includes('volume'))).not.toContain('volume');
    expect(await publish('--history')).toMatch(/^ +3 .* rolled back by .*\n +2 .*published by .*\n +1 .*all services published/);
  }, 60_000);

  it('two teams at once: both are in the graph', async () => {
    const tickets = copy
      .read('services/tickets/schema.graphql')
      .replace('type Query {', 'type Query {\n  "Added by another team."\n  addedMeanwhile: Int');
    copy.write('tickets.graphql', tickets);
    await Promise.all([publish('greetings'), publish('tickets', '--schema', join(copy.root, 'tickets.graphql'))]);
    const text = await eventually(schema, (now) => now.includes('volume') && now.includes('addedMeanwhile'));
    expect([text.includes('volume'), text.includes('addedMeanwhile')]).toEqual([true, true]);
    expect((await registry.history(1))[0]?.version).toBe(5);
  }, 60_000);
});
