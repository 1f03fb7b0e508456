import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fillIn } from '../../bootstrap/compose-secrets.mjs';
import { type Embedded, startEmbedded } from '../embedded.ts';
import { anyFreePort } from '../free-port.ts';
import { buildByHand, type HandMade } from './by-hand.ts';
import { exampleText, readCompose, variablesOf } from './compose-file.ts';
import { HandRun } from './hand-run.ts';

// No engine: the Dockerfile's commands in an empty folder, and what came out with the environment of docker-compose.yml.

let folder: string;
let image: HandMade;
let embedded: Embedded;
let run: HandRun;
let url: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'atende-image-'));
  image = buildByHand('identity', join(folder, 'build'));
  embedded = await startEmbedded({ folder: mkdtempSync(join(tmpdir(), 'atende-image-data-')), fsync: false });
  url = `127.0.0.1:${await anyFreePort()}`;
  const { host, password } = new URL(embedded.adminUrl);
  const addresses = new Map([
    ['postgres:5432', host],
    ['nats:4222', new URL(embedded.natsUrl).host],
    ['identity:4100', url],
    ['identity:4200', `127.0.0.1:${await anyFreePort()}`],
  ]);
  const variables = { ...variablesOf(fillIn(exampleText(), '')), POSTGRES_PASSWORD: password };
  run = new HandRun({
    compose: readCompose(variables),
    images: new Map([['identity', image]]),
    folder: join(folder, 'volumes'),
    variables,
    addresses,
  });
}, 300_000);
afterAll(async () => {
  await embedded?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('the image holds what runs, and nothing that builds or tests it', () => {
  const packages = readdirSync(join(image.root, 'atende/node_modules'));
  expect(packages).toEqual(expect.arrayContaining(['graphql', 'jose', 'pino']));
  expect(packages.filter((name) => /jest|typescript|turbo|biome|babel/.test(name))).toEqual([]);
  for (const part of ['packages/service', 'services/identity']) {
    expect(readdirSync(join(image.root, 'atende', part)).filter((name) => name === 'src')).toEqual([]);
    expect(readdirSync(join(image.root, 'atende', part, 'dist')).filter((name) => /\.test\./.test(name))).toEqual([]);
  }
  expect(existsSync(join(image.root, 'usr/local/bin/npm'))).toBe(false);
});

test('it starts as docker-compose.yml says, becomes healthy, lets nobody in without a token, and ends on SIGTERM', async () => {
  await run.once('databases');
  expect(await run.once('identity-key')).toMatch(/access-key\.json: a new key\.\n.*sealing-key\.json: a new key\.\n$/);
  const identity = run.start('identity');
  await identity.healthy();
  const answer = await fetch(`http://${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{__typename}"}',
  });
  expect(answer.status).toBe(401);
  expect(await identity.stop()).toBe(0);
}, 60_000);
