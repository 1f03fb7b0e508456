import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { buildDraft, buildSeen } from '../testing/registry-builders.ts';
import { DirectoryRegistry } from './directory-registry.ts';
import { HttpRegistry } from './http-registry.ts';
import { digestOf } from './publication.ts';
import type { Registry } from './registry.ts';
import { makeRegistryServer } from './registry-server.ts';
import { RegistryTokens } from './registry-tokens.ts';

const TOKEN = 'a-token-of-some-length';
let root: string;
let folder: string;
let registry: Registry;
const stops: (() => Promise<unknown>)[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'atende-registry-'));
  folder = join(root, 'registry');
});
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
  rmSync(root, { recursive: true });
});

async function serve(): Promise<Registry> {
  const file = join(root, 'tokens');
  writeFileSync(file, `publisher team ${TOKEN}\n`, { mode: 0o600 });
  const log = { info: () => undefined, error: () => undefined };
  const server = makeRegistryServer({ registry: new DirectoryRegistry(folder), tokens: new RegistryTokens(file), log });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => new Promise((resolve) => server.close(resolve).closeAllConnections()));
  return new HttpRegistry({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: TOKEN });
}

const kinds: [string, () => Registry | Promise<Registry>][] = [
  ['in a folder', () => new DirectoryRegistry(folder)],
  ['over HTTP', serve],
];

/** Publishes a graph of one text. */
async function publish(text: string, after: string | null): Promise<{ version: number; tag: string }> {
  await registry.keep(text);
  const { version } = await registry.append(buildDraft(text), after);
  return { version, tag: await tag() };
}
const newest = async () => {
  const found = await registry.newest();
  if (found === null || found === 'UNCHANGED') throw new Error('nothing was published');
  return found;
};
const tag = async () => (await newest()).tag;

