import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { repositoryRoot } from '../repository.ts';
import { waitUntil } from '../wait-until.ts';
import type { HandMade } from './by-hand.ts';
import { type ComposeFile, type Container, environmentOf } from './compose-file.ts';

export interface HandRunOptions {
  compose: ComposeFile;
  /** By the service they were built for. */
  images: Map<string, HandMade>;
  /** Where volumes lie. */
  folder: string;
  /** What `.env` holds. */
  variables: Record<string, string>;
  /** `tickets:4100` inside → `127.0.0.1:…` on this machine. */
  addresses: Map<string, string>;
}

export interface HandRunning {
  /** What it wrote so far. */
  output(): string;
  /** Settles when its HEALTHCHECK says yes; rejects when it ended before. */
  healthy(): Promise<void>;
  /** As an engine stops it; its exit code. */
  stop(): Promise<number | null>;
}

/** Containers of docker-compose.yml as plain processes: their commands, environment and folders, at addresses of this machine. */
export class HandRun {
  readonly #options: HandRunOptions;

  constructor(options: HandRunOptions) {
    this.#options = options;
  }

  /** One that does something once. Rejects when it fails; comes back with what it said. */
  async once(name: string): Promise<string> {
    const { child, output } = this.#spawn(name);
    const code = await ended(child);
    if (code !== 0) throw new Error(`${name} ended with ${code}: ${output()}`);
    return output();
  }

  start(name: string): HandRunning {
    const { child, output } = this.#spawn(name);
    const gone = new AbortController();
    child.once('exit', () => gone.abort());
    return {
      output,
      healthy: async () => {
        await waitUntil(() => this.#isHealthy(name), gone.signal, 100);
        if (gone.signal.aborted) throw new Error(`${name} ended before it was healthy: ${output()}`);
      },
      stop: async () => {
        const end = ended(child);
        child.kill('SIGTERM');
        return end;
      },
    };
  }

  async #isHealthy(name: string): Promise<boolean> {
    const [command = '', ...words] = this.#image(name).healthcheck;
    return (await ended(spawn(inPlace(command), words, { env: this.#environment(name), stdio: 'ignore' }))) === 0;
  }

  #spawn(name: string): { child: ChildProcess; output(): string } {
    const { entrypoint = this.#image(name).entrypoint, command = [] } = this.#container(name);
    const [program = '', ...words] = [...entrypoint, ...command].map((word) => this.#translate(name, word));
    const cwd = this.#mounts(name).get(home);
    const child = spawn(inPlace(program), words, { cwd, env: this.#environment(name), stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (text += chunk));
    return { child, output: () => text };
  }

  #container(name: string): Container {
    const container = this.#options.compose.services[name];
    if (!container) throw new Error(`docker-compose.yml has no ${name}`);
    return container;
  }

  #image(name: string): HandMade {
    const service = this.#container(name).build?.args.SERVICE ?? '';
    const image = this.#options.images.get(service);
    if (!image) throw new Error(`${name} needs the image of ${service}`);
    return image;
  }

  /** Nothing of this machine's environment: a container has none of it. */
  #environment(name: string): Record<string, string> {
    const { addresses, variables } = this.#options;
    const container = this.#container(name);
    const own = { ...this.#image(name).environment, ...(container.env_file ? variables : {}), ...environmentOf(container) };
    const translated = Object.entries(own).map(([variable, value]) => [variable, this.#translate(name, value)]);
    const at = (port: string | undefined) => addresses.get(`${name}:${port}`)?.split(':')[1] ?? port ?? '';
    return { ...Object.fromEntries(translated), HOST: '127.0.0.1', PORT: at(own.PORT), PROBE_PORT: at(own.PROBE_PORT) };
  }

  #translate(name: string, text: string): string {
    const { addresses } = this.#options;
    const places = new Map([...this.#mounts(name), ['/atende/', `${this.#image(name).root}/atende/`]]);
    const known = [...addresses.keys(), ...places.keys()].sort((a, b) => b.length - a.length);
    const pattern = new RegExp(known.map((one) => one.replace(/[.]/g, '\\.')).join('|'), 'g');
    return text.replace(pattern, (found) => addresses.get(found) ?? places.get(found) ?? found);
  }

  /** Path inside → path on this machine: folders of the repository, volumes, and the image's own folder where no volume lies on it. */
  #mounts(name: string): Map<string, string> {
    const volumes = (this.#container(name).volumes ?? []).map((volume) => volume.split(':'));
    const mounted = volumes.map(([from = '', to = '']): [string, string] => [
      to,
      from.startsWith('.') ? resolve(repositoryRoot, from) : this.#folder(from),
    ]);
    return new Map([[home, this.#folder(`of-${name}`)], ...mounted]);
  }

  #folder(name: string): string {
    const folder = join(this.#options.folder, name);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return folder;
  }
}

const home = '/var/lib/atende'; // where the image's programs run

const inPlace = (program: string): string => (program === 'node' ? process.execPath : program);

const ended = (child: ChildProcess): Promise<number | null> => new Promise((settle) => child.once('close', (code) => settle(code)));
