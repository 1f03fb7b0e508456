import { existsSync, readFileSync } from 'node:fs';
import type { ProvisionedUrls } from '@atende/service/provision';
import { Lock, tryLock } from '../bootstrap/pid-lock.mjs';
import { DataFolder } from './data-folder.ts';
import { Ports } from './ports.ts';
import { RunningStack } from './running-stack.ts';
import { type ServiceRow, services } from './services.ts';
import { layOut } from './topology.ts';

export interface StackOptions {
  /** Where data, keys and logs live; made when it does not exist. */
  dataDir: string;
  /** The gateway's port, with the usual ones for all others; `ephemeral` gives every server any free port. */
  ports?: 'ephemeral' | { gateway: number };
  /** Fill empty databases with the demo data. */
  demo?: boolean;
  /** How many processes of a service, or of `gateway`: one each unless said. */
  replicas?: Record<string, number>;
  /** What the gateway reads from its environment beside what the stack gives it. */
  gateway?: Record<string, string>;
  /** `LOG_LEVEL` of services and gateways. */
  logLevel?: string;
  /** Remove the data of the folder first. */
  reset?: boolean;
  /** A NATS that runs already, instead of an embedded one. */
  natsUrl?: string;
  report?: Report;
  /** Hears what the services and the gateway write; the log files get it anyway. */
  onOutput?: (name: string, text: string) => void;
  /** Ends a start that is under way. */
  signal?: AbortSignal;
  /** Other services than the table's, and another program as the gateway: for tests of the stack itself. */
  services?: readonly ServiceRow[];
  gatewayEntry?: string;
}

export interface Report {
  /** A part of the start begins. */
  step(name: string): void;
  /** Something happened that a person wants to know. */
  say(line: string): void;
}

/** A process of the running stack. */
export interface StackProcess {
  readonly name: string;
  /** Undefined while it is down. */
  readonly pid: number | undefined;
  /** Of a service or a gateway: its own origin, past any balancer. */
  readonly url: string | undefined;
  readonly probeUrl: string | undefined;
  kill(signal: NodeJS.Signals): void;
  /** Settles when it is ready: now, or after the restart that is under way. */
  ready(): Promise<void>;
  /** An ordinary stop and start. */
  restart(): Promise<void>;
  stop(): Promise<void>;
  start(): Promise<void>;
}

export interface Stack {
  /** The gateway's origin. */
  readonly url: string;
  /** Of each gateway, when there are several. */
  readonly gatewayUrls: string[];
  readonly adminUrl: string;
  /** Of NATS, as its operator. */
  readonly natsUrl: string;
  readonly dataDir: string;
  readonly processes: readonly StackProcess[];
  process(name: string): StackProcess;
  databaseUrls(service: string): ProvisionedUrls;
  stop(): Promise<void>;
}

export class AlreadyRunning extends Error {
  readonly pid: number;

  constructor(pid: number, dataDir: string, url: string | undefined) {
    super(`Atende is already running on ${dataDir} (process ${pid}${url ? `, ${url}` : ''}).`);
    this.pid = pid;
  }
}

/**
 * Starts everything on one data folder and comes back when it takes requests. What it started ends with this process,
 * however that ends. Throws `AlreadyRunning` when another process holds the folder.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const folder = new DataFolder(options.dataDir);
  const lock = tryLock(folder.of('launcher.lock'));
  if (!(lock instanceof Lock)) throw new AlreadyRunning(lock.holder.pid, folder.path, urlNoted(folder));
  if (options.reset) folder.reset();
  const report = options.report ?? { step: () => undefined, say: () => undefined };
  const rows = options.services ?? services;
  const replicasOf = (name: string) => options.replicas?.[name] ?? 1;
  const { ports = { gateway: 4000 } } = options;
  const assigned = new Ports({ ephemeral: ports === 'ephemeral', say: (line) => report.say(line) });
  let stack: RunningStack | undefined;
  try {
    const topology = await layOut(rows, assigned, ports === 'ephemeral' ? 4000 : ports.gateway, replicasOf);
    stack = new RunningStack({ ...options, rows, report, folder, lock, topology, gatewayEntry: options.gatewayEntry });
    await stack.start(options.signal);
    folder.note('running.json', { url: stack.url, services: stack.settings });
    return stack;
  } catch (error) {
    await stack?.stop();
    lock.release();
    throw error;
  }
}

function urlNoted(folder: DataFolder): string | undefined {
  const file = folder.of('running.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).url : undefined;
}
