import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { schemaOf } from './host.ts';
import { emptyDatabase } from './testing/empty-database.ts';
import { ana } from './testing/toy-people.ts';
import { startToyGateway, startToys, type ToyGateway, toyEnvironment } from './testing/toy-process.ts';
import { toyIds, toys } from './testing/toy-service.ts';
import { freePort, latePostgres, statusOf, until } from './testing/waiting.ts';
import { type TestDatabase, testDatabase } from './testing-database.ts';

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

async function ask(url: unknown, query: string, variables: object = {}) {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${await gateway.tokenFor(ana)}` };
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
  return (await response.json()) as any;
}

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
    await late.vanish();
    expect((await ask(url, '{ boxes { id } }')).errors[0].extensions).toEqual({ code: 'DEPENDENCY_UNAVAILABLE' });
    await until(async () => (await statusOf(`http://127.0.0.1:${probe}/readyz`)) === 503);
    expect(await statusOf(`http://127.0.0.1:${probe}/livez`)).toBe(200);
    await late.appear();
    expect((await ask(url, '{ boxes { id } }')).data.boxes).toEqual([{ id: toyIds.box }]); // back without a hand
    await until(async () => (await statusOf(`http://127.0.0.1:${probe}/readyz`)) === 200);
    process.child.kill('SIGTERM');
    expect(await process.ended).toMatchObject({ code: 0 });
  });

  it('waits for whoever migrates it; the command migrate does', async () => {
    await using fresh = await emptyDatabase(database.adminUrl);
    const { urls } = fresh;
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
  });

  it('ends in order while it waits', async () => {
    const process = startToys({ ...environment, DATABASE_URL: 'postgresql://toys_app:test@127.0.0.1:1/toys' });
    await process.says('not ready');
    process.child.kill('SIGTERM');
    expect(await process.ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('two replicas at once on an empty database both serve, with one set of demo data', async () => {
    await using fresh = await emptyDatabase(database.adminUrl);
    const { urls } = fresh;
    const both = { ...environment, DATABASE_URL: urls.app, DATABASE_WORKER_URL: urls.worker, DATABASE_OWNER_URL: urls.owner };
    const replicas = [startToys(both), startToys(both)];
    const ready = await Promise.all(replicas.map((replica) => replica.says('ready', 'url')));
    for (const { url } of ready) expect((await ask(url, '{ boxes { id } }')).data.boxes).toEqual([{ id: toyIds.box }]);
    for (const { child } of replicas) child.kill('SIGTERM');
    for (const { ended } of replicas) expect(await ended).toMatchObject({ code: 0 });
  });
});
