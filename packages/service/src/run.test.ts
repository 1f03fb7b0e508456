import { Agent, get } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { schemaOf } from './host.ts';
import { ana } from './testing/toy-people.ts';
import { startToyGateway, startToys, type ToyGateway, toyEnvironment } from './testing/toy-process.ts';
import { toys } from './testing/toy-service.ts';
import { holdEverybody, statusOf, until } from './testing/waiting.ts';
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

  it('says farewell on connections that are kept alive before it closes them', async () => {
    const process = startToys({ ...environment, SHUTDOWN_GRACE_MS: '20000' });
    const { url } = await process.says('ready', 'url');
    await using kept = keptConnection(`${url}/graphql`);
    expect(await kept.ask()).toBe('keep-alive');
    process.child.kill('SIGTERM');
    await until(async () => (await kept.ask()) === 'close');
    process.child.kill('SIGTERM');
    await process.ended;
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
    ['rebuild-streams', 'rebuild-streams: no NATS server answers at NATS_URL (nats://127.0.0.1:1)\n', 1],
  ])('%s says in one line what it lacks', async (name, line, code) => {
    const ended = await startToys({ ...environment, LOG_LEVEL: 'silent' }, name).ended;
    expect(ended).toMatchObject({ code, stderr: line });
  });
});

/** One connection, asked again and again: what each answer says of it. */
function keptConnection(url: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    ask: () =>
      new Promise<string | undefined>((resolve, reject) => {
        const told = get(url, { agent }, (answer) => answer.resume().on('end', () => resolve(answer.headers.connection)));
        told.on('error', reject);
      }),
    [Symbol.asyncDispose]: async () => agent.destroy(),
  };
}
