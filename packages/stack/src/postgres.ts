import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { endOrphan } from './postgres-orphan.ts';
import { handOver, type RunAs } from './run-as.ts';

export interface PostgresOptions {
  /** Folder with bin, lib and share. */
  binaries: string;
  /** Its own folder; made by initdb when it does not exist. */
  dataDir: string;
  port: number;
  /** Of the superuser `postgres`; used at the first start only, the cluster keeps it. */
  password: string;
  maxConnections: number;
  /** Off only in tests that can lose everything. */
  fsync: boolean;
  logFile: string;
  runAs: RunAs;
}

const run = promisify(execFile);

/** Makes the cluster when there is none. One or two seconds. */
export async function initPostgres({ binaries, dataDir, password, fsync, runAs }: PostgresOptions): Promise<void> {
  if (existsSync(join(dataDir, 'PG_VERSION'))) return handOver(dataDir, runAs);
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const passwordFile = join(dataDir, '..', `.initdb-${process.pid}`);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  handOver(dataDir, runAs);
  handOver(passwordFile, runAs);
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const access = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  const [command, ...args] = [...runAs.wrapper, join(binaries, 'bin', 'initdb'), '-D', dataDir, ...locale, ...access];
  try {
    await run(command!, fsync ? args : [...args, '--no-sync'], { uid: runAs.uid, gid: runAs.gid, cwd: '/' });
  } catch (error) {
    rmSync(dataDir, { recursive: true, force: true });
    throw new Error(`initdb failed: ${(error as { stderr?: string }).stderr?.trim() || String(error)}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** Starts the server and comes back when it takes connections. */
export async function startPostgres(options: PostgresOptions): Promise<ChildProcess> {
  await endOrphan(options.dataDir);
  const log = openSync(options.logFile, 'a');
  const { runAs } = options;
  const [command, ...args] = [...runAs.wrapper, join(options.binaries, 'bin', 'postgres'), '-D', options.dataDir, ...settings(options)];
  const child = spawn(command!, args, { uid: runAs.uid, gid: runAs.gid, cwd: '/', detached: true, stdio: ['ignore', log, log] });
  await untilReady(child, options.dataDir);
  return child;
}

export function adminUrl(port: number, password: string, database = 'postgres'): string {
  return `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}

function settings({ port, maxConnections, fsync }: PostgresOptions): string[] {
  const values: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: maxConnections,
    shared_buffers: '128MB',
    max_wal_size: '1GB',
    jit: 'off', // many short statements: compiling them costs more than it saves
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] %q%u@%d ',
    fsync: fsync ? 'on' : 'off',
    full_page_writes: fsync ? 'on' : 'off',
    synchronous_commit: fsync ? 'on' : 'off',
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

// The eighth line of postmaster.pid is the server's own word; asking it costs no connection.
function untilReady(child: ChildProcess, dataDir: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = setInterval(() => {
      if (statusOf(dataDir, child.pid) === 'ready') settle(resolve);
    }, 20);
    const settle = (end: () => void) => {
      clearInterval(look);
      child.removeAllListeners();
      end();
    };
    child.once('error', (error) => settle(() => reject(error)));
    child.once('exit', (code, signal) => settle(() => reject(new Error(`PostgreSQL ended (${signal ?? code}) while starting`))));
  });
}

function statusOf(dataDir: string, pid: number | undefined): string | undefined {
  try {
    const lines = readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
    return Number(lines[0]) === pid ? lines[7]?.trim() : undefined;
  } catch {
    return undefined;
  }
}
