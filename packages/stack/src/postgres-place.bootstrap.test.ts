import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import pg from 'pg';
import { DataFolder } from './data-folder.ts';
import { anyFreePort } from './free-port.ts';
import { adminUrl, postgresProgram } from './postgres.ts';
import { postgresPlace } from './postgres-place.ts';
import { endChild, startProgram } from './program.ts';
import { repositoryRoot } from './repository.ts';
import { runAsFor } from './run-as.ts';
import { launchSmall } from './testing/launched.ts';

const nobody = 65_534;
const isRoot = process.getuid?.() === 0;
const asRoot = isRoot ? test : test.skip;
const reachable = isRoot && runAsFor([repositoryRoot])?.uid === nobody;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atende-place-')); // 0700
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

asRoot('where nobody can pass and the kernel gives no namespace, binaries and data lie elsewhere, said aloud', async () => {
  const elsewhere = join(folder, 'elsewhere');
  mkdirSync(elsewhere);
  chmodSync(folder, 0o711);
  const secret = join(folder, 'secret');
  mkdirSync(secret, { mode: 0o700 });
  const data = new DataFolder(join(secret, 'data'));
  const said: string[] = [];
  const withoutNamespaces = (paths: readonly string[]) => runAsFor(paths, () => false);
  const place = postgresPlace(data, (line) => said.push(line), { elsewhere, identify: withoutNamespaces });
  expect(said).toEqual([expect.stringContaining(`nobody else can reach ${data.path}: its data are in ${elsewhere}/atende-`)]);
  expect(place.runAs.uid).toBe(nobody);
  await answers(place);
  data.reset();
  expect(existsSync(place.dataDir)).toBe(false);
});

async function answers(place: ReturnType<typeof postgresPlace>): Promise<void> {
  const port = await anyFreePort();
  const logFile = join(place.dataDir, '..', 'postgres.log');
  const program = postgresProgram({ ...place, port, password: 'secret', maxConnections: 20, fsync: true, logFile });
  const child = await startProgram(program);
  try {
    const client = new pg.Client({ connectionString: adminUrl(port, 'secret') });
    await client.connect();
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await client.end();
  } finally {
    await endChild(child, program);
  }
}

(reachable ? test : test.skip)('an ordinary user starts below a private folder of theirs', async () => {
  chownSync(folder, nobody, nobody);
  const launched = launchSmall(['--data', join(folder, 'data'), '--port', String(await anyFreePort())], {}, nobody);
  await launched.says('Ctrl-C stops everything');
  launched.child.kill('SIGINT');
  expect(await launched.ended).toBe(0);
});
