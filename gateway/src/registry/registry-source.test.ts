import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeLog } from '@atende/service/process';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { composeSupergraph } from '../composition.ts';
import { LIMITS } from '../limits.ts';
import { Supergraph } from '../supergraph.ts';
import { SupergraphFeed } from '../supergraph-feed.ts';
import { buildDraft } from '../testing/registry-builders.ts';
import { DirectoryRegistry } from './directory-registry.ts';
import { HttpRegistry } from './http-registry.ts';
import { publishAll } from './publish.ts';
import type { Registry } from './registry.ts';
import { parseRegistryConfig } from './registry-config.ts';
import { type RegistryProcess, startRegistry } from './registry-process.ts';
import { registrySource } from './registry-source.ts';

const TOKEN = 'gateway-token-0123456789ab';
const service = (field: string) => [{ name: 'one', url: 'http://127.0.0.1:1/graphql', sdl: `type Query { ${field}: Int }` }];
let root: string;
let folder: DirectoryRegistry;
let server: RegistryProcess | null;
let feed: SupergraphFeed | null;
let news: string[];
let waiting: PromiseWithResolvers<void>;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'atende-source-'));
  folder = new DirectoryRegistry(join(root, 'registry'));
  writeFileSync(join(root, 'tokens'), `gateway gateways ${TOKEN}\n`, { mode: 0o600 });
  [server, feed, news, waiting] = [null, null, [], Promise.withResolvers()];
});
afterEach(async () => {
  await feed?.close();
  await server?.stop();
  rmSync(root, { recursive: true });
});

async function serve(port = 0): Promise<HttpRegistry> {
  const files = { REGISTRY_DIR: join(root, 'registry'), REGISTRY_TOKENS_FILE: join(root, 'tokens') };
  const config = parseRegistryConfig({ PORT: String(port), PROBE_PORT: '0', SHUTDOWN_GRACE_MS: '0', ...files });
  server = await startRegistry(config, makeLog('registry', 'silent'));
  return new HttpRegistry({ url: server.url, token: TOKEN, deadline: 500 });
}
function follow(registry: Registry): void {
  const tell = (what: string) => {
    news.push(what);
    waiting.resolve();
  };
  feed = new SupergraphFeed({
    source: registrySource(registry, join(root, 'copy.graphql')),
    log: makeLog('gateway', 'silent'),
    load: (sdl) => Supergraph.load(sdl, { limits: LIMITS, introspection: false }),
    onTaken: ({ apiSdl }) => tell(/(\w+): Int/.exec(apiSdl)?.[1] ?? ''),
    onRefused: () => tell('refused'),
  });
}
async function next(): Promise<string> {
  while (news.length === 0) {
    await waiting.promise;
    waiting = Promise.withResolvers();
  }
  return news.shift() ?? '';
}
const kinds: [string, () => Registry | Promise<Registry>][] = [
  ['in a folder', () => new DirectoryRegistry(join(root, 'registry'))],
  ['over HTTP', () => serve()],
];

describe.each(kinds)('the supergraph of a registry %s', (_, make) => {
  test('is taken once something is published, and again with every publication', async () => {
    follow(await make());
    await feed?.check();
    expect(feed?.current).toBeNull();
    await publishAll(folder, service('first'), 'test');
    expect(await next()).toBe('first');
    await publishAll(folder, service('second'), 'test');
    expect(await next()).toBe('second');
  });

  test('that is no good is refused, and what served serves on, over a restart too', async () => {
    await publishAll(folder, service('first'), 'test');
    const registry = await make();
    follow(registry);
    expect(await next()).toBe('first');
    await folder.keep('type Query { broken: ');
    const newest = await folder.newest();
    await folder.append(buildDraft('type Query { broken: '), newest && newest !== 'UNCHANGED' ? newest.tag : null);
    expect(await next()).toBe('refused');
    expect(feed?.current?.apiSdl).toContain('first');
    await feed?.close();
    follow(registry);
    expect([await next(), await next()]).toEqual(['refused', 'first']);
    await publishAll(folder, service('second'), 'test').catch(() => undefined);
  });
});

describe('a registry that is away', () => {
  test('stops nobody: what served serves on, a gateway that starts takes its copy, and what was published meanwhile comes later', async () => {
    await publishAll(folder, service('first'), 'test');
    const registry = await serve();
    const { port } = new URL(registry.place);
    follow(registry);
    expect(await next()).toBe('first');
    await feed?.check();
    await server?.stop();
    await feed?.check();
    expect(feed?.current?.apiSdl).toContain('first');
    await feed?.close();
    follow(registry);
    expect(await next()).toBe('first');
    await publishAll(folder, service('second'), 'test');
    await serve(Number(port));
    expect(await next()).toBe('second');
  });

  test('and a copy that is half written leave a gateway without a graph until the registry is back', async () => {
    const sdl = composeSupergraph(service('first'));
    writeFileSync(join(root, 'copy.graphql'), `# ${'0'.repeat(64)}\n${sdl.slice(0, 200)}`);
    const registry = await serve();
    const { port } = new URL(registry.place);
    await server?.stop();
    follow(registry);
    await feed?.check();
    expect(feed?.current).toBeNull();
    await publishAll(folder, service('first'), 'test');
    await serve(Number(port));
    expect(await next()).toBe('first');
  });
});
