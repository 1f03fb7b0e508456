import type { Accepted } from './acceptance.ts';
import type { Caller } from './caller.ts';
import { introspect } from './introspect.ts';
import { LIVE_SERVICE } from './live-document.ts';
import { locateNode } from './node-location.ts';
import { compileProgram, type Data, type Fetch } from './program.ts';
import { type ReportedError, runProgram, type ServiceAnswer } from './run-program.ts';
import { loadStockExecutor, type StockExecutor, type StockRequest } from './run-stock.ts';
import type { Services } from './services.ts';
import type { Planned, Supergraph } from './supergraph.ts';
import { answerVirtual, type EventValue } from './virtual-service.ts';

export interface Run extends Accepted {
  supergraph: Supergraph;
  planned: Planned;
  caller: Caller;
  event?: EventValue;
}

export interface Ran {
  data: Data | null | undefined;
  errors: ReportedError[];
}

/** Runs planned operations over the services. */
export class Runner {
  readonly #services: Services;
  readonly #stock = new WeakMap<Supergraph, Promise<StockExecutor>>();

  constructor(services: Services) {
    this.#services = services;
  }

  async run(run: Run): Promise<Ran> {
    const { supergraph, operation, planned, variables } = run;
    if (!planned.program) return this.runStock(run);
    const { data, errors } = await runProgram(planned.program, { variables, send: (fetch, body) => this.#send(fetch, body, run) });
    if (operation.introspects) Object.assign(data, introspect(supergraph.schema, planned.source, operation.name, variables));
    return { data: planned.shape(data), errors };
  }

  /** The same with Apollo's executor. */
  async runStock(run: Run): Promise<Ran> {
    const { supergraph, operation, planned, variables } = run;
    const stock = this.#stock.get(supergraph) ?? loadStockExecutor(supergraph.sdl);
    this.#stock.set(supergraph, stock);
    const services = [LIVE_SERVICE, ...supergraph.facts.services.map(({ name }) => name)];
    const execute = await stock;
    return execute(planned, {
      variables,
      operationName: operation.name,
      services,
      send: (service, request) => this.#sendStock(service, request, run),
    });
  }

  #send(fetch: Fetch, body: string, run: Run): Promise<ServiceAnswer> {
    if (fetch.service !== LIVE_SERVICE) return this.#services.send(fetch.service, body, run.caller, fetch.isMutation);
    const { facts } = run.supergraph;
    const locate = (id: string) => locateNode(id, facts, this.#services, run.caller);
    return answerVirtual(fetch, run.variables, { event: run.event, entries: facts.entries, locate });
  }

  #sendStock(service: string, request: StockRequest, run: Run): Promise<ServiceAnswer> {
    const plan = {
      kind: 'Fetch',
      serviceName: service,
      operation: request.query,
      operationName: request.operationName,
      operationKind: run.operation.node.operation,
    } as const;
    const fetch = compileProgram({ kind: 'QueryPlan', node: plan as never }, {});
    if (fetch?.kind !== 'fetch') throw new Error('a fetch always compiles');
    return this.#send(fetch, `${fetch.prefix}${JSON.stringify(request.variables)}}`, run);
  }
}
