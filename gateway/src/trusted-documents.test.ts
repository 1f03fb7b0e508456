import { createHash } from 'node:crypto';
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { DirectoryRegistry } from './registry/directory-registry.ts';
import { publishAll } from './registry/publish.ts';
import { connect, disconnectAll } from './testing/toy-client.ts';
import { startToyHouse, type ToyHouse } from './testing/toy-house.ts';
import { happen } from './testing/toy-live.ts';
import { ANA } from './testing/toy-persons.ts';

const STORED = 'query Stored($id: ID!) { ticket(id: $id) { number } }';
const WATCH = 'subscription { ticketsChanged { type } }';
const LATER = '{ ticket(id: "tkt_2") { subject } }';
const FOREIGN = '{ ticket(id: "tkt_1") { subject } }';
const sha = (text: string) => createHash('sha256').update(text).digest('hex');
const id = (text: string) => ({ documentId: `sha256:${sha(text)}` });
const hash = (text: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash: sha(text) } } });
const variables = { id: 'tkt_1' };
const NUMBER = { data: { ticket: { number: '1' } }, extensions: expect.objectContaining({ cost: 2 }) };

const folder = mkdtempSync(join(tmpdir(), 'atende-trusted-'));
const registryOf = (trust: 'on' | 'off') => new DirectoryRegistry(join(folder, `registry-${trust}`));
const houses = {} as Record<'on' | 'off', ToyHouse>;
let authorization: string;
beforeAll(async () => {
  for (const trust of ['on', 'off'] as const) {
    const registry = registryOf(trust);
    const environment = {
      SUPERGRAPH_FILE: '',
      REGISTRY: registry.place,
      SUPERGRAPH_COPY: join(folder, `copy-${trust}`),
      TRUSTED_DOCUMENTS: trust,
    };
    const house = await startToyHouse({ environment, withSupergraph: false });
    await publishAll(registry, [house.tickets, house.identity], 'the test');
    await registry.store('portal', [], [STORED, WATCH]);
    houses[trust] = house;
    await until(() => post(trust, { ...id(STORED), variables }), 200);
  }
}, 60_000);
afterAll(async () => {
  for (const house of Object.values(houses)) await house.stop();
  rmSync(folder, { recursive: true });
});
afterEach(disconnectAll);

type Trust = keyof typeof houses;
const at = (trust: Trust) => `${houses[trust].gateway.url}/graphql`;
async function post(trust: Trust, body: object, accept = 'application/json'): Promise<Response> {
  authorization = await houses[trust].signIn({ ...ANA, language: 'en' });
  const headers = { 'content-type': 'application/json', 'accept-language': 'en', accept, authorization };
  return fetch(at(trust), { method: 'POST', headers, body: JSON.stringify(body) });
}
async function get(trust: Trust, search: Record<string, string>, accept = 'application/json'): Promise<Response> {
  authorization = await houses[trust].signIn({ ...ANA, language: 'en' });
  return fetch(`${at(trust)}?${new URLSearchParams(search)}`, { headers: { authorization, accept } });
}
async function until(ask: () => Promise<Response>, status: number): Promise<void> {
  while ((await ask()).status !== status) await new Promise((resolve) => setTimeout(resolve, 20));
}
const inStream = async (answer: Response) => JSON.parse(/^data: (.*)$/m.exec(await answer.text())?.[1] ?? '');
async function onSocket(trust: Trust, payload: object) {
  const { client } = connect(houses[trust].gateway, await houses[trust].signIn({ ...ANA, language: 'en' }));
  const { promise, resolve } = Promise.withResolvers<unknown>();
  client.subscribe({ query: '', ...payload }, { next: resolve, error: resolve, complete: () => undefined });
  return promise;
}

