import { ApolloServer, type BaseContext, HeaderMap, type HTTPGraphQLHead } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled, ApolloServerPluginUsageReportingDisabled } from '@apollo/server/plugin/disabled';
import type { GatewayInterface, GatewaySchemaLoadOrUpdateCallback } from '@apollo/server-gateway-interface';
import { ErrorCode, type Log } from '@atende/service/process';
import { buildSchema, GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Caller } from './caller.ts';
import type { Executor, Result } from './execute.ts';
import type { Limits } from './limits.ts';
import { codeOf, type PublicError, retryAfterOf } from './mask.ts';
import type { Supergraph } from './supergraph.ts';

export interface FrontContext extends BaseContext {
  caller: Caller;
}

/** Apollo Server in front of `execute`: it speaks HTTP, the executor does everything else. */
export interface ApolloFront {
  server: ApolloServer<FrontContext>;
  /** Hands over a new schema. */
  use(supergraph: Supergraph): void;
}

/** Headers that no page of another origin can send without asking first. */
export const PREFLIGHTED = ['authorization', 'apollo-require-preflight', 'x-apollo-operation-name'] as const;

export async function startApolloFront(executor: Executor, limits: Limits, log: Log): Promise<ApolloFront> {
  const listeners = new Set<GatewaySchemaLoadOrUpdateCallback>();
  const gateway: GatewayInterface = {
    onSchemaLoadOrUpdate(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async load() {
      // Apollo Server wants a schema before it starts; the gateway starts before it has one.
      for (const listener of listeners) listener({ apiSchema: buildSchema('type Query { starting: Boolean }'), coreSupergraphSdl: '' });
      return {
        async executor({ source, request, context }) {
          const { caller } = context as FrontContext;
          const { query, variables, operationName } = { query: source, variables: request.variables, operationName: request.operationName };
          return toApollo(await executor.execute({ query, variables, operationName, caller }));
        },
      };
    },
    async stop() {},
  };
  const server = new ApolloServer<FrontContext>({
    gateway,
    // `execute` validates, for HTTP and sockets alike; a second time here would only cost.
    dangerouslyDisableValidation: true,
    parseOptions: { maxTokens: limits.tokens },
    csrfPrevention: { requestHeaders: [...PREFLIGHTED] },
    persistedQueries: false,
    introspection: true, // allowed or refused by `execute`
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    apollo: {},
    nodeEnv: 'production',
    logger: log,
    formatError,
    plugins: [ApolloServerPluginLandingPageDisabled(), ApolloServerPluginUsageReportingDisabled()],
  });
  await server.start();
  return {
    server,
    use({ schema, sdl }) {
      for (const listener of listeners) listener({ apiSchema: schema, coreSupergraphSdl: sdl });
    },
  };
}

/** Apollo Server takes errors as instances only, and a status from their extensions. */
function toApollo({ data, errors, extensions }: Result) {
  const status = data === undefined ? errors?.[0] && statusOf(errors[0].extensions.code) : undefined;
  const http = status === undefined ? undefined : { status, headers: new HeaderMap(Object.entries(retryAfterOf(errors))) };
  return { data, errors: errors?.map((error) => asInstance(error, http)), extensions };
}

function asInstance({ message, path, locations, extensions }: PublicError, http: HTTPGraphQLHead | undefined): GraphQLError {
  const error = new GraphQLError(message, { path, extensions: http ? { ...extensions, http } : extensions });
  return locations ? Object.assign(error, { locations }) : error;
}

const STATUS: Partial<Record<ErrorCode, number>> = {
  [ErrorCode.UNAUTHENTICATED]: 401,
  [ErrorCode.FORBIDDEN]: 403,
  [ErrorCode.RATE_LIMITED]: 429,
  [ErrorCode.DEPENDENCY_UNAVAILABLE]: 503,
  [ErrorCode.INTERNAL]: 500,
};

/** The HTTP status of a request that was refused before anything ran. */
export function statusOf(code: ErrorCode): number {
  return STATUS[code] ?? 400;
}

/** What `execute` answered passes; Apollo Server's own complaints get a code of the closed list. Their request id follows in http-graphql.ts. */
function formatError(formatted: GraphQLFormattedError): GraphQLFormattedError {
  const { message, locations, extensions } = formatted;
  if (codeOf({ message, extensions }) !== null) return formatted;
  const isOurs = extensions?.code === 'INTERNAL_SERVER_ERROR';
  const tooLong = message.includes('Parsing aborted');
  const code = isOurs ? ErrorCode.INTERNAL : tooLong ? ErrorCode.TOO_COMPLEX : ErrorCode.BAD_USER_INPUT;
  return { message, locations, extensions: { code } };
}
