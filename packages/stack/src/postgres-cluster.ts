import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PostgresOptions } from './postgres.ts';
import { handOver } from './run-as.ts';

const run = promisify(execFile);

const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];

/**
 * Makes the cluster when there is none: one or two seconds. It is made beside its place and renamed by the last file
 * it writes, so that a start killed in the middle is not taken for a cluster.
 */
export async function initCluster({ binaries, dataDir, password, fsync, runAs }: PostgresOptions): Promise<void> {
  const made = join(dataDir, 'atende-made');
  if (existsSync(made)) return handOver(dataDir, runAs);
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  handOver(dataDir, runAs);
  const passwordFile = join(dataDir, '..', 'initdb-password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  handOver(passwordFile, runAs);
  const access = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  const words = [...runAs.wrapper, join(binaries, 'bin', 'initdb'), '-D', dataDir, ...locale, ...access, ...(fsync ? [] : ['--no-sync'])];
  try {
    await run(words[0]!, words.slice(1), { uid: runAs.uid, gid: runAs.gid, cwd: '/' });
  } catch (error) {
    throw new Error(`initdb failed: ${(error as { stderr?: string }).stderr?.trim() || String(error)}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  writeFileSync(made, '');
  handOver(dataDir, runAs);
  handOver(made, runAs);
}
