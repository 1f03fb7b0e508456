import { chmodSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeLog } from '@atende/service/process';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { buildDraft, buildSeen } from '../testing/registry-builders.ts';
import { HttpRegistry } from './http-registry.ts';
import { digestOf } from './publication.ts';
import { REGISTRY_LIMITS } from './registry.ts';
import { parseRegistryConfig } from './registry-config.ts';
import { registryAt } from './registry-place.ts';
import { type RegistryProcess, startRegistry } from './registry-process.ts';

const PUBLISHER = 'publisher-token-0123456789';
const GATEWAY = 'gateway-token-0123456789ab';
let root: string;
let tokens: string;
let running: RegistryProcess;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'atende-registry-'));
  tokens = join(root, 'tokens');
  writeFileSync(tokens, `# who may what\npublisher team-tickets ${PUBLISHER}\n\ngateway gateways ${GATEWAY}\n`, { mode: 0o600 });
  running = await startRegistry(config(), makeLog('registry', 'silent'));
});
afterEach(async () => {
  await running.stop();
  rmSync(root, { recursive: true });
});

const config = () =>
  parseRegistryConfig({
    PORT: '0',
    PROBE_PORT: '0',
    REGISTRY_DIR: join(root, 'registry'),
    REGISTRY_TOKENS_FILE: tokens,
    SHUTDOWN_GRACE_MS: '100',
  });
const as = (token: string) => new HttpRegistry({ url: running.url, token });
const ask = (path: string, init: RequestInit = {}, token = PUBLISHER) =>
  fetch(`${running.url}${path}`, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } });
const refusalOf = async (answer: Response) => [answer.status, ((await answer.json()) as { error: { code: string } }).error.code];

