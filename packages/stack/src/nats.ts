import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, openSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export interface NatsOptions {
  /** The nats-server program. */
  binary: string;
  /** Its own folder: configuration and JetStream's store. */
  dataDir: string;
  port: number;
  logFile: string;
}

/** Starts nats-server with JetStream and comes back when it answers. */
export async function startNats({ binary, dataDir, port, logFile }: NatsOptions): Promise<ChildProcess> {
  mkdirSync(dataDir, { recursive: true });
  const config = join(dataDir, 'nats.conf');
  writeFileSync(config, configuration(port, join(dataDir, 'jetstream')));
  const log = openSync(logFile, 'a');
  const child = spawn(binary, ['-c', config], { detached: true, stdio: ['ignore', log, log] });
  await untilReady(child, port);
  return child;
}

export function natsUrl(port: number): string {
  return `nats://127.0.0.1:${port}`;
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

async function untilReady(child: ChildProcess, port: number): Promise<void> {
  const ended = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`nats-server ended (${signal ?? code}) while starting`)));
  });
  const answering = async () => {
    while (child.exitCode === null && child.signalCode === null && !(await greets(port))) await delay(20);
  };
  await Promise.race([answering(), ended]);
  child.removeAllListeners();
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
