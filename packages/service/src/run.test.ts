import { connect, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { schemaOf } from './host.ts';
import { provisionDatabase } from './provision.ts';
import { ana } from './testing/toy-people.ts';
import { startToyGateway, startToys, type ToyGateway, toyEnvironment } from './testing/toy-process.ts';
import { toyIds, toys } from './testing/toy-service.ts';
import { type TestDatabase, testDatabase } from './testing-database.ts';

// A process each: what only a process can show.

let database: TestDatabase;
let gateway: ToyGateway;
let environment: Record<string, string>;
beforeAll(async () => {
  database = await testDatabase(schemaOf(toys as never));
  gateway = await startToyGateway();
  environment = toyEnvironment(database, gateway.jwksUrl);
}, 60_000);
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

const statusOf = (url: string): Promise<number> =>
  fetch(url).then(
    ({ status }) => status,
    () => 0,
  );
const probesOf = (line: Record<string, unknown>): string => `http://127.0.0.1:${line.probes}`;

async function ask(url: unknown, query: string, variables: object = {}) {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${await gateway.tokenFor(ana)}` };
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
  return (await response.json()) as any;
}

describe('a service’s process', () => {
  it('ends with 78 and one table of every fault of its configuration', async () => {
    const { code, stderr, stdout } = await startToys({ ...environment, PORT: 'ninety', NATS_PREFIX: '', ATENDE_ENV: 'production' }).ended;
    expect({ code, stdout }).toEqual({ code: 78, stdout: '' });
    expect(stderr.split('\n')[0]).toBe('The configuration has 3 fault(s):');
    for (const name of ['PORT', 'NATS_PREFIX', 'ATENDE_DEMO']) expect(stderr).toContain(name);
  });

  it('serves without NATS and without a gateway, and tells so', async () => {
    const process = startToys({ ...environment, GATEWAY_JWKS_URL: 'http://127.0.0.1:1/' });
    const { url, ...line } = await process.says('ready', 'url');
    expect(await statusOf(`${probesOf(line)}/readyz`)).toBe(200);
    expect(await ask(url, '{ greeting }')).toEqual({
      errors: [{ message: expect.any(String), extensions: { code: 'DEPENDENCY_UNAVAILABLE' } }],
    });
    expect((await process.says('NATS cannot be reached')).level).toBe(40);
    process.child.kill('SIGTERM');
    expect(await process.ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('on SIGTERM is not ready any more, lets what is in flight end, and then ends in order', async () => {
    await using held = await holdEverybody(database);
    const process = startToys({ ...environment, SHUTDOWN_GRACE_MS: '9000' });
    const { url, ...line } = await process.says('ready', 'url');
    const inFlight = ask(url, '{ trouble(kind: "waits") }');
    await held.somebodyWaits();
    process.child.kill('SIGTERM');
    await until(async () => (await statusOf(`${probesOf(line)}/readyz`)) === 503);
    expect(await statusOf(`${probesOf(line)}/livez`)).toBe(200);
    await until(async () => (await statusOf(`${url}/graphql`)) === 0); // nobody new is let in
    await held.letGo();
    expect(await inFlight).toEqual({ data: { trouble: expect.any(String) } });
    expect(await process.ended).toMatchObject({ code: 0, signal: null, stderr: '' });
  });

  it('cuts off what is still in flight after its grace', async () => {
    await using held = await holdEverybody(database);
    const process = startToys({ ...environment, SHUTDOWN_GRACE_MS: '100' });
    const { url } = await process.says('ready', 'url');
    const inFlight = ask(url, '{ trouble(kind: "waits") }').catch(() => 'cut off');
    await held.somebodyWaits();
    process.child.kill('SIGTERM');
    expect(await inFlight).toBe('cut off');
    expect(await process.ended).toMatchObject({ code: 0 });
  });

  it('ends in order when its parent is gone', async () => {
    const process = startToys(environment);
    await process.says('ready', 'url');
    process.child.stdin?.end();
    expect(await process.ended).toMatchObject({ code: 0, signal: null });
  });

  it('ends at once at a second signal', async () => {
    await using held = await holdEverybody(database);
    const process = startToys({ ...environment, SHUTDOWN_GRACE_MS: '9000' });
    const { url, ...line } = await process.says('ready', 'url');
    const inFlight = ask(url, '{ trouble(kind: "waits") }').catch(() => 'cut off');
    await held.somebodyWaits();
    process.child.kill('SIGTERM');
    await until(async () => (await statusOf(`${probesOf(line)}/readyz`)) === 503);
    process.child.kill('SIGINT');
    expect(await process.ended).toMatchObject({ code: 1, signal: null });
    expect(await inFlight).toBe('cut off');
  });
});

describe('a service whose database comes late', () => {
  it('is alive, not ready, says so once, and starts when PostgreSQL is there', async () => {
    await using late = await latePostgres(database.urls.app);
    const through = (url: string): string => Object.assign(new URL(url), { port: String(late.port) }).href;
    const probe = await freePort();
    const process = startToys({
      ...environment,
      PROBE_PORT: String(probe),
      DATABASE_URL: through(database.urls.app),
      DATABASE_WORKER_URL: through(database.urls.worker),
    });
    expect(await process.says('the database is not ready')).toMatchObject({
      level: 40,
      role: 'toys_app',
      reason: expect.stringContaining('ECONNREFUSED'),
    });
    expect(await statusOf(`http://127.0.0.1:${probe}/livez`)).toBe(200);
    expect(await statusOf(`http://127.0.0.1:${probe}/readyz`)).toBe(503);
    await late.appear();
    await process.says('the database is ready');
    const { url } = await process.says('ready', 'url');
    expect(process.lines.filter(({ msg }) => msg.includes('not ready'))).toHaveLength(1);
    expect((await ask(url, '{ boxes { id } }')).data.boxes).toEqual([{ id: toyIds.box }]);
    process.child.kill('SIGTERM');
    expect(await process.ended).toMatchObject({ code: 0 });
  });

  it('waits for whoever migrates it; the command migrate does', async () => {
    const name = `test_toys_empty_${process.pid}`;
    const urls = await provisionDatabase({
      adminUrl: database.adminUrl,
      name: 'toys',
      database: name,
      passwords: { owner: 'test', app: 'test', worker: 'test' },
    });
    const empty = { ...environment, DATABASE_URL: urls.app, DATABASE_WORKER_URL: urls.worker };
    const waiting = startToys(empty);
    expect(await waiting.says('the database is not ready')).toMatchObject({ reason: 'no tables yet: it is waiting for its migration' });
    expect(await startToys({ ...empty, DATABASE_OWNER_URL: urls.owner }, 'migrate').ended).toMatchObject({
      code: 0,
      stdout: 'The database is at the newest migration.\n',
    });
    await waiting.says('ready', 'url');
    waiting.child.kill('SIGTERM');
    await waiting.ended;
    const admin = new pg.Client({ connectionString: database.adminUrl });
    await admin.connect();
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  });

  it('ends in order while it waits', async () => {
    const process = startToys({ ...environment, DATABASE_URL: 'postgresql://toys_app:test@127.0.0.1:1/toys' });
    await process.says('not ready');
    process.child.kill('SIGTERM');
    expect(await process.ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('two replicas at once on an empty database both serve, with one set of demo data', async () => {
    const name = `test_toys_both_${process.pid}`;
    const urls = await provisionDatabase({
      adminUrl: database.adminUrl,
      name: 'toys',
      database: name,
      passwords: { owner: 'test', app: 'test', worker: 'test' },
    });
    const both = { ...environment, DATABASE_URL: urls.app, DATABASE_WORKER_URL: urls.worker, DATABASE_OWNER_URL: urls.owner };
    const replicas = [startToys(both), startToys(both)];
    const ready = await Promise.all(replicas.map((replica) => replica.says('ready', 'url')));
    for (const { url } of ready) expect((await ask(url, '{ boxes { id } }')).data.boxes).toEqual([{ id: toyIds.box }]);
    for (const { child } of replicas) child.kill('SIGTERM');
    for (const { ended } of replicas) expect(await ended).toMatchObject({ code: 0 });
    const admin = new pg.Client({ connectionString: database.adminUrl });
    await admin.connect();
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  });
});

describe('a command', () => {
  it.each(['nonsense', 'toString'])('that does not exist (%s) is told which there are', async (name) => {
    expect(await startToys({}, name).ended).toEqual({
      code: 64,
      signal: null,
      stdout: '',
      stderr: `There is no command ${name}. There are: print-schema, migrate, create-migration, rebuild-streams, redrive, count.\n`,
    });
  });

  it('of the service’s own runs as the worker', async () => {
    expect(await startToys(environment, 'count').ended).toMatchObject({ code: 0, stdout: '3 boxes\n' });
  });

  it.each([
    ['migrate', 'migrate: DATABASE_OWNER_URL is needed to migrate\n', 78],
    ['rebuild-streams', 'rebuild-streams: no NATS server answers at NATS_URL (127.0.0.1:1)\n', 1],
  ])('%s says in one line what it lacks', async (name, line, code) => {
    const ended = await startToys({ ...environment, LOG_LEVEL: 'silent' }, name).ended;
    expect(ended).toMatchObject({ code, stderr: line });
  });
});

interface Held extends AsyncDisposable {
  somebodyWaits(): Promise<unknown>;
  letGo(): Promise<unknown>;
}

/** Keeps requests for `trouble(kind: "waits")` waiting until they are let go. */
async function holdEverybody({ urls }: TestDatabase): Promise<Held> {
  const holder = new pg.Client({ connectionString: urls.app });
  await holder.connect();
  await holder.query('select pg_advisory_lock(4242)');
  return {
    somebodyWaits: () =>
      until(
        async () => (await holder.query("select 1 from pg_locks where locktype = 'advisory' and not granted and objid = 4242")).rowCount,
      ),
    letGo: () => holder.query('select pg_advisory_unlock_all()'),
    [Symbol.asyncDispose]: () => holder.end(),
  };
}

async function until<T>(look: () => Promise<T>): Promise<NonNullable<T>> {
  for (;;) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A port where nothing listens yet, and PostgreSQL from `appear` on. */
async function latePostgres(url: string): Promise<{ port: number; appear(): Promise<void> } & AsyncDisposable> {
  const port = await freePort();
  const to = new URL(url);
  const server: Server = createServer((socket) => {
    const onward = connect(Number(to.port), to.hostname);
    socket.pipe(onward).pipe(socket);
    socket.on('error', () => onward.destroy());
    onward.on('error', () => socket.destroy());
  });
  return {
    port,
    appear: () => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve)),
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
