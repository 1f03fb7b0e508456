import type { ChildProcess } from 'node:child_process';
import { describeEnd, endChild, isGone, type Program, startProgram } from './program.ts';
import type { Watchdog } from './watchdog.ts';

const delays = [100, 250, 500, 1_000, 2_000, 4_000, 8_000]; // milliseconds before each further try
const settled = 10_000; // milliseconds: up for this long, the next crash counts as the first again

export interface Surroundings {
  watchdog: Watchdog;
  /** Hears in one line what happened to a program outside of the ordinary. */
  say(line: string): void;
}

/** A program that is kept running until it is told to stop. */
export class Supervised {
  readonly program: Program;
  readonly #around: Surroundings;
  #child: ChildProcess | undefined;
  #launching: Promise<void> = Promise.resolve();
  #wanted = false;
  #tries = 0;
  #pause: NodeJS.Timeout | undefined;
  #up = Promise.withResolvers<void>();
  #isUp = false;

  constructor(program: Program, around: Surroundings) {
    this.program = program;
    this.#around = around;
  }

  get name(): string {
    return this.program.name;
  }

  get pid(): number | undefined {
    return this.#child && !isGone(this.#child) ? this.#child.pid : undefined;
  }

  /** Settles when it is ready: now, or after the restart that is under way. */
  ready(): Promise<void> {
    return this.#up.promise;
  }

  /** The first start: rejects when the program ends before it is ready; only one that was up is started again. */
  start(): Promise<void> {
    this.#wanted = true;
    return this.#launch();
  }

  kill(signal: NodeJS.Signals): void {
    if (!this.#child || isGone(this.#child)) return;
    // From here on it counts as down, so that `ready()` right after a kill waits for the next one.
    if (this.#isUp && signal !== 'SIGSTOP' && signal !== 'SIGCONT') this.#down();
    this.#child.kill(signal);
  }

  async stop(): Promise<void> {
    this.#wanted = false;
    clearTimeout(this.#pause);
    if (this.#child) await endChild(this.#child, this.program);
    await this.#launching.catch(() => undefined);
  }

  /** An ordinary stop and start, as a deployment does it. */
  async restart(): Promise<void> {
    if (this.#isUp) this.#down();
    await this.stop();
    await this.start();
  }

  #launch(news?: string): Promise<void> {
    this.#launching = startProgram(this.program, (child) => this.#adopt(child)).then((child) => this.#watch(child, news));
    return this.#launching;
  }

  #adopt(child: ChildProcess): void {
    this.#child = child;
    const { pid } = child;
    if (pid && !this.program.watchesParent) {
      this.#around.watchdog.watch(pid);
      child.once('exit', () => this.#around.watchdog.forget(pid));
    }
    if (!this.#wanted) void endChild(child, this.program);
  }

  #watch(child: ChildProcess, news: string | undefined): void {
    const since = performance.now();
    const ended = (end: string) => {
      if (!this.#wanted) return;
      if (performance.now() - since > settled) this.#tries = 0;
      this.#again(`${this.name} ended ${end}`);
    };
    if (isGone(child)) return ended('at once');
    child.once('exit', (code, signal) => ended(describeEnd({ code, signal })));
    this.#isUp = true;
    if (news) this.#around.say(`${this.name} ${news} (process ${child.pid})`);
    this.#up.resolve();
  }

  #down(): void {
    this.#isUp = false;
    this.#up = Promise.withResolvers();
  }

  #again(reason: string): void {
    if (this.#isUp) this.#down();
    const pause = delays[Math.min(this.#tries++, delays.length - 1)]!;
    this.#around.say(`${reason}; starting it again in ${pause / 1000} s`);
    this.#pause = setTimeout(async () => {
      try {
        await this.#launch('is up again');
      } catch (error) {
        if (this.#wanted) this.#again((error as Error).message);
      }
    }, pause);
  }
}
