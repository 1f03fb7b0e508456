import { describe, expect, it } from '@jest/globals';
import { startJobs } from './jobs.ts';
import { makeLog } from './log.ts';
import type { Job } from './service.ts';
import { makeTestClock } from './testing-clock.ts';

type Run = Job<{ greeting: string }>['run'];

function start(run: Run, everyMs: number, observe?: (job: string, succeeded: boolean) => void) {
  const lines: { level: number; job: string; msg: string }[] = [];
  const log = makeLog('toys', 'info', { write: (line) => void lines.push(JSON.parse(line)) });
  const stop = startJobs([{ name: 'sweep', everyMs, run }], {
    forWorker: () => ({ worker: true }) as never,
    clock: makeTestClock(),
    log,
    deps: { greeting: 'hello' },
    observe,
  });
  return { stop, lines };
}

describe('a job', () => {
  it('runs at once, with the worker’s unit of work, the clock and the service’s parts', async () => {
    const ran = Promise.withResolvers<unknown>();
    const { stop } = start(async ({ em, clock, deps }) => ran.resolve({ em, now: clock.now().toISOString(), deps }), 60_000);
    expect(await ran.promise).toEqual({ em: { worker: true }, now: '2026-03-02T12:00:00.000Z', deps: { greeting: 'hello' } });
    await stop();
  });

  it('runs again and again, never twice at a time', async () => {
    const often = Promise.withResolvers<void>();
    let runs = 0;
    let running = 0;
    const { stop } = start(async () => {
      running += 1;
      expect(running).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      runs += 1;
      if (runs === 50) often.resolve();
    }, 1);
    await often.promise;
    await stop();
  });

  it('that fails says so, once a failure, and runs again', async () => {
    const again = Promise.withResolvers<void>();
    const told: [string, boolean][] = [];
    let runs = 0;
    const run = async () => {
      runs += 1;
      if (runs === 2) again.resolve();
      else throw new Error('no luck');
    };
    const { stop, lines } = start(run, 1, (...what) => told.push(what));
    await again.promise;
    await stop();
    expect(lines.slice(0, 1)).toMatchObject([{ level: 50, job: 'sweep', msg: 'job failed; it runs again' }]);
    expect(lines.filter(({ level }) => level === 50)).toHaveLength(1);
    expect(told.slice(0, 2)).toEqual([
      ['sweep', false],
      ['sweep', true],
    ]);
  });

  it('is waited for when the service stops, and its pause is not', async () => {
    const begun = Promise.withResolvers<void>();
    const allowed = Promise.withResolvers<void>();
    let ended = false;
    const { stop } = start(async () => {
      begun.resolve();
      await allowed.promise;
      ended = true;
    }, 3_600_000);
    await begun.promise;
    const stopped = stop().then(() => ended);
    allowed.resolve();
    expect(await stopped).toBe(true);
  });
});
