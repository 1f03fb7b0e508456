import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig, type Settings } from '@atende/service';
import { describe, expect, test } from '@jest/globals';
import { fillIn } from '../../bootstrap/compose-secrets.mjs';
import { findNatsServer } from '../../bootstrap/nats-server.mjs';
import { authorizationBlock, natsUsers } from '../nats-users.ts';
import { repositoryRoot } from '../repository.ts';
import { connectionsFor } from '../services.ts';
import { serviceNames, settingsOf } from '../settings.ts';
import { type Container, composeText, environmentOf, exampleText, readCompose, variablesOf } from './compose-file.ts';

const variables = variablesOf(fillIn(exampleText(), ''));
const compose = readCompose(variables);
const containers = Object.entries(compose.services);
const programs = [...serviceNames(), 'gateway'];
const container = (name: string): Container => compose.services[name] ?? fail(`docker-compose.yml has no ${name}`);
const fail = (why: string): never => {
  throw new Error(why);
};

describe('docker-compose.yml', () => {
  test.each(programs)('has %s, with every setting it needs and none it does not know', async (name) => {
    const settings: Settings = await settingsOf(name);
    const given = environmentOf(container(name));
    expect(() => parseConfig(settings, given)).not.toThrow();
    expect(Object.keys(given).filter((variable) => !(variable in settings))).toEqual([]);
    expect(given).toMatchObject({ HOST: '0.0.0.0', ATENDE_ENV: 'production' });
  });

  test.each(programs)('every address of %s is that of a part that listens there', (name) => {
    for (const [variable, value] of Object.entries(environmentOf(container(name)))) {
      for (const [, host = '', port] of value.matchAll(/\w+:\/\/(?:[^@/]*@)?([\w.-]+):(\d+)/g)) {
        if (value === variables.PUBLIC_URL) continue;
        expect([variable, host, portsOf(host)]).toEqual([variable, host, expect.arrayContaining([port])]);
      }
    }
  });

  test.each(serviceNames())('%s asks its own database, as three roles with a password each', (name) => {
    const given = environmentOf(container(name));
    for (const [variable, role] of [
      ['DATABASE_OWNER_URL', 'owner'],
      ['DATABASE_URL', 'app'],
      ['DATABASE_WORKER_URL', 'worker'],
    ] as const) {
      const password = variables[`${name}_${role}_PASSWORD`.toUpperCase()];
      expect(given[variable]).toBe(`postgresql://${name}_${role}:${password}@postgres:5432/${name}`);
    }
    expect(container('databases').command).toContain(name);
  });

  test.each(programs)('%s speaks on NATS under its own name, and NATS knows its password', (name) => {
    const variable = `NATS_${name.toUpperCase()}_PASSWORD`;
    expect(environmentOf(container(name)).NATS_URL).toBe(`nats://${name}:${variables[variable]}@nats:4222`);
    expect(environmentOf(container('nats'))[variable]).toBe(JSON.stringify(variables[variable]));
  });

  test('the gateway knows every service at its address', () => {
    const urls = serviceNames().map((name) => `${name}=http://${name}:${environmentOf(container(name)).PORT}/graphql`);
    expect(environmentOf(container('gateway')).SERVICE_URLS?.split(',').sort()).toEqual(urls.sort());
  });

  test('only the gateway can be reached from outside, and only from this machine', () => {
    expect(containers.filter(([, { ports }]) => ports).map(([name, { ports }]) => [name, ports])).toEqual([
      ['gateway', ['127.0.0.1:4000:4000']],
    ]);
    expect(compose.networks.inside).toEqual({ internal: true });
    expect(containers.filter(([, { networks }]) => networks.includes('outside')).map(([name]) => name)).toEqual(['gateway']);
  });

  test('our programs change nothing but their own data and have no rights', () => {
    for (const [name, { read_only, cap_drop, build, image, volumes = [] }] of containers.filter(([, { build }]) => build)) {
      expect({ name, read_only, cap_drop }).toEqual({ name, read_only: true, cap_drop: ['ALL'] });
      expect({ name, image }).toEqual({ name, image: `localhost/atende/${build?.args.SERVICE}` });
      const written = volumes.filter((volume) => !volume.endsWith(':ro')).map((volume) => volume.split(':')[1]);
      for (const place of written) expect(['/var/lib/atende', '/var/lib/registry']).toContain(place); // what the image gives to its user
    }
  });

  test('no two programs share a folder, so that none reads the key of another', () => {
    for (const volume of Object.keys(compose.volumes)) {
      const users = containers.filter(([, { volumes = [] }]) => volumes.some((one) => one.startsWith(`${volume}:`)));
      const images = new Set(users.map(([, { image }]) => image));
      expect([volume, images.size]).toEqual([volume, 1]);
    }
  });

  test('whoever waits for another waits for something that comes', () => {
    for (const [name, { depends_on = {} }] of containers) {
      for (const [other, { condition }] of Object.entries(depends_on)) {
        const { restart, healthcheck } = container(other);
        const comes = condition === 'service_completed_successfully' ? restart === 'no' : healthcheck?.test !== undefined;
        expect([name, other, comes]).toEqual([name, other, true]);
      }
    }
  });

  test('folders of the repository that are mounted are there', () => {
    const mounted = containers.flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(':')[0] ?? ''));
    for (const path of mounted.filter((one) => one.startsWith('.')))
      expect([path, existsSync(join(repositoryRoot, path))]).toEqual([path, true]);
  });

  test('PostgreSQL allows the pools of all services together', () => {
    const most = Number(/max_connections=(\d+)/.exec(container('postgres').command?.join(' ') ?? '')?.[1]);
    expect(most).toBeGreaterThanOrEqual(
      connectionsFor(
        serviceNames().map((name) => ({ name, port: 0 })),
        () => 1,
      ),
    );
  });

  test('what comes from elsewhere has an exact version', () => {
    const foreign = containers.filter(([, { build }]) => !build).map(([, { image }]) => image);
    for (const image of foreign) expect(image).toMatch(/:\d+\.\d+/);
  });
});

