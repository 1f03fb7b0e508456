import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findNatsServer } from '../bootstrap/nats-server.mjs';
import { postgresPackage, preparePostgres } from '../bootstrap/postgres-binaries.mjs';
import { anyFreePort } from './free-port.ts';
import { natsProgram, natsUrl } from './nats.ts';
import { adminUrl, postgresProgram } from './postgres.ts';
import { endChild, type Program, startProgram } from './program.ts';
import { repositoryRoot } from './repository.ts';
import { runAsFor } from './run-as.ts';
import { Watchdog } from './watchdog.ts';

export interface Embedded {
  adminUrl: string;
  natsUrl: string;
  /** Ends both servers and removes the folder. */
  stop(): Promise<void>;
}

interface Server {
  url: string;
  program: Program;
}

/** A throw-away PostgreSQL and nats-server on free ports, for a run of the tests. */
export async function startEmbedded({ folder, fsync }: { folder: string; fsync: boolean }): Promise<Embedded> {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o711); // PostgreSQL may run as somebody else and has to pass
  const watchdog = new Watchdog({ remove: folder });
  const [postgres, nats] = await Promise.all([start(() => postgresIn(folder, fsync), watchdog), start(() => natsIn(folder), watchdog)]);
  const stop = async () => {
    const now = { stopSignal: 'SIGQUIT', grace: 2_000 } as const; // nothing here is kept
    await Promise.all([endChild(postgres.child, now), endChild(nats.child, now)]);
    watchdog.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { adminUrl: postgres.url, natsUrl: nats.url, stop };
}

// Between finding a free port and listening on it another program may come first: then once more.
async function start(make: () => Promise<Server>, watchdog: Watchdog, tries = 3): Promise<Server & { child: ChildProcess }> {
  const server = await make();
  try {
    return { ...server, child: await startProgram(server.program, ({ pid }) => pid && watchdog.watch(pid)) };
  } catch (error) {
    if (tries <= 1) throw error;
    return start(make, watchdog, tries - 1);
  }
}

async function postgresIn(folder: string, fsync: boolean): Promise<Server> {
  const binaries = preparePostgres(repositoryRoot);
  if (!binaries) throw new Error(`${postgresPackage} is not installed: run npm ci`);
  const runAs = runAsFor([binaries, folder]);
  if (!runAs) throw new Error(`PostgreSQL does not run as root, and nobody else can reach ${binaries} and ${folder}`);
  const password = randomBytes(18).toString('base64url');
  const port = await anyFreePort();
  const files = { dataDir: join(folder, `postgres-${port}`), logFile: join(folder, 'postgres.log') };
  const program = postgresProgram({ binaries, ...files, port, password, maxConnections: 300, fsync, runAs });
  return { url: adminUrl(port, password), program };
}

async function natsIn(folder: string): Promise<Server> {
  const binary = findNatsServer(repositoryRoot);
  if (!binary) throw new Error('no nats-server on PATH or in .cache: npm test gets one');
  const port = await anyFreePort();
  return { url: natsUrl(port), program: natsProgram({ binary, dataDir: join(folder, 'nats'), port, logFile: join(folder, 'nats.log') }) };
}
