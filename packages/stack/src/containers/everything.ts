// All of docker-compose.yml without an engine: `node packages/stack/dist/containers/everything.js`, after npm run build.
// Builds every image by hand, starts all containers as plain processes on an embedded PostgreSQL and NATS, asks the gateway, ends.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillIn } from '../../bootstrap/compose-secrets.mjs';
import { startEmbedded } from '../embedded.ts';
import { nextFreePort } from '../free-port.ts';
import { buildByHand } from './by-hand.ts';
import { type ComposeFile, environmentOf, exampleText, readCompose, variablesOf } from './compose-file.ts';
import { HandRun, type HandRunning } from './hand-run.ts';

const say = (line: string): void => console.log(`${(performance.now() / 1_000).toFixed(1).padStart(6)} s  ${line}`);

/** Addresses of this machine for every port that a container has inside. */
async function layOut({ services }: ComposeFile): Promise<Map<string, string>> {
  const addresses = new Map<string, string>();
  const taken = new Set<number>();
  for (const [name, container] of Object.entries(services)) {
    const { PORT, PROBE_PORT } = environmentOf(container);
    for (const inside of [PORT, PROBE_PORT].filter((port) => port !== undefined)) {
      const port = await nextFreePort(21_000, taken);
      taken.add(port);
      addresses.set(`${name}:${inside}`, `127.0.0.1:${port}`);
    }
  }
  return addresses;
}

/** What an empty installation has for everybody, from two services. */
async function ask(url: string): Promise<string> {
  const body = JSON.stringify({ query: '{ helpContacts { purpose } articles(first: 1) { edges { node { id } } } }' });
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const text = await answer.text();
  if (JSON.parse(text).errors) throw new Error(text);
  return text;
}

const folder = mkdtempSync(join(tmpdir(), 'atende-everything-'));
const embedded = await startEmbedded({ folder: mkdtempSync(join(tmpdir(), 'atende-everything-data-')), fsync: true });
const running: HandRunning[] = [];
try {
  const { host, password } = new URL(embedded.adminUrl);
  const variables = { ...variablesOf(fillIn(exampleText(), '')), POSTGRES_PASSWORD: password };
  const compose = readCompose(variables);
  const addresses = await layOut(compose);
  addresses.set('postgres:5432', host).set('nats:4222', new URL(embedded.natsUrl).host);
  const images = new Map();
  for (const service of new Set(Object.values(compose.services).flatMap(({ build }) => build?.args.SERVICE ?? []))) {
    images.set(service, buildByHand(service, join(folder, service)));
    say(`${service} is built`);
  }
  const run = new HandRun({ compose, images, folder: join(folder, 'volumes'), variables, addresses });
  const ours = Object.entries(compose.services).filter(([, { build, profiles }]) => build && !profiles);
  for (const [name] of ours.filter(([, { restart }]) => restart === 'no'))
    say(`${name}: ${(await run.once(name)).trim().replaceAll('\n', ' ')}`);
  for (const [name] of ours.filter(([, { restart }]) => restart !== 'no')) running.push(run.start(name));
  await Promise.all(running.map((one) => one.healthy()));
  say('everything is healthy');
  say(`the gateway answers: ${await ask(`http://${addresses.get('gateway:4000')}/graphql`)}`);
} finally {
  say(`ended with ${await Promise.all(running.map((one) => one.stop()))}`);
  await embedded.stop();
  rmSync(folder, { recursive: true, force: true });
}
