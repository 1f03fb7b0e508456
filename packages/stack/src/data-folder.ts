import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const keptLogs = 3;

/** Where everything of one stack lies. */
export class DataFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
    mkdirSync(join(path, 'logs'), { recursive: true });
    chmodSync(path, 0o711); // PostgreSQL may run as somebody else and has to pass, but not to look around
  }

  readonly of = (...parts: string[]): string => join(this.path, ...parts);

  log(name: string): string {
    return this.of('logs', `${name}.log`);
  }

  /** The log of the last start moves aside; the oldest of three goes. */
  rotateLog(name: string): void {
    for (let age = keptLogs - 1; age >= 1; age--) {
      const younger = this.of('logs', age === 1 ? `${name}.log` : `${name}.${age - 1}.log`);
      if (existsSync(younger)) renameSync(younger, this.of('logs', `${name}.${age}.log`));
    }
  }

  /** Writes a note that only the owner reads; a reader sees all of it or none. */
  note(name: string, content: unknown): void {
    rmSync(this.of(`${name}.new`), { force: true });
    writeFileSync(this.of(`${name}.new`), `${JSON.stringify(content)}\n`, { mode: 0o600 });
    renameSync(this.of(`${name}.new`), this.of(name));
  }

  /** Removes what a stack made, and nothing else that may lie in the folder. */
  reset(): void {
    const elsewhere = existsSync(this.of('elsewhere')) ? readFileSync(this.of('elsewhere'), 'utf8').trim() : '';
    if (/\/atende-[0-9a-f]{12}$/.test(elsewhere)) rmSync(elsewhere, { recursive: true, force: true });
    for (const entry of [
      'postgres',
      'nats',
      'files',
      'secrets',
      'logs',
      'registry',
      'supergraph.graphql',
      'published.inputs',
      'running.json',
      'elsewhere',
    ]) {
      rmSync(this.of(entry), { recursive: true, force: true });
    }
    mkdirSync(this.of('logs'), { recursive: true });
  }
}
