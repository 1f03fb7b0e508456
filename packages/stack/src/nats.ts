import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Program } from './program.ts';
import { waitUntil } from './wait-until.ts';

export interface NatsOptions {
  /** The nats-server program. */
  binary: string;
  /** Its own folder: configuration and JetStream's store. */
  dataDir: string;
  port: number;
  logFile: string;
  /** More of nats-server's configuration: who may connect. Nothing: anybody. */
  authorization?: string;
}

/** nats-server with JetStream as a program of the stack. */
export function natsProgram(options: NatsOptions): Program {
  return {
    name: 'nats',
    spawn: () => spawnServer(options),
    ready: (_, signal) => waitUntil(() => greets(options.port), signal),
    stopSignal: 'SIGTERM',
    grace: 400,
  };
}

export function natsUrl(port: number, credentials?: string): string {
  return `nats://${credentials ? `${credentials}@` : ''}127.0.0.1:${port}`;
}

function spawnServer({ binary, dataDir, port, logFile, authorization = '' }: NatsOptions): ChildProcess {
  mkdirSync(dataDir, { recursive: true });
  const config = join(dataDir, 'nats.conf');
  rmSync(config, { force: true }); // the mode counts only where the file is made
  writeFileSync(config, configuration(port, join(dataDir, 'jetstream')) + authorization, { mode: 0o600 });
  const log = openSync(logFile, 'a');
  const child = spawn(binary, ['-c', config], { detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  return child;
}

function configuration(port: number, store: string): string {
  return [
    `listen: "127.0.0.1:${port}"`,
    `jetstream { store_dir: ${JSON.stringify(store)}, max_memory_store: 64MB, max_file_store: 10GB }`,
    'max_payload: 1MB',
    'write_deadline: "5s"',
    '',
  ].join('\n');
}

// The server speaks first: an INFO line. A bare connection would also be taken by another program on the port.
function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('data', (data) => settle(data.toString().startsWith('INFO ')));
    socket.once('error', () => settle(false));
    socket.once('close', () => settle(false));
  });
}
