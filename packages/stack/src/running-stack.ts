import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type ProvisionedUrls, provisionDatabase } from '@atende/service/provision';
import type { Lock } from '../bootstrap/pid-lock.mjs';
import { Balancer } from './balancer.ts';
import { isCaughtUp } from './caught-up.ts';
import type { DataFolder } from './data-folder.ts';
import { type Common, gatewayEnvironment, serviceEnvironment } from './environment.ts';
import { type Infrastructure, infrastructure } from './infrastructure.ts';
import { member } from './member.ts';
import { nodeProgram } from './node-program.ts';
import { repositoryRoot } from './repository.ts';
import { Secrets } from './secrets.ts';
import { connectionsFor, type Place, type ServiceRow } from './services.ts';
import type { Report, Stack, StackOptions, StackProcess } from './stack.ts';
import { publishServices } from './supergraph.ts';
import { Supervised } from './supervised.ts';
import { type Group, type Instance, type Topology, urlOf } from './topology.ts';
import { waitUntil } from './wait-until.ts';
import { Watchdog } from './watchdog.ts';

export interface Setting extends StackOptions {
  rows: readonly ServiceRow[];
  report: Report;
  folder: DataFolder;
  lock: Lock;
  topology: Topology;
  /** The gateway's program when it is not our gateway: then nothing is composed either. */
  gatewayEntry: string | undefined;
}

const CATCH_UP_MS = 15_000;
const NATS_PREFIX = 'atende';

/** All processes of one stack: how they depend on each other at the start and at the end. */
export class RunningStack implements Stack {
  readonly #setting: Setting;
  readonly #secrets: Secrets;
  readonly #watchdog = new Watchdog();
  readonly #base: Infrastructure;
  readonly #front: { program: Supervised; at: Instance }[] = []; // services and gateways: the first to stop
  readonly #balancers: Balancer[] = [];
  /** The environment of each service, for its commands (`npm run service`). */
  readonly settings: Record<string, Record<string, string>> = {};
  readonly #databases = new Map<string, ProvisionedUrls>();
  #stopping: Promise<void> | undefined;

