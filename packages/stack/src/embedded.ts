import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findNatsServer } from '../bootstrap/nats-server.mjs';
import { postgresPackage, preparePostgres } from '../bootstrap/postgres-binaries.mjs';
import { anyFreePort } from './free-port.ts';
import { natsUrl, startNats } from './nats.ts';
import { adminUrl, initPostgres, startPostgres } from './postgres.ts';
import { repositoryRoot } from './repository.ts';
import { runAsFor } from './run-as.ts';
import { Watchdog } from './watchdog.ts';

export interface Embedded {
  adminUrl: string;
  natsUrl: string;
  /** Ends both servers and removes the folder. */
  stop(): Promise<void>;
}

/** A throw-away PostgreSQL and nats-server on free ports, for tests. */
export async function startEmbedded({ folder, fsync }: { folder: string; fsync: boolean }): Promise<Embedded> {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o711); // PostgreSQL may run as somebody else and has to pass
  const watchdog = new Watchdog({ remove: folder });
  const [postgres, nats] = await Promise.all([postgresIn(folder, fsync, watchdog), natsIn(folder, watchdog)]);
  const stop = async () => {
    await Promise.all([end(postgres.child, 'SIGQUIT'), end(nats.child, 'SIGKILL')]);
    watchdog.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { adminUrl: postgres.url, natsUrl: nats.url, stop };
}

async function postgresIn(folder: string, fsync: boolean, watchdog: Watchdog) {
  const binaries = preparePostgres(repositoryRoot);
  if (!binaries) throw new Error(`${postgresPackage} is not installed: run npm ci`);
  const runAs = runAsFor([binaries, folder]);
  if (!runAs) throw new Error(`PostgreSQL does not run as root, and nobody else can reach ${binaries} and ${folder}`);
  const password = randomBytes(18).toString('base64url');
  const options = { binaries, dataDir: join(folder, 'postgres'), password, maxConnections: 300, fsync, runAs };
  const start = async () => {
    const port = await anyFreePort();
    const settled = { ...options, port, logFile: join(folder, 'postgres.log') };
    await initPostgres(settled);
    return { url: adminUrl(port, password), child: await startPostgres(settled) };
  };
  return watched(await withRetries(start), watchdog);
}

async function natsIn(folder: string, watchdog: Watchdog) {
  const binary = findNatsServer(repositoryRoot);
  if (!binary) throw new Error('no nats-server on PATH or in .cache: npm test gets one');
  const start = async () => {
    const port = await anyFreePort();
    const child = await startNats({ binary, dataDir: join(folder, 'nats'), port, logFile: join(folder, 'nats.log') });
    return { url: natsUrl(port), child };
  };
  return watched(await withRetries(start), watchdog);
}

// Between finding a free port and listening on it another program may come first.
async function withRetries<T>(start: () => Promise<T>, tries = 3): Promise<T> {
  for (let left = tries; ; left--) {
    try {
      return await start();
    } catch (error) {
      if (left <= 1) throw error;
    }
  }
}

function watched<T extends { child: ChildProcess }>(server: T, watchdog: Watchdog): T {
  if (server.child.pid) watchdog.watch(server.child.pid);
  return server;
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}
