import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { initCluster } from './postgres-cluster.ts';
import { endOrphan } from './postgres-orphan.ts';
import type { Program } from './program.ts';
import type { RunAs } from './run-as.ts';
import { waitUntil } from './wait-until.ts';

export interface PostgresOptions {
  /** Folder with bin, lib and share. */
  binaries: string;
  /** Its own folder; made by initdb when it does not exist. */
  dataDir: string;
  port: number;
  /** Of the superuser `postgres`; given to the cluster when it is made. */
  password: string;
  maxConnections: number;
  /** Off only in tests that can lose everything. */
  fsync: boolean;
  logFile: string;
  runAs: RunAs;
}

/** The embedded PostgreSQL as a program of the stack. */
export function postgresProgram(options: PostgresOptions): Program {
  return {
    name: 'postgres',
    prepare: async () => {
      await endOrphan(options.dataDir);
      await initCluster(options);
    },
    spawn: () => spawnServer(options),
    ready: (child, signal) => waitUntil(() => statusOf(options.dataDir, child) === 'ready', signal),
    stopSignal: 'SIGINT', // fast: ends the sessions, writes a checkpoint
    grace: 900,
    hardSignal: 'SIGQUIT', // at once: the next start recovers from the log
  };
}

export function adminUrl(port: number, password: string, database = 'postgres'): string {
  return `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}

function spawnServer(options: PostgresOptions): ChildProcess {
  const { runAs, binaries, dataDir, logFile } = options;
  const log = openSync(logFile, 'a');
  const words = [...runAs.wrapper, join(binaries, 'bin', 'postgres'), '-D', dataDir, ...settings(options)];
  const child = spawn(words[0]!, words.slice(1), { uid: runAs.uid, gid: runAs.gid, cwd: '/', detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  return child;
}

function settings({ port, maxConnections, fsync }: PostgresOptions): string[] {
  const durable = fsync ? 'on' : 'off';
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
    // A statement that failed, and what its error says of its row, hold what people wrote.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    fsync: durable,
    full_page_writes: durable,
    synchronous_commit: durable,
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

// The eighth line of postmaster.pid is the server's own word; asking it costs no connection.
function statusOf(dataDir: string, child: ChildProcess): string | undefined {
  try {
    const lines = readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
    return Number(lines[0]) === child.pid ? lines[7]?.trim() : undefined;
  } catch {
    return undefined;
  }
}