describe('a registry over HTTP', () => {
  test('answers nobody without a token that it knows, whatever is asked', async () => {
    for (const authorization of ['', 'Bearer', 'Bearer wrong', `Basic ${PUBLISHER}`, `Bearer ${PUBLISHER}x`]) {
      for (const path of ['/publications/newest', '/nowhere'])
        expect(await refusalOf(await fetch(`${running.url}${path}`, { headers: { authorization } }))).toEqual([401, 'UNAUTHORIZED']);
    }
  });

  test('lets a gateway read and report, and not publish', async () => {
    const gateway = as(GATEWAY);
    await as(PUBLISHER).keep('graph');
    await as(PUBLISHER).append(buildDraft('graph'), null);
    expect(await gateway.newest()).toMatchObject({ publication: { by: 'team-tickets (ana@laptop)' } });
    await gateway.report('gateway-1', [buildSeen()]);
    const forbidden = { fault: 'FORBIDDEN' };
    await expect(gateway.keep('other')).rejects.toMatchObject(forbidden);
    await expect(gateway.append(buildDraft('graph'), null)).rejects.toMatchObject(forbidden);
    await expect(gateway.store('portal', [])).rejects.toMatchObject(forbidden);
  });

  test('speaks in ETags: 304 for what is known, 412 for what came too late, 400 without a word on what it follows', async () => {
    await as(PUBLISHER).keep('graph');
    const put = (headers: Record<string, string>) =>
      ask('/publications/newest', { method: 'PUT', headers, body: JSON.stringify(buildDraft('graph')) });
    expect(await refusalOf(await put({}))).toEqual([400, 'INVALID']);
    expect((await put({ 'if-none-match': '*' })).status).toBe(201);
    const etag = (await ask('/publications/newest')).headers.get('etag') ?? '';
    expect((await ask('/publications/newest', { headers: { 'if-none-match': etag } })).status).toBe(304);
    expect(await refusalOf(await put({ 'if-match': '"other"' }))).toEqual([412, 'PUBLISHED_MEANWHILE']);
    expect((await put({ 'if-match': etag })).status).toBe(201);
  });

  test('takes no more than its limits, no other text than the address names, no JSON that is none', async () => {
    const large = 'x'.repeat(REGISTRY_LIMITS.text + 1);
    expect(await refusalOf(await ask(`/texts/${digestOf(large)}`, { method: 'PUT', body: large }))).toEqual([413, 'TOO_LARGE']);
    expect(await refusalOf(await ask(`/texts/${digestOf('one')}`, { method: 'PUT', body: 'other' }))).toEqual([400, 'INVALID']);
    expect(await refusalOf(await ask('/operations/gateway-1', { method: 'POST', body: '[{' }))).toEqual([400, 'INVALID']);
    expect(await refusalOf(await ask('/publications/newest', { method: 'DELETE' }))).toEqual([405, 'INVALID']);
    expect(await refusalOf(await ask('/texts/%2e%2e%2fetc%2fpasswd'))).toEqual([404, 'NOT_FOUND']);
    expect(await refusalOf(await ask('/../../etc/passwd'))).toEqual([404, 'NOT_FOUND']);
  });

  test('lives on when a client goes away in the middle of a text', async () => {
    const { port } = new URL(running.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(
      `PUT /texts/${digestOf('x')} HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${PUBLISHER}\r\ncontent-length: 1000\r\n\r\nhalf`,
    );
    await new Promise((resolve) => socket.write('', resolve));
    socket.destroy();
    expect(await as(PUBLISHER).newest()).toBeNull();
    await expect(as(PUBLISHER).text(digestOf('x'))).rejects.toMatchObject({ fault: 'NOT_FOUND' });
  });

  test('takes up changed tokens without a restart, and keeps those it had when the file is spoilt', async () => {
    writeFileSync(tokens, `publisher team-tickets ${PUBLISHER}-new\n`);
    utimesSync(tokens, new Date(), new Date(Date.now() + 5_000));
    await expect(as(PUBLISHER).newest()).rejects.toMatchObject({ fault: 'UNAUTHORIZED' });
    expect(await as(`${PUBLISHER}-new`).newest()).toBeNull();
    writeFileSync(tokens, 'nonsense');
    utimesSync(tokens, new Date(), new Date(Date.now() + 9_000));
    expect(await as(`${PUBLISHER}-new`).newest()).toBeNull();
  });

  test('does not start with tokens that others may read, that are short, or that are none', async () => {
    chmodSync(tokens, 0o644);
    await expect(startRegistry(config())).rejects.toThrow(/others may read it/);
    chmodSync(tokens, 0o600);
    writeFileSync(tokens, 'publisher team short');
    await expect(startRegistry(config())).rejects.toThrow(/line 1 is not "publisher NAME TOKEN"/);
    writeFileSync(tokens, '# nobody');
    await expect(startRegistry(config())).rejects.toThrow(/holds no token/);
  });

  test('tells where it stands on its probes', async () => {
    expect((await fetch(`${running.probesUrl}/readyz`)).status).toBe(200);
  });
});

describe('the client of a registry', () => {
  test('tells a registry that is away from one that refuses', async () => {
    await running.stop();
    await expect(as(PUBLISHER).newest()).rejects.toMatchObject({ fault: 'UNREACHABLE', message: expect.stringContaining('ECONNREFUSED') });
  });

  test('takes a page of something in between, a redirect and silence for a registry that does not answer', async () => {
    const between = createServer((request, response) => {
      if (request.url?.startsWith('/silent')) return;
      if (request.url?.startsWith('/moved')) return void response.writeHead(302, { location: running.url }).end();
      response.writeHead(502).end('<html>Bad gateway</html>');
    });
    await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve));
    const { port } = between.address() as AddressInfo;
    const at = (path: string) => new HttpRegistry({ url: `http://127.0.0.1:${port}/${path}`, token: PUBLISHER, deadline: 50 });
    for (const path of ['', 'moved', 'silent']) await expect(at(path).newest()).rejects.toMatchObject({ fault: 'UNREACHABLE' });
    await new Promise((resolve) => between.close(resolve).closeAllConnections());
  });

  test('is made from a place: a folder, or an address with the file of one token', () => {
    const file = join(root, 'token');
    writeFileSync(file, `${GATEWAY}\n`, { mode: 0o600 });
    const at = (place: string, tokenFile?: string) => registryAt(place, tokenFile, (what) => new Error(what));
    expect(at(running.url, file).place).toBe(running.url);
    expect(at('/srv/registry').place).toBe('/srv/registry');
    expect(() => at(running.url)).toThrow(/needs a token/);
    chmodSync(file, 0o604);
    expect(() => at(running.url, file)).toThrow(/others may read it/);
  });
});
