import { ErrorCode, type Log, type Span, type Tracer } from '@atende/service/process';
import { type Accepted, type Asked, accept, type Refused } from './acceptance.ts';
import type { Caller } from './caller.ts';
import type { Operation } from './document.ts';
import type { Limits } from './limits.ts';
import { documentError, maskError, type PublicError, refusalError } from './mask.ts';
import type { OperationMetrics } from './operation-metrics.ts';
import { PlanningFailed } from './planner.ts';
import type { Data } from './program.ts';
import type { Standing } from './rate-payer.ts';
import type { Complaint } from './refusals.ts';
import type { SeenOperations } from './registry/seen-operations.ts';
import { Runner } from './runner.ts';
import type { Services } from './services.ts';
import type { Supergraph } from './supergraph.ts';
import type { TrustedDocuments } from './trusted-documents.ts';
import type { EventValue } from './virtual-service.ts';

/** One operation to run, wherever it came from: HTTP, a socket, or an event for a group of watchers. */
export interface Request extends Asked {
  caller: Caller;
  /** The event that a subscription is executed for. Without one, a subscription is refused. */
  event?: EventValue;
}

export interface Result {
  /** Absent when the operation was refused before anything ran. */
  data?: Data | null;
  errors?: PublicError[];
  extensions?: { cost?: number; rateLimit?: Standing };
}

export interface ExecutorOptions {
  supergraph(): Supergraph | null;
  services: Services;
  limits: Limits;
  /** What may be run of clients, where that is limited. */
  documents?: TrustedDocuments;
  log: Log;
  /** Told of every operation of a client. */
  seen?: Pick<SeenOperations, 'note'> | null;
  /** Told of every answer. */
  observe?: OperationMetrics;
  tracer?: Tracer | null;
}

/** The one path of execution: limits → validation → plan → run → mask. Nothing else runs an operation. */
export class Executor {
  readonly #options: ExecutorOptions;
  readonly #runner: Runner;

  constructor(options: ExecutorOptions) {
    this.#options = options;
    this.#runner = new Runner(options.services);
  }

  /** Runs an operation. It never rejects: whatever happens is an answer. */
  async execute(request: Request): Promise<Result> {
    const begun = performance.now();
    const { caller, event } = request;
    const admitted = this.#admit(request, event !== undefined);
    if ('operation' in admitted) return this.run(admitted, caller, event, begun);
    this.#options.observe?.answered(null, (performance.now() - begun) / 1_000, admitted.errors);
    return admitted;
  }

  /** The checks alone, free of charge. */
  check({ caller, ...asked }: Asked & { caller: Caller }): Accepted | { errors: PublicError[] } {
    const supergraph = this.#options.supergraph();
    if (!supergraph) return refusal({ complaint: NOT_STARTED }, caller);
    const accepted = accept(supergraph, asked, this.#options.limits);
    return 'operation' in accepted ? accepted : refusal(accepted, caller);
  }

  /** What a client's operation goes through before it is run or, if it is a subscription, begins. It is paid for then, or refused. */
  admit(request: Request): Accepted | { errors: PublicError[] } {
    return this.#admit(request, true);
  }

  #admit(request: Request, takesSubscriptions: boolean): Accepted | { errors: PublicError[] } {
    const { caller } = request;
    const { payer } = caller;
    const exhausted = payer?.turnAway();
    if (exhausted) return refusal({ complaint: exhausted }, caller);
    const distrusted = request.event ? null : this.#options.documents?.distrust(request.query);
    const accepted = distrusted ? refusal({ complaint: distrusted }, caller) : this.check(request);
    if (!('operation' in accepted)) {
      payer?.settle();
      return accepted;
    }
    const { operation, cost } = accepted;
    const isSubscription = operation.node.operation === 'subscription';
    if (isSubscription && !takesSubscriptions) return refusal({ complaint: OVER_HTTP }, caller);
    const refused = payer?.charge({ cost, attempts: operation.attempts });
    if (refused) return refusal({ complaint: refused }, caller);
    if (!isSubscription) this.#note(accepted, caller);
    return accepted;
  }

