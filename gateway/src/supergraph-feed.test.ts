import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeLog } from '@atende/service/process';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { composeSupergraph } from './composition.ts';
import { LIMITS } from './limits.ts';
import { Supergraph } from './supergraph.ts';
import { SupergraphFeed } from './supergraph-feed.ts';
import { fileSource } from './supergraph-source.ts';
import { TOY_SERVICES } from './testing/toy-sdl.ts';

const FIRST = composeSupergraph([{ name: 'one', url: 'http://127.0.0.1:1', sdl: 'type Query { one: Int }' }]);
const SECOND = composeSupergraph([{ name: 'two', url: 'http://127.0.0.1:2', sdl: 'type Query { two: Int }' }]);

let folder: string;
let file: string;
let source: SupergraphFeed;
let news: PromiseWithResolvers<string>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atende-supergraph-'));
  file = join(folder, 'supergraph.graphql');
  news = Promise.withResolvers();
});
afterEach(async () => {
  await source.close();
  rmSync(folder, { recursive: true });
});

function open(poll?: number): void {
  source = new SupergraphFeed({
    source: fileSource(file, poll),
    log: makeLog('gateway', 'silent'),
    load: (sdl) => Supergraph.load(sdl, { limits: LIMITS, introspection: false }),
    onTaken: ({ apiSdl }) => news.resolve(apiSdl),
    onRefused: (reason) => news.resolve(`refused: ${reason}`),
  });
}

/** What happens next to the file's supergraph. */
async function next(): Promise<string> {
  const said = await news.promise;
  news = Promise.withResolvers();
  return said;
}

const replace = (text: string) => {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
};

describe('the supergraph in a file', () => {
  test('is taken at the start and again whenever the file is replaced', async () => {
    replace(FIRST);
    open();
    expect(await next()).toContain('one: Int');
    replace(SECOND);
    expect(await next()).toContain('two: Int');
    expect(source.current?.apiSdl).toContain('two: Int');
  });

  test('that is no good is refused and the old one serves on, until a good one comes', async () => {
    replace(FIRST);
    open();
    await next();
    replace('type Query { broken: ');
    expect(await next()).toMatch(/^refused: .*Syntax Error/);
    replace('type Query { notASupergraph: Int }');
    expect(await next()).toMatch(/^refused: .*not a supergraph|^refused: .*core/i);
    const { operations } = { operations: [], ...source.current?.document('{ one }') };
    expect(operations).toHaveLength(1);
    replace(SECOND);
    expect(await next()).toContain('two: Int');
  });

  test('may come later than the gateway', async () => {
    open();
    await source.check();
    expect(source.current).toBeNull();
    replace(FIRST);
    expect(await next()).toContain('one: Int');
  });

  test('is found by reading where the file system gives no notice', async () => {
    const missing = join(folder, 'later', 'supergraph.graphql');
    file = missing;
    open(10);
    await source.check();
    mkdirSync(join(folder, 'later'));
    writeFileSync(missing, FIRST);
    expect(await next()).toContain('one: Int');
  });

  test('an operation that runs on the old one is planned to its end', async () => {
    replace(composeSupergraph(TOY_SERVICES));
    open();
    await next();
    const old = source.current;
    replace(FIRST);
    await next();
    const prepared = old?.document('{ ticket(id: "1") { number requester { name } } }');
    if (!prepared || !('operations' in prepared)) throw new Error('not prepared');
    const [operation] = prepared.operations;
    expect(operation && (await old?.plan(operation, {}))).toMatchObject({ program: { kind: 'sequence' } });
  });
});
