import { Worker } from 'node:worker_threads';
import type { QueryPlan } from '@apollo/query-planner';
import type { SupergraphFacts } from './supergraph-facts.ts';

export interface PlannerData {
  sdl: string;
}
export interface PlannerJob {
  source: string;
  operationName: string | undefined;
}
export type PlannerAnswer =
  | { kind: 'ready'; apiSdl: string; facts: SupergraphFacts }
  | { kind: 'planned'; plan: QueryPlan }
  | { kind: 'unplannable'; reason: string };

/** Why an operation has no plan. BUDGET: it took too long; BUSY: too many others wait; REFUSED: the planner's own limits. */
export class PlanningFailed extends Error {
  readonly why: 'BUDGET' | 'BUSY' | 'REFUSED';

  constructor(why: PlanningFailed['why'], message: string) {
    super(message);
    this.why = why;
  }
}

export interface Planner {
  apiSdl: string;
  facts: SupergraphFacts;
  /** Plans one operation. Rejects with PlanningFailed. */
  plan(source: string, operationName: string | undefined): Promise<QueryPlan>;
  /** Ends the thread. Plans still wanted are refused as BUSY. */
  close(): Promise<void>;
}

export interface PlannerLimits {
  /** The most time one plan may take, in ms. The thread that exceeds it is thrown away. */
  budget: number;
  /** How many plans may wait. */
  queue: number;
}

interface Wanted extends PlannerJob {
  resolve(plan: QueryPlan): void;
  reject(error: Error): void;
}

// The worker's file ends as this one does: .ts under tests and type stripping, .js when built.
const WORKER = new URL(`./planner-worker${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`, import.meta.url);

/** Builds a supergraph in a thread and keeps that thread for planning. Rejects with the reason when the text is no good. */
export async function startPlanner(sdl: string, limits: PlannerLimits): Promise<Planner> {
  const waiting: Wanted[] = [];
  let working: Promise<void> | null = null;
  let closed = false;
  let thread = await startThread(sdl);
  const { apiSdl, facts } = thread;

  /** One plan at a time: the budget is then the plan's own, whoever else waits. */
  async function work(): Promise<void> {
    for (let job = waiting.shift(); job; job = waiting.shift()) {
      const late = setTimeout(
        () => thread.kill(new PlanningFailed('BUDGET', `planning took longer than ${limits.budget} ms`)),
        limits.budget,
      );
      await thread.plan(job).then(job.resolve, job.reject);
      clearTimeout(late);
      if (thread.ended && !closed) thread = await startThread(sdl);
    }
    working = null;
  }

  return {
    apiSdl,
    facts,
    plan: (source, operationName) =>
      new Promise((resolve, reject) => {
        if (closed || waiting.length >= limits.queue) return reject(new PlanningFailed('BUSY', 'too many operations wait to be planned'));
        waiting.push({ source, operationName, resolve, reject });
        working ??= work();
      }),
    async close() {
      closed = true;
      const ended = new PlanningFailed('BUSY', 'the planner has ended');
      for (const job of waiting.splice(0)) job.reject(ended);
      await thread.kill(ended);
      await working;
      await thread.kill(ended); // the one that was being started meanwhile
    },
  };
}

interface Thread {
  apiSdl: string;
  facts: SupergraphFacts;
  readonly ended: boolean;
  plan(job: PlannerJob): Promise<QueryPlan>;
  kill(reason: Error): Promise<void>;
}

function startThread(sdl: string): Promise<Thread> {
  const data: PlannerData = { sdl };
  const worker = new Worker(WORKER, { workerData: data, stdin: false });
  worker.unref();
  return new Promise((resolve, reject) => {
    let ended = false;
    let settle: { resolve(plan: QueryPlan): void; reject(error: Error): void } | null = null;
    const fail = (error: Error) => {
      ended = true;
      reject(error);
      settle?.reject(error);
    };
    worker.on('error', fail);
    worker.on('exit', () => fail(new Error('the planner thread ended')));
    worker.on('message', (answer: PlannerAnswer) => {
      if (answer.kind === 'planned') settle?.resolve(answer.plan);
      else if (answer.kind === 'unplannable') settle?.reject(new PlanningFailed('REFUSED', answer.reason));
      else
        resolve({
          apiSdl: answer.apiSdl,
          facts: answer.facts,
          get ended() {
            return ended;
          },
          plan: ({ source, operationName }) =>
            new Promise((resolvePlan, rejectPlan) => {
              settle = { resolve: resolvePlan, reject: rejectPlan };
              worker.postMessage({ source, operationName } satisfies PlannerJob);
            }),
          async kill(reason) {
            fail(reason);
            await worker.terminate();
          },
        });
    });
  });
}
