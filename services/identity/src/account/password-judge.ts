import { Worker } from 'node:worker_threads';
import { ErrorCode, RequestError } from '@atende/service';
import { guessedFirst, isPlainlyWeak, type Owner } from './password-strength.ts';

export interface ToJudge {
  id: number;
  password: string;
  guessedFirst: string[];
}
export interface Judged {
  id: number;
  isWeak: boolean;
}

/** Says whether a password is too easily guessed. */
export interface PasswordJudge {
  isWeak(password: string, owner: Owner): Promise<boolean>;
}

export interface JudgeLimits {
  /** ms that a verdict may take, the thread's start included. */
  patience: number;
  /** How many may wait for theirs. */
  queue: number;
  /** ms without a question after which the thread ends, and its memory with it. */
  idle: number;
}
const LIMITS: JudgeLimits = { patience: 20_000, queue: 50, idle: 60_000 };

// The worker's file ends as this one does: .ts under tests and type stripping, .js when built.
const WORKER = new URL(`./password-worker${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`, import.meta.url);

interface Waiting {
  tell: (isWeak: boolean) => void;
  giveUp: () => void;
}

/** Judges by dictionaries in a thread, which starts with the first question: a password never stops the others' requests. */
export function makePasswordJudge(limits: JudgeLimits = LIMITS): PasswordJudge {
  const waiting = new Map<number, Waiting>();
  let thread: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  let asked = 0;

  function end(): void {
    void thread?.terminate();
    thread = null;
    for (const { giveUp } of waiting.values()) giveUp();
  }

  function started(): Worker {
    const worker = new Worker(WORKER, { resourceLimits: { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 8 } });
    worker.unref();
    worker.on('message', ({ id, isWeak }: Judged) => waiting.get(id)?.tell(isWeak));
    worker.on('error', () => thread === worker && end());
    return worker;
  }

  function ask(password: string, owner: Owner): Promise<boolean> {
    clearTimeout(idle);
    idle = setTimeout(end, limits.idle).unref();
    const id = ++asked;
    return new Promise<boolean>((resolve, reject) => {
      const late = setTimeout(end, limits.patience); // whatever blocks the thread would block everybody behind it
      const settled = (): boolean => {
        clearTimeout(late);
        return waiting.delete(id);
      };
      const giveUp = (): unknown => settled() && reject(notNow());
      waiting.set(id, { tell: (isWeak) => settled() && resolve(isWeak), giveUp });
      thread ??= started();
      thread.postMessage({ id, password, guessedFirst: [owner.login, ...guessedFirst(owner)] } satisfies ToJudge);
    });
  }

  return {
    isWeak: async (password, owner) => {
      if (isPlainlyWeak(password, owner)) return true;
      if (waiting.size >= limits.queue) throw notNow();
      return ask(password, owner);
    },
  };
}

const notNow = (): RequestError =>
  new RequestError(ErrorCode.DEPENDENCY_UNAVAILABLE, 'Passwords cannot be judged now. Try again in a moment.');