describe.each(kinds)('a registry %s', (kind, make) => {
  beforeEach(async () => {
    registry = await make();
  });

  test('is empty at first', async () => {
    expect(await registry.newest()).toBeNull();
    expect(await registry.history(5)).toEqual([]);
    expect(await registry.reports()).toEqual([]);
  });

  test('keeps each publication, counted from one, with who and when and its texts', async () => {
    const first = await publish('first', null);
    await publish('second', first.tag);
    const { publication } = await newest();
    expect(publication).toMatchObject({ version: 2, service: 'tickets', kind: 'PUBLISHED', supergraph: digestOf('second') });
    expect(publication.by).toMatch(kind === 'over HTTP' ? /^team \(ana@laptop\)$/ : /^ana@laptop$/);
    expect(Date.now() - Date.parse(publication.at)).toBeLessThan(60_000);
    expect(await registry.text(publication.supergraph)).toBe('second');
    expect((await registry.history(5)).map(({ version }) => version)).toEqual([2, 1]);
    expect(await registry.history(1)).toHaveLength(1);
  });

  test('says that nothing has changed, until something has', async () => {
    const { tag: known } = await publish('first', null);
    expect(await registry.newest(known)).toBe('UNCHANGED');
    await publish('second', known);
    expect(await registry.newest(known)).toMatchObject({ publication: { version: 2 } });
  });

  test('takes a publication only after the one that its publisher has seen', async () => {
    const { tag: seen } = await publish('first', null);
    await publish('second', seen);
    await expect(registry.append(buildDraft('second'), seen)).rejects.toMatchObject({ fault: 'PUBLISHED_MEANWHILE' });
    await expect(registry.append(buildDraft('second'), null)).rejects.toMatchObject({ fault: 'PUBLISHED_MEANWHILE' });
    expect((await newest()).publication.version).toBe(2);
  });

  test('of many at once takes one', async () => {
    const { tag: seen } = await publish('first', null);
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => registry.append(buildDraft('first'), seen)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await newest()).publication.version).toBe(2);
  });

  test('takes no publication that names a text which is not there, a service of another name, or an address that is none', async () => {
    const invalid = { fault: 'INVALID' };
    await expect(registry.append(buildDraft('absent'), null)).rejects.toMatchObject(invalid);
    await registry.keep('there');
    const { services } = buildDraft('there');
    for (const name of ['../../etc', 'Tickets', '', 'a/b', 'x'.repeat(64)]) {
      await expect(registry.append({ ...buildDraft('there'), service: name }, null)).rejects.toMatchObject(invalid);
      await expect(registry.append({ ...buildDraft('there'), services: { [name]: services.tickets! } }, null)).rejects.toMatchObject(
        invalid,
      );
    }
    const nowhere = { tickets: { ...services.tickets!, url: 'file:///etc/passwd' } };
    await expect(registry.append({ ...buildDraft('there'), services: nowhere }, null)).rejects.toMatchObject(invalid);
    expect(await registry.newest()).toBeNull();
  });

  test('adds up what replicas have seen, each for itself', async () => {
    const one = buildSeen({ name: 'Page', count: 2, first: '2026-11-01T00:00:00.000Z', clients: { 'portal 1': 2 } });
    await registry.report('gateway-1', [one]);
    await registry.report('gateway-1', [{ ...one, count: 3, first: '2026-11-03T00:00:00.000Z', clients: { 'portal 2': 3 } }]);
    await registry.report('gateway-2', [buildSeen({ name: 'Other' })]);
    const [first, second] = await registry.reports();
    expect(first).toMatchObject({ reporter: 'gateway-1', stored: false, dropped: 0 });
    expect(first?.operations).toEqual([{ ...one, count: 5, clients: { 'portal 1': 2, 'portal 2': 3 } }]);
    expect(second?.operations).toMatchObject([{ name: 'Other' }]);
  });

  test('hands out the stored documents of all clients, once while they are the same', async () => {
    const draft = buildDraft('the graph');
    await expect(registry.documents()).rejects.toMatchObject({ fault: 'UNREACHABLE' });
    await registry.keep('the graph');
    await registry.append(draft, null);
    expect(await registry.documents()).toMatchObject({ texts: [] });
    await registry.store('portal', [], ['{ a }', '{ b }']);
    await registry.store('mobile', [], ['{ b }', '{ c }']);
    const found = await registry.documents();
    if (found === 'UNCHANGED') throw new Error('nobody has seen them yet');
    expect(found.texts.toSorted()).toEqual(['{ a }', '{ b }', '{ c }']);
    expect(await registry.documents(found.tag)).toBe('UNCHANGED');
    await registry.store('portal', [], []);
    expect(await registry.documents(found.tag)).toMatchObject({ texts: ['{ b }', '{ c }'] });
    await expect(registry.store('portal', [], ['x'.repeat(40_000)])).rejects.toMatchObject({ fault: 'INVALID' });
  });

  test('replaces the stored documents of a client as a whole', async () => {
    await registry.store('portal', [buildSeen({ name: 'Old' })]);
    await registry.store('portal', [buildSeen({ name: 'New' })]);
    expect(await registry.reports()).toMatchObject([{ reporter: 'portal', stored: true, operations: [{ name: 'New' }] }]);
  });

  test('takes no name that could lead elsewhere, and nothing that is no operation', async () => {
    for (const name of ['../up', '..', '.hidden', 'a/b', 'a\\b', '', 'a..b'])
      await expect(registry.report(name, [])).rejects.toMatchObject({ fault: expect.stringMatching(/INVALID|NOT_FOUND/) });
    await expect(registry.text('../../tokens')).rejects.toMatchObject({ fault: expect.stringMatching(/INVALID|NOT_FOUND/) });
    await expect(registry.report('gateway-1', [{ nonsense: true } as never])).rejects.toMatchObject({ fault: 'INVALID' });
    expect(existsSync(folder) ? readdirSync(folder) : []).not.toContain('up.json');
  });

  test('says so when what it keeps is damaged, and mends a text that is handed in again', async () => {
    const { tag: seen } = await publish('first', null);
    truncateSync(join(folder, 'texts', `${digestOf('first')}.graphql`), 2);
    await expect(registry.text(digestOf('first'))).rejects.toMatchObject({ fault: 'DAMAGED' });
    await registry.keep('first');
    expect(await registry.text(digestOf('first'))).toBe('first');
    writeFileSync(join(folder, 'publications', '2.json'), '{"version": 2, "at"');
    await expect(registry.newest(seen)).rejects.toMatchObject({ fault: 'DAMAGED' });
    await expect(registry.append(buildDraft('first'), seen)).rejects.toMatchObject({ fault: 'DAMAGED' });
  });

  test('cannot be written where a file is in the way, and leaves nothing half done', async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'texts'), 'in the way');
    await expect(registry.keep('first')).rejects.toMatchObject({ fault: 'NOT_WRITABLE' });
    expect(readdirSync(join(folder, 'new'))).toEqual([]);
  });

  test('sweeps away what killed publishers left, not what others are writing', async () => {
    await registry.keep('first');
    const [old, young] = ['1-dead', '2-alive'].map((name) => join(folder, 'new', name));
    writeFileSync(old!, '{"half');
    writeFileSync(young!, '{"half');
    utimesSync(old!, 0, 0);
    await registry.append(buildDraft('first'), null);
    expect(readdirSync(join(folder, 'new'))).toEqual(['2-alive']);
  });
});

describe('a registry in a folder', () => {
  test('gathers the files of replicas that are gone into one', async () => {
    registry = new DirectoryRegistry(folder);
    for (let at = 0; at < 50; at++) await registry.report(`gateway-${at}`, [buildSeen({ name: `Page${at % 5}` })]);
    for (let at = 0; at < 49; at++) utimesSync(join(folder, 'operations', `gateway-${at}.json`), 0, 0);
    await registry.report('gateway-new', [buildSeen({})]);
    expect(readdirSync(join(folder, 'operations')).sort()).toEqual(['earlier.json', 'gateway-49.json', 'gateway-new.json']);
    const [earlier] = await registry.reports();
    expect(earlier?.operations.map(({ count }) => count).sort()).toEqual([10, 10, 10, 10, 9]);
  });

  test('tells of a report that cannot be read', async () => {
    registry = new DirectoryRegistry(folder);
    await registry.report('gateway-1', []);
    writeFileSync(join(folder, 'operations', 'gateway-1.json'), '{');
    expect(await registry.reports()).toMatchObject([{ reporter: 'gateway-1.json', damaged: true, operations: [] }]);
  });

  const others = process.getuid?.() === 0 ? test.skip : test;
  others('that is only for reading refuses to be written', async () => {
    mkdirSync(folder);
    chmodSync(folder, 0o555);
    registry = new DirectoryRegistry(folder);
    await expect(registry.keep('first')).rejects.toMatchObject({ fault: 'NOT_WRITABLE' });
  });
});
