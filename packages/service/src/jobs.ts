import { setTimeout } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Clock } from './clock.ts';
import type { Log } from './log.ts';
import type { Job } from './service.ts';

interface Shop<Deps> {
  forWorker(): EntityManager;
  clock: Clock;
  log: Log;
  deps: Deps;
  /** Told after every run. */
  observe?(job: string, succeeded: boolean): void;
}

/** Runs each job again and again, one run of a job at a time; a failed run is logged and the next one comes all the same. */
export function startJobs<Deps>(jobs: Job<Deps>[], { forWorker, clock, log, deps, observe }: Shop<Deps>): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const loops = jobs.map(async ({ name, everyMs, run }) => {
    while (!signal.aborted) {
      try {
        await run({ em: forWorker(), clock, log: log.child({ job: name }), deps });
        observe?.(name, true);
      } catch (error) {
        observe?.(name, false);
        log.error({ err: error, job: name }, 'job failed; it runs again');
      }
      await setTimeout(everyMs, undefined, { signal }).catch(() => {}); // aborted: the loop ends
    }
  });
  return async () => {
    stopping.abort();
    await Promise.all(loops);
  };
}
