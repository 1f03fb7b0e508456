import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Embedded, startEmbedded } from '../embedded.ts';
import { eventually } from '../faults/eventually.ts';
import { anyFreePort } from '../free-port.ts';
import { follow, type Launched } from '../testing/launched.ts';
import { RepositoryCopy } from '../testing/repository-copy.ts';
import { type Answer, Portal } from './portal.ts';

// No launcher: each program by itself, with nothing but what its README's table says, on a PostgreSQL and a NATS that are somewhere.

const OLD = 'services/identity';
const NEW = 'services/identity-next';
const PASSWORDS = { IDENTITY_OWNER_PASSWORD: 'alone-owner', IDENTITY_APP_PASSWORD: 'alone-app', IDENTITY_WORKER_PASSWORD: 'alone-worker' };
const TOKENS = { publisher: 'alone-publisher-0123456789', gateway: 'alone-gateway-01234567890' };
const VIEWER = '{ viewer { permissions contacts { organization { legalName } } } }';

let folder: string;
let copy: RepositoryCopy;
let servers: Embedded;
let ports: Record<'registry' | 'gateway' | 'old' | 'next', { port: number; probes: number }>;
let portal: Portal;
const running = new Map<string, Launched>();
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'atende-alone-'));
  copy = new RepositoryCopy();
  ports = { registry: await twoPorts(), gateway: await twoPorts(), old: await twoPorts(), next: await twoPorts() };
  portal = new Portal(urlOf(ports.gateway.port));
  [servers] = await Promise.all([startEmbedded({ folder: join(folder, 'servers'), fsync: false }), makeNext()]);
  const place = { ...PASSWORDS, ADMIN_DATABASE_URL: servers.adminUrl };
  await copy.runWith(place, 'packages/service/dist/prepare.js', 'databases', 'identity');
  await copy.run('packages/service/dist/prepare.js', 'keys', join(folder, 'access.json'), join(folder, 'signing.json'));
  const { publisher, gateway } = TOKENS;
  writeFileSync(join(folder, 'tokens'), `publisher team-identity ${publisher}\ngateway gateways ${gateway}\n`, { mode: 0o600 });
  for (const [name, token] of Object.entries(TOKENS)) writeFileSync(join(folder, `${name}-token`), token, { mode: 0o600 });
}, 180_000);
afterAll(async () => {
  for (const { child } of running.values()) child.kill('SIGTERM');
  await Promise.all([...running.values()].map(({ ended }) => ended));
  await servers?.stop();
  copy?.remove();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

const urlOf = (port: number) => `http://127.0.0.1:${port}`;
const twoPorts = async () => ({ port: await anyFreePort(), probes: await anyFreePort() });

/** The next version of identity: one root field more. */
async function makeNext(): Promise<void> {
  copy.addService('identity-next', OLD);
  copy.write(
    `${NEW}/src/motto.resolver.ts`,
    `import { Guard, publicPolicy } from '@atende/service';
import { Query, Resolver } from 'type-graphql';

@Resolver()
export class MottoResolver {
  @Query(() => String, { description: 'New in this version.' })
  @Guard(publicPolicy('it is for everybody'))
  motto(): string {
    return 'one at a time';
  }
}
`,
  );
  copy.replace(`${NEW}/src/service.ts`, 'resolvers: [', 'resolvers: [MottoResolver, ');
  copy.replace(`${NEW}/src/service.ts`, 'import { messages }', "import { MottoResolver } from './motto.resolver.ts';\nimport { messages }");
  await copy.build(NEW);
  await copy.run(`${NEW}/dist/main.js`, 'print-schema');
}

type Name = keyof typeof ports;

/** Starts a program with this environment and nothing else, and waits until it is ready. */
async function start(name: Name, program: string, environment: Record<string, string>): Promise<Launched> {
  const { port, probes } = ports[name];
  const env = { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: String(port), PROBE_PORT: String(probes), ...environment };
  const child = follow(spawn(process.execPath, [join(copy.root, program)], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] }));
  running.set(name, child);
  const over = child.ended.then((code) => Promise.reject(new Error(`${program} ended with ${code}:\n${child.output()}`)));
  const isReady = eventually(
    async () => (await fetch(`${urlOf(probes)}/readyz`)).status,
    (status) => status === 200,
  );
  await Promise.race([isReady, over]);
  over.catch(() => undefined);
  return child;
}

async function stop(name: Name): Promise<void> {
  const child = running.get(name);
  child?.child.kill('SIGTERM');
  expect(await child?.ended).toBe(0);
  running.delete(name);
}

function startIdentity(name: 'old' | 'next', program: string): Promise<Launched> {
  const { host } = new URL(servers.adminUrl);
  const database = (role: string) => `postgresql://identity_${role}:alone-${role}@${host}/identity`;
  return start(name, program, {
    DATABASE_URL: database('app'),
    DATABASE_WORKER_URL: database('worker'),
    DATABASE_OWNER_URL: database('owner'),
    NATS_URL: servers.natsUrl,
    NATS_PREFIX: 'alone',
    GATEWAY_JWKS_URL: `${portal.url}/.well-known/jwks.json`,
    ACCESS_KEY_FILE: join(folder, 'access.json'),
    SEALING_KEY_FILE: join(folder, 'access.json'),
    ATENDE_ENV: 'development', // for the demo's accounts
    ATENDE_DEMO: '1',
  });
}

