import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { GATEWAY_ISSUER } from '@atende/service';
import { testDatabase } from '@atende/service/testing';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { attachments } from './service.ts';
import { bruno } from './testing/testbed.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
let folder: string;
let database: Awaited<ReturnType<typeof testDatabase>>;
let gatewayKeys: http.Server;
let token: string;
const alive = new Set<ChildProcess>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atende-kill-'));
  const filesKey = await generateKeyPair('EdDSA', { extractable: true });
  await writeFile(join(folder, 'key.json'), JSON.stringify(await exportJWK(filesKey.privateKey)), { mode: 0o600 });
  const { publicKey, privateKey } = await generateKeyPair('EdDSA');
  const jwks = JSON.stringify({ keys: [await exportJWK(publicKey)] });
  gatewayKeys = http.createServer((_, response) => response.end(jwks)).listen(0, '127.0.0.1');
  await once(gatewayKeys, 'listening');
  const claims = new SignJWT({ viewer: bruno }).setProtectedHeader({ alg: 'EdDSA' }).setIssuer(GATEWAY_ISSUER).setAudience('attachments');
  token = await claims.setExpirationTime('5m').sign(privateKey);
  const migrations = fileURLToPath(new URL('migrations', attachments.home));
  database = await testDatabase({ name: 'attachments', entities: attachments.entities, migrations, rights: attachments.rights ?? [] });
});

afterAll(async () => {
  for (const child of alive) child.kill('SIGKILL');
  gatewayKeys.close();
  await database[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** The service as a process of its own; resolves to its address when it is ready. */
async function start(): Promise<{ url: string; kill(): Promise<void> }> {
  const child = spawn(
    process.execPath,
    ['--no-warnings', '--conditions=source', '--import', join(here, 'testing/from-source.mjs'), join(here, 'main.ts')],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: {
        PORT: '0',
        PROBE_PORT: '0',
        NATS_URL: process.env.TEST_NATS_URL,
        NATS_PREFIX: database.name.replaceAll('_', '-'),
        DATABASE_URL: database.urls.app,
        DATABASE_WORKER_URL: database.urls.worker,
        GATEWAY_JWKS_URL: `http://127.0.0.1:${(gatewayKeys.address() as AddressInfo).port}`,
        FILES_DIR: join(folder, 'files'),
        FILES_KEY_FILE: join(folder, 'key.json'),
        PUBLIC_URL: 'https://suporte.example',
        EXIT_WITH_PARENT: '1',
      },
    },
  );
  alive.add(child);
  const kill = async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
    alive.delete(child);
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const said = JSON.parse(line) as { msg: string; url: string };
    if (said.msg === 'ready') return { url: said.url, kill };
  }
  throw new Error('the service ended before it was ready');
}

const headers = () => ({ authorization: `Bearer ${token}`, 'tus-resumable': '1.0.0' });
const forBytes = (offset: number) => ({ ...headers(), 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' });

async function ask(url: string, query: string): Promise<{ createUpload: { attachment: { id: string } }; attachment: { status: string } }> {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { ...headers(), 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return ((await answer.json()) as { data: never }).data;
}

it('an upload goes on after a kill -9 in the middle of it, and its content is judged', async () => {
  const content = Buffer.alloc(1024 ** 2, 'a line of a log\n');
  const half = content.length / 2;
  const first = await start();
  const { createUpload } = await ask(
    first.url,
    `mutation { createUpload(input: { clientKey: "k", fileName: "rm.log", size: ${content.length}, contentType: "" }) { attachment { id } } }`,
  );
  const path = `/files/uploads/${createUpload.attachment.id}`;
  // A quarter is acknowledged; another is on its way when the process is killed.
  const quarter = half / 2;
  expect((await fetch(`${first.url}${path}`, { method: 'PATCH', headers: forBytes(0), body: content.subarray(0, quarter) })).status).toBe(
    204,
  );
  const underWay = http.request(`${first.url}${path}`, {
    method: 'PATCH',
    headers: { ...forBytes(quarter), 'content-length': content.length - quarter },
  });
  const cutOff = once(underWay, 'error');
  await new Promise((written) => underWay.write(content.subarray(quarter, half), written));
  await first.kill();
  await cutOff;

  const second = await start();
  const reached = Number((await fetch(`${second.url}${path}`, { method: 'HEAD', headers: headers() })).headers.get('upload-offset'));
  expect(reached).toBeGreaterThanOrEqual(quarter);
  expect(reached).toBeLessThanOrEqual(half);
  expect(
    (await fetch(`${second.url}${path}`, { method: 'PATCH', headers: forBytes(reached), body: content.subarray(reached) })).status,
  ).toBe(204);
  expect((await ask(second.url, `{ attachment(id: "${createUpload.attachment.id}") { status } }`)).attachment).toEqual({
    status: 'AVAILABLE',
  });
  await second.kill();
});
