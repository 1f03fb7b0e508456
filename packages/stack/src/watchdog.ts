import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { repositoryRoot } from './repository.ts';

const script = join(repositoryRoot, 'packages', 'stack', 'bootstrap', 'watchdog.sh');

/**
 * Ends programs that watch no pipe themselves (PostgreSQL, nats-server) when this process is gone, killed or not.
 * `remove` is a folder of temporary data that goes too.
 */
export class Watchdog {
  readonly #shell: ChildProcess;

  constructor({ remove = '' }: { remove?: string } = {}) {
    this.#shell = spawn('/bin/sh', [script, remove], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    this.#shell.unref();
    this.#shell.stdin?.on('error', () => undefined);
    (this.#shell.stdin as { unref?: () => void } | null)?.unref?.();
  }

  watch(pid: number): void {
    this.#shell.stdin?.write(`add ${pid}\n`);
  }

  forget(pid: number): void {
    this.#shell.stdin?.write(`del ${pid}\n`);
  }

  close(): void {
    this.#shell.stdin?.end();
  }
}
