import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BadConfiguration } from '@atende/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { providersFrom } from './provider-settings.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'providers-'));
  await writeFile(join(folder, 'secret'), 's3cr3t\n');
});
afterAll(() => rm(folder, { recursive: true }));

const entry = (changes: object = {}) => ({
  ...{ id: 'acme', name: 'ACME', issuer: 'https://id.acme.example', clientId: 'atende', clientSecretFile: join(folder, 'secret') },
  ...{ domains: ['ACME.example'], ...changes },
});
async function read(content: unknown, development = false) {
  const file = join(folder, 'providers.json');
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return providersFrom(file, { development });
}
const faultsOf = (content: unknown, development = false): Promise<string[]> =>
  read(content, development).then(
    () => [],
    (error: Error) => {
      expect(error).toBeInstanceOf(BadConfiguration);
      return error.message.replaceAll(`SIGN_IN_PROVIDERS_FILE ${join(folder, 'providers.json')}: `, '').split('\n');
    },
  );

describe('the providers', () => {
  it('are none without a file', async () => {
    expect(await providersFrom(undefined, { development: false })).toEqual([]);
  });

  it('are read with the secrets of their files', async () => {
    expect(await read([entry()])).toEqual([
      {
        ...{ id: 'acme', name: 'ACME', issuer: new URL('https://id.acme.example'), clientId: 'atende', clientSecret: 's3cr3t' },
        ...{ domains: ['acme.example'], organizations: [] },
      },
    ]);
  });

  it('are https, but on loopback in development', async () => {
    const local = [entry({ issuer: 'http://127.0.0.1:3000' })];
    expect(await faultsOf(local, true)).toEqual([]);
    for (const [providers, development] of [
      [local, false],
      [[entry({ issuer: 'http://id.acme.example' })], true],
      [[entry({ issuer: 'http://127.0.0.1.acme.example' })], true],
    ] as const)
      expect(await faultsOf(providers, development)).toEqual(['acme: the issuer must be https; in development http on loopback will do']);
  });

  it('have their faults told at once', async () => {
    expect(await faultsOf([entry({ id: 'ACME!', issuer: 'nowhere' }), entry({ domains: [] }), entry({ colour: 'blue' })])).toEqual([
      '0.id: 1 to 32 small letters, digits and hyphens',
      '0.issuer: Invalid URL',
      '1: name domains or organizations: it may vouch for these only',
      '2: Unrecognized key: "colour"',
    ]);
    const missing = join(folder, 'missing');
    expect(await faultsOf([entry({ issuer: 'http://id.acme.example', clientSecretFile: missing }), entry()])).toEqual([
      'acme: the issuer must be https; in development http on loopback will do',
      `acme: ENOENT: no such file or directory, open '${missing}'`,
      'two providers have the same id',
    ]);
    expect((await faultsOf('{')).join()).toContain('JSON');
  });
});
