import { type ChildProcess, spawn } from 'node:child_process';

// A shell, not a Node process: it costs one megabyte and holds nothing but the pipe. When the pipe closes, because its
// owner ended or was killed, it asks the processes it was told of to end, and insists after five seconds.
const script = `
pids=
leave() { [ -z "$1" ] || rm -rf "$1"; exit 0; }
while read -r verb pid; do
  case $verb in
    add) pids="$pids $pid" ;;
    del) rest=; for each in $pids; do [ "$each" = "$pid" ] || rest="$rest $each"; done; pids=$rest ;;
  esac
done
alive() { for each in $pids; do kill -0 "$each" 2>/dev/null && return 0; done; return 1; }
alive || leave "$1"
kill -INT $pids 2>/dev/null
for second in 1 2 3 4 5; do
  sleep 1
  alive || leave "$1"
done
kill -KILL $pids 2>/dev/null
leave "$1"
`;

/** Ends foreign programs (PostgreSQL, nats-server), which watch no pipe themselves, when this process is gone. */
export class Watchdog {
  readonly #shell: ChildProcess;

  /** `remove` is a folder of temporary data that goes when the owner is gone. */
  constructor({ remove = '' }: { remove?: string } = {}) {
    this.#shell = spawn('/bin/sh', ['-c', script, 'watchdog', remove], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    this.#shell.unref();
    this.#shell.stdin?.on('error', () => undefined);
    (this.#shell.stdin as unknown as { unref?: () => void } | null)?.unref?.();
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
