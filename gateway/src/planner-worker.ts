import { parentPort, workerData } from 'node:worker_threads';
import { operationFromDocument, printSchema, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { parse } from 'graphql';
import type { PlannerAnswer, PlannerData, PlannerJob } from './planner.ts';
import { supergraphFacts } from './supergraph-facts.ts';

// A thread of its own: building a supergraph and planning can both block for long, and no request may wait for either
// but the one that needs the plan.
if (!parentPort) throw new Error('planner-worker.ts runs as a worker thread only');
const port = parentPort;
const answer = (message: PlannerAnswer) => port.postMessage(message);

const { sdl } = workerData as PlannerData;
const supergraph = Supergraph.build(sdl, { validateSupergraph: true });
const apiSchema = supergraph.apiSchema();
const planner = new QueryPlanner(supergraph, {
  // Fragments of the client are expanded: the texts sent to services are few, and services remember them.
  reuseQueryFragments: false,
});
answer({ kind: 'ready', apiSdl: printSchema(apiSchema), facts: supergraphFacts(sdl) });

port.on('message', ({ source, operationName }: PlannerJob) => {
  try {
    const operation = operationFromDocument(apiSchema, parse(source, { noLocation: true }), { operationName });
    answer({ kind: 'planned', plan: planner.buildQueryPlan(operation) });
  } catch (error) {
    answer({ kind: 'unplannable', reason: error instanceof Error ? error.message : String(error) });
  }
});
