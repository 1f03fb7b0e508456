import { randomUUID } from 'node:crypto';
import { ErrorCode, type Language, type Log } from '@atende/service/process';
import { type ExecutionArgs, GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { type ConnectionInitMessage, type Context, makeServer, type Server, type SubscribePayload } from 'graphql-ws';
import type { Accepted } from '../acceptance.ts';
import { type Admission, languageOf, NotAdmitted } from '../admission.ts';
import { type Caller, newDeadline } from '../caller.ts';
import { clientName } from '../client-name.ts';
import type { Executor, Result } from '../execute.ts';
import { type PublicError, refusalError } from '../mask.ts';
import type { Rates } from '../rates.ts';
import type { Complaint } from '../refusals.ts';
import type { TrustedDocuments } from '../trusted-documents.ts';
import { CLOSE } from './close-codes.ts';
import { type Connections, MOST_OPERATIONS } from './connections.ts';
import type { Live } from './live.ts';
import type { Socket } from './socket.ts';
import { makeSubscription, SubscriptionFailed } from './subscription.ts';
import { Underway } from './underway.ts';

export interface ProtocolOptions {
  live: Live;
  executor: Executor;
  admission: Admission;
  connections: Connections;
  rates: Rates;
  documents: TrustedDocuments;
  log: Log;
}

type Talk = Context<ConnectionInitMessage['payload'], Socket>;
/** What onSubscribe hands on to execute and subscribe through graphql-ws. */
type Work = { run(): unknown };

/** graphql-transport-ws over our own execution: nothing but `execute` runs an operation. */
export function makeProtocol(options: ProtocolOptions): Server<Socket> {
  const { admission, connections, executor, live, rates, documents } = options;
  const run = ({ contextValue }: ExecutionArgs) => (contextValue as Work).run() as never;
  return makeServer<ConnectionInitMessage['payload'], Socket>({
    connectionInitWaitTimeout: 5_000,
    onConnect: connect,
    onSubscribe: begin,
    execute: run,
    subscribe: run,
    // Both are said in our own form already.
    onNext: (_talk, _id, _payload, _args, result) => result as never,
    onError: (_talk, _id, _payload, errors) => errors.flatMap(publicErrors),
  });

  /** False closes with 4403, unless the socket is being closed for another reason already. */
  async function connect({ extra: socket, connectionParams }: Talk): Promise<boolean> {
    const authorization = connectionParams?.authorization;
    const refuse = (code: number, reason: string) => {
      socket.close(code, reason);
      return false;
    };
    if (typeof authorization !== 'string') return refuse(CLOSE.unauthorized, 'Unauthorized');
    try {
      socket.visitor = await admission.admit(authorization);
      socket.authorization = authorization;
      socket.client = clientName(connectionParams?.clientName, connectionParams?.clientVersion);
      return connections.identified(socket) === null || refuse(CLOSE.tryLater, 'Too many connections of one person');
    } catch (error) {
      if (!(error instanceof NotAdmitted)) throw error;
      const mayComeBack = error.complaint.code === ErrorCode.DEPENDENCY_UNAVAILABLE;
      return mayComeBack && refuse(CLOSE.tryLater, 'Try again later');
    }
  }

  async function begin(
    { extra, subscriptions }: Talk,
    id: string,
    payload: SubscribePayload,
  ): Promise<ExecutionArgs | readonly GraphQLError[]> {
    const underway = new Underway();
    subscriptions[id] = underway;
    const asking = await callerOf(extra);
    if (underway.signal.aborted) return underway.nothing();
    if ('errors' in asking) return asking.errors.map(asInstance);
    const caller = { ...asking, signal: underway.signal };
    const refuse = (complaint: Complaint) => {
      caller.payer?.settle();
      return [asInstance(refusalError(complaint, caller.language, caller.requestId))];
    };
    const found = documents.resolve({ ...payload });
    if (found.sent === null) return refuse(found.complaint);
    const request = { query: String(found.sent.query), operationName: payload.operationName, variables: payload.variables };
    if (Object.keys(subscriptions).length > MOST_OPERATIONS) return refuse(TOO_MANY);
    const admitted = executor.admit({ ...request, caller });
    if ('errors' in admitted) return admitted.errors.map(asInstance);
    const { document, name, node } = admitted.operation;
    const work = (action: Work['run']): ExecutionArgs => ({
      schema: NONE,
      document,
      operationName: name,
      contextValue: { run: action } satisfies Work,
    });
    if (node.operation !== 'subscription') return work(() => underway.unlessLeft(answer(admitted, caller)));
    const { sink, frames } = makeSubscription(
      id,
      (frame) => extra.send(frame),
      () => 'errors' in watcher || live.unsubscribe(watcher),
    );
    const watcher = live.subscribe(request, caller, sink);
    return 'errors' in watcher ? watcher.errors.map(asInstance) : work(() => frames);
  }

  async function answer(admitted: Accepted, caller: Caller): Promise<unknown> {
    return withStanding(await executor.run(admitted, caller), caller);
  }

  /** Who asks now: a session can have ended since the socket was opened. */
  async function callerOf(socket: Socket): Promise<Caller | { errors: PublicError[] }> {
    const { authorization, acceptLanguage, address, client } = socket;
    const requestId = `req_${randomUUID()}`;
    const inLanguage = (fallback: Language) => languageOf(acceptLanguage, fallback);
    try {
      const { viewer } = await admission.admit(authorization);
      return {
        viewer,
        language: inLanguage(viewer.language),
        requestId,
        traceparent: null,
        address,
        payer: rates.payerOf(viewer, address),
        client,
        deadline: newDeadline(),
      };
    } catch (error) {
      if (!(error instanceof NotAdmitted)) throw error;
      if (error.complaint.code === ErrorCode.UNAUTHENTICATED) socket.forbid();
      return { errors: [refusalError(error.complaint, inLanguage('pt-BR'), requestId)] };
    }
  }
}

const TOO_MANY: Complaint = { code: ErrorCode.RATE_LIMITED, refusal: 'tooManyOperations', values: { max: MOST_OPERATIONS } };

/** What HTTP says in its headers. */
function withStanding(result: Result, { payer }: Caller): Result {
  const rateLimit = payer?.standing();
  return rateLimit ? { ...result, extensions: { ...result.extensions, rateLimit } } : result;
}

// graphql-ws hands the arguments through to `execute`, which is ours and asks for no schema.
const NONE = null as unknown as GraphQLSchema;

const asInstance = ({ message, path, extensions }: PublicError) => new GraphQLError(message, { path, extensions });

function publicErrors(error: GraphQLError): GraphQLFormattedError[] {
  const { originalError } = error;
  return originalError instanceof SubscriptionFailed ? [...originalError.errors] : [error.toJSON()];
}
