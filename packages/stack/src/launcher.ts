import { Socket } from 'node:net';
import type { StartOptions } from '../bootstrap/options.mjs';
import { Progress } from '../bootstrap/progress.mjs';
import { announcement } from './announce.ts';
import { logTail } from './log-tail.ts';
import { EndedWhileStarting } from './program.ts';
import { AlreadyRunning, type Stack, type StackOptions, startStack } from './stack.ts';

/** Where the bootstrap stopped counting, in the environment it starts us with. */
const done = Number(process.env.ATENDE_STEPS_DONE ?? 0);
const total = Number(process.env.ATENDE_STEPS ?? 4);
const started = Number(process.env.ATENDE_STARTED ?? performance.timeOrigin);

/** Runs the stack until a signal, or until whoever started us is gone; comes back with the exit code. */
export async function launch(options: StartOptions, others: Pick<StackOptions, 'services' | 'gatewayEntry'> = {}): Promise<number> {
  const progress = new Progress({ total, done });
  const asked = askedToEnd();
  try {
    const stack = await startStack({
      dataDir: options.data,
      ports: { gateway: options.port },
      demo: !options.noDemo,
      reset: options.reset,
      natsUrl: process.env.NATS_URL,
      gateway: gatewaySettings(process.env),
      report: progress,
      onOutput: options.verbose ? show : undefined,
      signal: asked.signal,
      ...others,
    });
    progress.close();
    console.log(announcement(stack, { demo: !options.noDemo, seconds: (Date.now() - started) / 1000 }));
    return await runUntil(asked.signal, stack);
  } catch (error) {
    progress.close();
    if (asked.signal.aborted) return 130;
    console.error(explain(error, options.data));
    return 1;
  }
}

/** What a person may say of the gateway when they start everything. */
const gatewaySettings = (environment: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).flatMap(([name, value = '']) =>
      /^(RATE_\w+|TRUSTED_DOCUMENTS|ALLOWED_ORIGINS)$/.test(name) ? [[name, value]] : [],
    ),
  );

async function runUntil(signal: AbortSignal, stack: Stack): Promise<number> {
  await new Promise<void>((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve())));
  console.log('stopping');
  await stack.stop();
  console.log('stopped; the data stay');
  return 0;
}

// A second Ctrl-C changes nothing: every stop has its own limit, all of them together under three seconds.
function askedToEnd(): AbortController {
  const asked = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => asked.abort());
  if (process.env.ATENDE_STEPS_DONE) watchStarter(() => asked.abort());
  return asked;
}

// The bootstrap holds the other end of descriptor 3 and says nothing: it closes when that process is gone.
function watchStarter(onGone: () => void): void {
  const pipe = new Socket({ fd: 3 });
  pipe.once('close', onGone);
  pipe.on('error', () => undefined);
  pipe.resume();
  pipe.unref(); // it waits for our end as we wait for its
}

function explain(error: unknown, dataDir: string): string {
  if (error instanceof AlreadyRunning)
    return `${error.message}\nStop that one first, or start another with --data <folder> --port <number>.`;
  if (!(error instanceof EndedWhileStarting)) return error instanceof Error ? error.message : String(error);
  return [error.message, logTail(dataDir, error.program), `The whole log: ${dataDir}/logs/${error.program}.log`].join('\n');
}

function show(name: string, text: string): void {
  for (const line of text.split('\n')) if (line !== '') process.stdout.write(`${name.padEnd(12)} ${line}\n`);
}