const startRegistry = () =>
  start('registry', 'gateway/dist/registry/main.js', {
    REGISTRY_DIR: join(folder, 'registry'),
    REGISTRY_TOKENS_FILE: join(folder, 'tokens'),
  });

const startGateway = () =>
  start('gateway', 'gateway/dist/main.js', {
    NATS_URL: servers.natsUrl,
    NATS_PREFIX: 'alone',
    REGISTRY: urlOf(ports.registry.port),
    REGISTRY_TOKEN_FILE: join(folder, 'gateway-token'),
    SUPERGRAPH_COPY: join(folder, 'supergraph.graphql'),
    SIGNING_KEY_FILE: join(folder, 'signing.json'),
    IDENTITY_JWKS_URL: `${urlOf(ports.old.probes)}/jwks.json`,
    SERVICE_URLS: `identity=${urlOf(ports.old.port)}/graphql|${urlOf(ports.next.port)}/graphql`,
    FILES_URL: 'http://127.0.0.1:1',
  });

function publish(schema: string, ...words: string[]): Promise<string> {
  const where = ['--registry', urlOf(ports.registry.port), '--token-file', join(folder, 'publisher-token')];
  return copy.run('gateway/dist/registry/publish-main.js', 'identity', '--schema', join(copy.root, schema), ...where, ...words);
}

/** A few people who go on asking until they are told to stop; what went wrong. */
function load(people: number, ask: () => Promise<Answer>): { stop(): Promise<{ asked: number; failures: unknown[] }> } {
  const failures: unknown[] = [];
  let asked = 0;
  let isOver = false;
  const person = async () => {
    while (!isOver) {
      const answer = await ask().catch((error: unknown) => ({ data: null, errors: [error] }));
      asked += 1;
      if (answer.errors || !answer.data) failures.push(answer.errors);
      await pause(20);
    }
  };
  const all = Array.from({ length: people }, person);
  return {
    async stop() {
      isOver = true;
      await Promise.all(all);
      return { asked, failures };
    },
  };
}

describe('one service and one gateway, each started by hand', () => {
  it('find each other by addresses alone: the service is published, the gateway takes it, people sign in', async () => {
    await Promise.all([startRegistry(), startIdentity('old', `${OLD}/dist/main.js`)]);
    expect(await publish(`${OLD}/schema.graphql`, '--url', `${urlOf(ports.old.port)}/graphql`)).toMatch(/Published as 1\./);
    await startGateway();
    const bruno = await portal.as('bruno@acme.example');
    expect((await bruno.get(VIEWER)).viewer.contacts[0].organization.legalName).toContain('ACME');
  }, 90_000);

  it('the service is rolled from one schema to the next without a failed request', async () => {
    const bruno = await portal.as('bruno@acme.example');
    const reads = load(3, () => bruno.ask(VIEWER));
    const writes = load(1, () => portal.as('carla@support.example').then(({ accessToken }) => ({ data: accessToken })));
    await startIdentity('next', `${NEW}/dist/main.js`);
    expect(await publish(`${NEW}/schema.graphql`)).toMatch(/\+ Query\.motto: String!\n[\s\S]*Published as 2\./);
    await stop('old');
    const motto = await eventually(
      () => portal.ask('{ motto }'),
      ({ errors }) => errors === undefined,
    );
    expect(motto.data).toEqual({ motto: 'one at a time' });
    const [read, written] = await Promise.all([reads.stop(), writes.stop()]);
    expect([read.failures, written.failures]).toEqual([[], []]);
    expect(read.asked).toBeGreaterThan(50);
    expect(written.asked).toBeGreaterThan(5);
  }, 90_000);

  it('what the gateway has seen now holds a step back', async () => {
    await eventually(
      () => publish(`${OLD}/schema.graphql`, '--dry-run').catch((error: Error) => error.message),
      (said) => said.includes('would break'),
    );
    await expect(publish(`${OLD}/schema.graphql`)).rejects.toThrow(/1 operation would break:[\s\S]*Query\.motto: Cannot query field/);
  }, 60_000);

  it('with the registry away everything serves on, also over a restart of the gateway', async () => {
    await stop('registry');
    expect(await portal.ask('{ motto }')).toMatchObject({ data: { motto: 'one at a time' } });
    await expect(publish(`${NEW}/schema.graphql`)).rejects.toThrow(/the registry does not answer: .*Nothing was published/);
    await stop('gateway');
    await startGateway();
    expect(await portal.ask('{ motto }')).toMatchObject({ data: { motto: 'one at a time' } });
    await startRegistry();
    expect(await publish(`${NEW}/schema.graphql`)).toMatch(/Nothing to publish: publication 2/);
  }, 90_000);
});
