import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { askAs } from './testing/ask-as.ts';

const program = fileURLToPath(new URL('prepare.ts', import.meta.url));
const adminUrl = process.env.TEST_DATABASE_ADMIN_URL ?? '';
const name = `prepared${process.pid}`;
const passwords = { OWNER: 'o-secret', APP: 'a-secret', WORKER: 'w-secret' };
const environment = Object.fromEntries(Object.entries(passwords).map(([role, word]) => [`${name.toUpperCase()}_${role}_PASSWORD`, word]));

function prepare(words: string[], env: Record<string, string> = {}): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ['--conditions=source', program, ...words], { env }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? 1, stdout, stderr }),
    );
  });
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prepare-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('what prepares an installation', () => {
  it('makes databases and roles with the passwords of the environment, and may be repeated with others', async () => {
    const env = { ...environment, ADMIN_DATABASE_URL: adminUrl };
    try {
      expect(await prepare(['databases', name], env)).toEqual({ code: 0, stdout: `${name}: database and roles are there.\n`, stderr: '' });
      const { host } = new URL(adminUrl);
      const asApp = (word: string) => askAs(`postgres://${name}_app:${word}@${host}/${name}`, 'select 1 as one');
      expect(await asApp('a-secret')).toEqual([{ one: 1 }]);
      await prepare(['databases', name], { ...env, [`${name.toUpperCase()}_APP_PASSWORD`]: 'changed' });
      expect(await asApp('changed')).toEqual([{ one: 1 }]);
    } finally {
      await askAs(adminUrl, `drop database if exists ${name} with (force)`);
      for (const role of Object.keys(passwords)) await askAs(adminUrl, `drop role if exists ${name}_${role.toLowerCase()}`);
    }
  });

  it('has no password of its own: each one that is missing is told', async () => {
    const { code, stderr } = await prepare(['databases', 'tickets'], { ADMIN_DATABASE_URL: adminUrl, TICKETS_APP_PASSWORD: 'x' });
    expect(code).toBe(78);
    expect(stderr).toMatch(/TICKETS_OWNER_PASSWORD +missing.*TICKETS_WORKER_PASSWORD +missing/s);
    expect(stderr).not.toContain('TICKETS_APP_PASSWORD');
  });

  it('says in one line why PostgreSQL does not answer, without the password', async () => {
    const env = { ...environment, ADMIN_DATABASE_URL: 'postgres://postgres:canary@127.0.0.1:1/postgres' };
    const { code, stderr } = await prepare(['databases', name], env);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/^prepare: .*ECONNREFUSED.*\n$/) });
    expect(stderr).not.toContain('canary');
  });

  it('makes private keys that only their owner reads, and leaves those that are there', async () => {
    const [one, two] = [join(folder, 'one.json'), join(folder, 'two.json')];
    expect((await prepare(['keys', one])).stdout).toBe(`${one}: a new key.\n`);
    const before = readFileSync(one, 'utf8');
    expect((await prepare(['keys', one, two])).stdout).toBe(`${one}: is there.\n${two}: a new key.\n`);
    expect(readFileSync(one, 'utf8')).toBe(before);
    expect(statSync(one).mode & 0o777).toBe(0o600);
    expect(JSON.parse(before)).toMatchObject({ kty: 'OKP', crv: 'Ed25519', d: expect.any(String), kid: expect.any(String) });
  });

  it.each([[[]], [['databases']], [['keys']], [['tables', 'x']]])('tells how it is used when called with %j', async (words) => {
    expect(await prepare(words)).toEqual({ code: 64, stdout: '', stderr: expect.stringContaining('usage: prepare.js databases NAME') });
  });
});