describe.each<Trust>(['on', 'off'])('with TRUSTED_DOCUMENTS=%s a stored document is run', (trust) => {
  test.each([
    ['by its id', { ...id(STORED), variables }],
    ['by its hash, as clients of persisted queries say it', { ...hash(STORED), variables }],
    ['by its hash, with other extensions beside', { variables, extensions: { ...hash(STORED).extensions, other: 1 } }],
    ['by its text', { query: STORED, variables }],
    ['by its text, with its hash', { query: STORED, ...hash(STORED), variables }],
  ])('%s', async (_name, body) => {
    expect(await (await post(trust, body)).json()).toEqual(NUMBER);
    expect(await inStream(await post(trust, body, 'text/event-stream'))).toEqual(NUMBER);
    expect(await onSocket(trust, body)).toEqual(NUMBER);
  });

  test('by its id or hash in an address', async () => {
    for (const accept of ['application/json', 'text/event-stream']) {
      const read = (answer: Response) => (accept === 'application/json' ? answer.json() : inStream(answer));
      expect(await read(await get(trust, { ...id(STORED), variables: JSON.stringify(variables) }, accept))).toEqual(NUMBER);
      const search = { extensions: JSON.stringify(hash(STORED).extensions), variables: JSON.stringify(variables) };
      expect(await read(await get(trust, search, accept))).toEqual(NUMBER);
    }
  });

  test('and watched', async () => {
    const { client, opened } = connect(houses[trust].gateway, await houses[trust].signIn());
    await opened;
    const frames = client.iterate({ query: '', ...id(WATCH) } as never);
    const frame = frames.next();
    for await (const _ of client.iterate({ query: STORED, variables }));
    await happen(houses[trust], { type: 'CHANGED' });
    expect(await frame).toMatchObject({ value: { data: { ticketsChanged: { type: 'CHANGED' } } } });
  });

  test.each<[string, object, string, string]>([
    ['an id nobody knows', id('{ nobody }'), 'NOT_FOUND', 'There is no stored document with this documentId.'],
    ['a hash nobody knows', hash('{ nobody }'), 'NOT_FOUND', 'PersistedQueryNotFound'],
    ['an id of another kind', { documentId: 'md5:1' }, 'BAD_USER_INPUT', expect.stringContaining('sha256:') as never],
    ['an id beside a text', { ...id(STORED), query: STORED }, 'BAD_USER_INPUT', expect.stringContaining('without a query') as never],
    [
      'a hash that is none',
      { extensions: { persistedQuery: { sha256Hash: 1 } } },
      'BAD_USER_INPUT',
      expect.stringContaining('sha256:') as never,
    ],
  ])('but not %s', async (_name, body, code, message) => {
    const errors = [expect.objectContaining({ message, extensions: expect.objectContaining({ code }) })];
    const answer = await post(trust, body);
    expect([answer.status, await answer.json()]).toEqual([400, { errors }]);
    expect(await (await post(trust, body, 'text/event-stream')).json()).toEqual({ errors });
    expect(await onSocket(trust, body)).toEqual(errors);
  });
});

describe('a text that is not stored', () => {
  const refused = [expect.objectContaining({ message: 'Only documents that are stored in the registry are run here.' })];

  test('is not run where only stored ones are trusted, by no way', async () => {
    const answer = await post('on', { query: FOREIGN });
    expect([answer.status, ((await answer.json()) as { errors: object[] }).errors]).toEqual([403, refused]);
    expect((await inStream(await post('on', { query: FOREIGN }, 'text/event-stream'))).errors).toEqual(refused);
    expect(((await (await get('on', { query: FOREIGN })).json()) as { errors: object[] }).errors).toEqual(refused);
    expect(await onSocket('on', { query: FOREIGN })).toEqual(refused);
    expect((await post('on', { query: `${STORED} `, variables })).status).toBe(403); // to the letter
    expect((await post('on', { query: '{ __typename }' })).status).toBe(403);
  });

  test('is run elsewhere', async () => {
    expect((await post('off', { query: FOREIGN })).status).toBe(200);
  });
});

test('what is stored and what is taken back is taken up while the gateway runs', async () => {
  expect((await post('on', { query: LATER })).status).toBe(403);
  const registry = registryOf('on');
  await registry.store('mobile', [], [LATER]);
  await until(() => post('on', { query: LATER }), 200);
  await registry.store('mobile', [], []);
  await until(() => post('on', { query: LATER }), 403);
  expect((await post('on', { ...id(STORED), variables })).status).toBe(200);
});

test('a gateway that starts while the registry is away knows what was stored before', async () => {
  const { place } = registryOf('on');
  renameSync(place, `${place}.away`);
  const started = await houses.on.another();
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${started.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ ...id(STORED), variables }) });
  expect(await answer.json()).toEqual(NUMBER);
  renameSync(`${place}.away`, place);
  await started.stop();
});
