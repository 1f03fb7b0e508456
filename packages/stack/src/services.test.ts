import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { serviceEnvironment } from './environment.ts';
import { repositoryRoot } from './repository.ts';
import { connectionsFor, type Place, services } from './services.ts';

const place: Place = {
  publicUrl: 'http://127.0.0.1:4000',
  key: (name) => `/keys/${name}`,
  folder: (name) => `/data/${name}`,
  probe: (service, path) => `http://${service}.probe${path}`,
};
const common = { natsUrl: (user: string) => `nats://${user}:secret@127.0.0.1:14222`, natsPrefix: 'atende', demo: true };
const urls = { owner: 'postgres://owner', app: 'postgres://app', worker: 'postgres://worker' };

test('every folder of services/ has its line in the table, and every line its folder', () => {
  const folders = readdirSync(join(repositoryRoot, 'services')).filter((name) =>
    existsSync(join(repositoryRoot, 'services', name, 'package.json')),
  );
  expect(services.map(({ name }) => name).sort()).toEqual(folders.sort());
});

test('no two services share a port, and probes lie a hundred above', () => {
  const ports = services.flatMap(({ port }) => [port, port + 100]);
  expect(new Set(ports).size).toBe(ports.length);
});

test('PostgreSQL allows the pools of all replicas together', () => {
  const rows = [
    { name: 'a', port: 1, pool: 10 },
    { name: 'b', port: 2 },
  ];
  expect(connectionsFor(rows, () => 1)).toBe(20 + (10 + 10 + 5) + (8 + 8 + 5));
  expect(connectionsFor(rows, (name) => (name === 'a' ? 2 : 1))).toBe(20 + 2 * 25 + 21);
});

test('a service gets the common environment and what its line adds', () => {
  const attachments = services.find(({ name }) => name === 'attachments')!;
  const env = serviceEnvironment(attachments, common, { port: 4103, probePort: 4203 }, urls, 'http://gw/jwks', place);
  expect(env).toMatchObject({
    HOST: '127.0.0.1',
    PORT: '4103',
    PROBE_PORT: '4203',
    DATABASE_URL: 'postgres://app',
    DATABASE_WORKER_URL: 'postgres://worker',
    DATABASE_OWNER_URL: 'postgres://owner',
    GATEWAY_JWKS_URL: 'http://gw/jwks',
    NATS_PREFIX: 'atende',
    ATENDE_DEMO: '1',
    FILES_DIR: '/data/files',
    FILES_KEY_FILE: '/keys/attachments-files',
  });
});
