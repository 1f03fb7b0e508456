import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { fromRelease, unpack } from './nats-download.mjs';
import { ensureNatsServer, findNatsServer } from './nats-server.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'nats-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function program(folder: string, version: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'nats-server'), `#!/bin/sh\necho nats-server: v${version}\n`, { mode: 0o755 });
  return join(folder, 'nats-server');
}
const cached = (version: string) => program(join(root, '.cache', 'nats-server', version), version);
const onPath = (version: string) => program(join(root, 'bin'), version);
const env = (more = {}) => ({ PATH: join(root, 'bin'), ...more });
const failing = (reason: string) => Object.assign(async () => ({ reason }), { title: reason });

test('a NATS_URL means that none is needed here', async () => {
  expect(await ensureNatsServer(root, { env: env({ NATS_URL: 'nats://elsewhere:4222' }), sources: [] })).toBeUndefined();
});

test('the one on PATH comes before the kept one', async () => {
  cached('2.11.17');
  expect(await ensureNatsServer(root, { env: env(), sources: [] })).toBe(join(root, '.cache/nats-server/2.11.17/nats-server'));
  const installed = onPath('2.10.0');
  expect(await ensureNatsServer(root, { env: env(), sources: [] })).toBe(installed);
  expect(findNatsServer(root, env())).toBe(installed);
});

test('the newest of the kept ones is taken', () => {
  cached('2.9.10');
  const newer = cached('2.11.17');
  expect(findNatsServer(root, env())).toBe(newer);
});

test('one that is too old is passed over', async () => {
  onPath('2.8.4');
  const kept = cached('2.9.10');
  expect(await ensureNatsServer(root, { env: env(), sources: [] })).toBe(kept);
});

test('what a source brings is kept under its version, and half a download is not', async () => {
  const source = Object.assign(async (folder: string) => ({ file: program(folder, '2.9.10') }), { title: 'a source' });
  const file = await ensureNatsServer(root, { env: env(), sources: [failing('first'), source] });
  expect(file).toBe(join(root, '.cache/nats-server/2.9.10/nats-server'));
  expect(existsSync(file)).toBe(true);
  expect(readdirSync(join(root, '.cache/nats-server'))).toEqual(['2.9.10']);
});

test('when nothing helps, every reason is told, and what mends it', async () => {
  const sources = [failing('official release: no network'), failing('apt-get: not on this machine')];
  await expect(ensureNatsServer(root, { env: env(), sources })).rejects.toThrow(
    /- official release: no network\n- apt-get: not on this machine\nTo mend it: install nats-server 2.11 .* or start with NATS_URL=/,
  );
});

test('a release that is not the pinned one is refused', () => {
  const archive = Buffer.from('something else');
  expect(unpack(archive, 'e3b0c442', root)).toEqual({ reason: expect.stringContaining('not the file that was pinned') });
  expect(createHash('sha256').update(archive).digest('hex')).not.toBe('e3b0c442');
});

test('a platform without a pinned digest, and a failed download, each give their reason', async () => {
  expect(await fromRelease(root, { platform: 'plan9-x64' })).toEqual({
    reason: expect.stringContaining('no digest is pinned for plan9-x64'),
  });
  const download = async () => ({ code: 6, output: 'curl: (6) Could not resolve host' });
  expect(await fromRelease(root, { platform: 'linux-x64', download })).toEqual({
    reason: expect.stringContaining('Could not resolve host'),
  });
});