  /** A subscription begins. */
  begin(accepted: Accepted, caller: Caller): void {
    this.#note(accepted, caller);
  }

  /** Runs what was admitted. It never rejects. */
  async run(accepted: Accepted, given: Caller, event?: EventValue, begun = performance.now()): Promise<Result> {
    const { tracer, observe } = this.#options;
    const { operation } = accepted;
    const span = tracer ? beginSpan(tracer, operation, given, event) : null;
    const caller = span ? { ...given, traceparent: span.traceparent } : given;
    let result: Result;
    try {
      result = await this.#run(accepted, caller, event);
    } catch (error) {
      if (error instanceof PlanningFailed) result = refusal({ complaint: PLANNING[error.why] }, caller);
      else result = { errors: [maskError(error as Error, this.#masking(caller))] };
    }
    observe?.answered(operation, (performance.now() - begun) / 1_000, result.errors);
    if (span) endSpan(span, result);
    return result;
  }

  #note({ operation, supergraph: { schema } }: Accepted, { client }: Caller): void {
    if (!operation.introspects) this.#options.seen?.note(operation, schema, client);
  }

  async #run(accepted: Accepted, caller: Caller, event: EventValue | undefined): Promise<Result> {
    // Awaiting what is no promise would still cost every request a turn of the queue.
    const plan = accepted.supergraph.plan(accepted.operation, accepted.variables);
    const planned = plan instanceof Promise ? await plan : plan;
    const { data, errors } = await this.#runner.run({ ...accepted, planned, caller, event });
    const extensions = { cost: accepted.cost };
    if (errors.length === 0) return { data, extensions };
    const masking = this.#masking(caller);
    return { errors: errors.map((error) => maskError(error, masking)), data, extensions };
  }

  #masking({ requestId, traceparent, language }: Caller) {
    return { requestId, traceparent, language, log: this.#options.log };
  }
}

const LONGEST_NAME = 64; // characters of a name that a client made up

function beginSpan(tracer: Tracer, { node, name = 'anonymous' }: Operation, caller: Caller, event: EventValue | undefined): Span {
  const facts = { 'graphql.operation.type': node.operation, 'graphql.operation.name': name.slice(0, LONGEST_NAME) };
  const { requestId, traceparent: parent } = caller;
  const kind = event ? 'INTERNAL' : 'SERVER';
  return tracer.begin(`${node.operation} ${name.slice(0, LONGEST_NAME)}`, { kind, parent, requestId, facts });
}

function endSpan(span: Span, { errors }: Result): void {
  if (!errors) return span.end();
  const codes = new Set(errors.map(({ extensions }) => extensions.code));
  span.end({ errors: errors.length, codes: [...codes].join() }, codes.has(ErrorCode.INTERNAL) ? ErrorCode.INTERNAL : undefined);
}

const NOT_STARTED: Complaint = { code: ErrorCode.DEPENDENCY_UNAVAILABLE, refusal: 'notStarted' };
const OVER_HTTP: Complaint = { code: ErrorCode.BAD_USER_INPUT, refusal: 'subscriptionOverHttp' };
const PLANNING: Record<PlanningFailed['why'], Complaint> = {
  BUDGET: { code: ErrorCode.TOO_COMPLEX, refusal: 'planningTooLong' },
  REFUSED: { code: ErrorCode.TOO_COMPLEX, refusal: 'planningTooLong' },
  BUSY: { code: ErrorCode.RATE_LIMITED, refusal: 'busy' },
};

function refusal(why: Refused, { language, requestId }: Caller): { errors: PublicError[] } {
  if ('errors' in why) return { errors: why.errors.map((error) => documentError(error, requestId)) };
  return { errors: [refusalError(why.complaint, language, requestId)] };
}