describe('deploy/nats/nats.conf', () => {
  const file = join(repositoryRoot, 'deploy', 'nats', 'nats.conf');

  test('lets everybody say and hear what the embedded NATS does', () => {
    const block = authorizationBlock(natsUsers('atende', serviceNames()), (user) => `$NATS_${user.toUpperCase()}_PASSWORD`);
    const conf = readFileSync(file, 'utf8');
    expect(conf.slice(conf.indexOf('authorization'))).toBe(block);
  });

  // A password that begins like a number is one to nats-server, unless quotes say what it is.
  test.each(['12e4_x', '-abc', 'abc'])('is taken by nats-server with passwords like %s', (password) => {
    const env = Object.fromEntries(Object.keys(environmentOf(container('nats'))).map((name) => [name, `"${password}"`]));
    const { status, stderr } = spawnSync(findNatsServer(repositoryRoot) ?? '', ['-t', '-c', file], { env, encoding: 'utf8' });
    expect({ status, stderr }).toMatchObject({ status: 0 });
  });
});

describe('.env.example', () => {
  test('holds what docker-compose.yml asks for, and nothing else', () => {
    const asked = [...composeText().matchAll(/\$\{(\w+)/g)].map(([, name]) => name);
    const optional = [...composeText().matchAll(/\$\{(\w+):-\}/g)].map(([, name]) => name);
    expect([...new Set(asked)].filter((name) => !optional.includes(name)).sort()).toEqual(Object.keys(variables).sort());
  });

  test('without it nothing starts, and the way out is told', () => {
    expect(() => readCompose({})).toThrow('POSTGRES_PASSWORD: npm run compose-secrets makes it');
  });

  test('what it becomes is not put under version control nor into an image', () => {
    expect(readFileSync(join(repositoryRoot, '.gitignore'), 'utf8')).toMatch(/^\.env$/m);
    expect(readFileSync(join(repositoryRoot, '.dockerignore'), 'utf8')).not.toMatch(/^!\.env/m);
  });
});

/** Where a part listens, inside. */
function portsOf(host: string): (string | undefined)[] {
  if (host === 'postgres') return ['5432'];
  if (host === 'nats') return ['4222'];
  const { PORT, PROBE_PORT } = environmentOf(container(host));
  return [PORT, PROBE_PORT];
}