  constructor(setting: Setting) {
    this.#setting = setting;
    this.#secrets = new Secrets(setting.folder.of('secrets'));
    this.#base = infrastructure({
      ...setting,
      ...this.#around,
      secrets: this.#secrets,
      serviceNames: setting.rows.map(({ name }) => name),
      natsPrefix: NATS_PREFIX,
      maxConnections: connectionsFor(setting.rows, (name) => setting.replicas?.[name] ?? 1),
    });
  }

  get url(): string {
    return urlOf(this.#setting.topology.gateway.port);
  }

  get gatewayUrls(): string[] {
    return this.#setting.topology.gateway.instances.map(({ port }) => urlOf(port));
  }

  get adminUrl(): string {
    return this.#base.adminUrl;
  }

  get natsUrl(): string {
    return this.#base.natsUrl('operator');
  }

  get dataDir(): string {
    return this.#setting.folder.path;
  }

  get processes(): StackProcess[] {
    const { postgres, nats } = this.#base;
    const base = [postgres, nats].filter((program) => program !== undefined);
    return [...base.map((program) => member(program)), ...this.#front.map(({ program, at }) => member(program, at))];
  }

  process(name: string): StackProcess {
    const found = this.processes.find((process) => process.name === name);
    if (!found) throw new Error(`no process ${name}: there are ${this.processes.map((process) => process.name).join(', ')}`);
    return found;
  }

  databaseUrls(service: string): ProvisionedUrls {
    const urls = this.#databases.get(service);
    if (!urls) throw new Error(`no database of ${service}`);
    return urls;
  }

  /** What needs nothing starts at once; the rest when what it needs is there. */
  async start(signal: AbortSignal = new AbortController().signal): Promise<void> {
    const { report, topology } = this.#setting;
    const stop = () => void this.stop();
    signal.addEventListener('abort', stop, { once: true });
    for (const group of [topology.gateway, ...topology.services.values()]) await this.#balance(group);
    const gateway = this.#startGateways(signal);
    const nats = this.#startBase(this.#base.nats);
    report.step('PostgreSQL and NATS');
    const services = this.#startBase(this.#base.postgres).then(() => this.#startServices());
    await Promise.all([nats, services, gateway]);
    await this.#catchUp(signal);
    signal.throwIfAborted();
    signal.removeEventListener('abort', stop); // from here on it is stopped by who holds it
    report.step('ready');
  }

  /** What the services seeded reaches the others; after an outage that may take longer than anybody wants to wait. */
  async #catchUp(signal: AbortSignal): Promise<void> {
    const databases = new Map([...this.#databases].map(([name, { worker }]) => [name, worker]));
    const patience = AbortSignal.any([signal, AbortSignal.timeout(CATCH_UP_MS)]);
    await waitUntil(() => isCaughtUp(databases), patience, 100);
    if (patience.aborted && !signal.aborted)
      this.#setting.report.say('The services still catch up with each other’s events; some things appear a little later.');
  }

  /** Services and gateways, then NATS, then PostgreSQL. May be called again: it is one stop. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopInOrder();
    return this.#stopping;
  }

  async #stopInOrder(): Promise<void> {
    await Promise.all(this.#front.map(({ program }) => program.stop()));
    await Promise.all(this.#balancers.map((balancer) => balancer.close()));
    await this.#base.nats?.stop();
    await this.#base.postgres.stop();
    this.#watchdog.close();
    rmSync(this.#setting.folder.of('running.json'), { force: true });
    this.#setting.lock.release();
  }

  get #around() {
    return { watchdog: this.#watchdog, say: (line: string) => this.#setting.report.say(line) };
  }

  async #startBase(program: Supervised | undefined): Promise<void> {
    if (!program) return;
    this.#setting.folder.rotateLog(program.name);
    await program.start();
  }

  async #startServices(): Promise<void> {
    const { rows, report } = this.#setting;
    report.step('databases');
    await Promise.all(rows.map(async ({ name }) => this.#databases.set(name, await this.#provision(name))));
    report.step('services');
    await Promise.all(rows.map((row) => this.#startService(row)));
  }

  #provision(name: string): Promise<ProvisionedUrls> {
    const password = (role: string) => this.#secrets.password(`${name}-${role}`);
    const passwords = { owner: password('owner'), app: password('app'), worker: password('worker') };
    return provisionDatabase({ adminUrl: this.adminUrl, name, passwords });
  }

  async #startService(row: ServiceRow): Promise<void> {
    const entry = row.entry ?? join(repositoryRoot, 'services', row.name, 'dist', 'main.js');
    const jwks = `${this.url}/.well-known/jwks.json`;
    const urls = this.databaseUrls(row.name);
    const environmentAt = (at: Instance) => serviceEnvironment(row, this.#common, at, urls, jwks, this.#place);
    const { instances } = this.#group(row.name);
    this.settings[row.name] = environmentAt(instances[0]!);
    await Promise.all(instances.map((at) => this.#run(at, entry, environmentAt(at))));
  }

  async #startGateways(signal: AbortSignal): Promise<void> {
    const { rows, folder, topology, gatewayEntry } = this.#setting;
    const registry = folder.of('registry');
    if (!gatewayEntry) await publishServices(rows, registry, folder.of('published.inputs'), signal);
    const entry = gatewayEntry ?? join(repositoryRoot, 'gateway', 'dist', 'main.js');
    const place = {
      registry,
      supergraphCopy: folder.of('supergraph.graphql'),
      signingKeyFile: this.#secrets.keyFile('gateway-signing'),
      serviceUrls: Object.fromEntries(rows.map(({ name }) => [name, `${urlOf(this.#group(name).port)}/graphql`])),
      identityJwksUrl: this.#place.probe('identity', '/jwks.json'),
      filesUrl: this.#origin('attachments'),
    };
    const environmentAt = (at: Instance) => ({ ...gatewayEnvironment(this.#common, at, place), ...this.#setting.gateway });
    await Promise.all(topology.gateway.instances.map((at) => this.#run(at, entry, environmentAt(at))));
  }

  async #run(at: Instance, entry: string, env: Record<string, string>): Promise<void> {
    if (this.#stopping) return;
    const { folder, onOutput } = this.#setting;
    folder.rotateLog(at.name);
    const program = nodeProgram({ name: at.name, entry, env, probeUrl: urlOf(at.probePort), logFile: folder.log(at.name), onOutput });
    const supervised = new Supervised(program, this.#around);
    this.#front.push({ program: supervised, at });
    await supervised.start();
  }

  async #balance({ instances, port, probePort }: Group): Promise<void> {
    if (instances.length === 1) return;
    for (const [front, targets] of [
      [port, instances.map((at) => at.port)],
      [probePort, instances.map((at) => at.probePort)],
    ] as const) {
      const balancer = new Balancer(targets);
      await balancer.listen(front);
      this.#balancers.push(balancer);
    }
  }

  get #common(): Common {
    return { natsUrl: this.#base.natsUrl, natsPrefix: NATS_PREFIX, demo: this.#setting.demo ?? false, logLevel: this.#setting.logLevel };
  }

  get #place(): Place {
    const folder = (name: string) => {
      const path = this.#setting.folder.of(name);
      if (!existsSync(path)) mkdirSync(path, { recursive: true, mode: 0o700 });
      return path;
    };
    const probe = (service: string, path: string) => `${urlOf(this.#setting.topology.services.get(service)?.probePort ?? 0)}${path}`;
    return { publicUrl: this.url, key: (name) => this.#secrets.keyFile(name), folder, probe };
  }

  #group(name: string): Group {
    return this.#setting.topology.services.get(name)!;
  }

  #origin(service: string): string {
    return urlOf(this.#setting.topology.services.get(service)?.port ?? 0);
  }
}
