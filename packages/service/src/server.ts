import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Context } from './context.ts';
import { ErrorCode, type Messages } from './errors.ts';
import { answerHttpErrors, complain, unreadable } from './http-errors.ts';
import type { Log } from './log.ts';
import { errorsPlugin, maskError } from './masking.ts';
import { traceRequests } from './request-tracing.ts';
import type { VerifyToken } from './token.ts';
import type { Span, Tracer } from './tracing.ts';
import type { Viewer } from './viewer.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, proved by the gateway's token. */
    viewer: Viewer;
    /** The work on it, where traces are made. */
    span: Span | null;
  }
}

export interface ServerParts {
  schema: GraphQLSchema;
  log: Log;
  messages: Messages;
  verifyToken: VerifyToken;
  contextOf(request: FastifyRequest): Context;
  /** The service's own HTTP beside GraphQL; the same token is required. */
  routes?: (server: FastifyInstance) => void | Promise<void>;
  /** Told of every request when it was answered. */
  observe?(seconds: number, status: number): void;
  tracer?: Tracer | null;
}

const MAX_BODY = 1_048_576; // bytes; the gateway refuses public requests above 256 KiB long before

/** A service's HTTP: `POST /graphql` for the gateway, and nothing at all for anybody without the gateway's token. */
export async function buildServer({
  schema,
  log,
  messages,
  verifyToken,
  contextOf,
  routes,
  observe,
  tracer = null,
}: ServerParts): Promise<FastifyInstance> {
  // A request that comes while the server closes is served: the balancer may not know yet.
  const server = fastify({ bodyLimit: MAX_BODY, return503OnClosing: false, frameworkErrors: (_, __, reply) => unreadable(reply, 400) });
  answerHttpErrors(server, log);
  server.decorateRequest('viewer', null as never);
  server.decorateRequest('span', null);
  server.addHook('onRequest', async (request, reply) => {
    const viewer = await verifyToken(request.headers.authorization);
    if (viewer) request.viewer = viewer;
    else await complain(reply, 401, ErrorCode.UNAUTHENTICATED, 'A gateway token is required.');
  });
  if (tracer) traceRequests(server, tracer);
  if (observe) server.addHook('onResponse', async (_, reply) => observe(reply.elapsedTime / 1_000, reply.statusCode));
  const apollo = await startApollo(schema, messages, log);
  server.post('/graphql', fastifyApolloHandler(apollo, { context: async (request) => contextOf(request) }));
  server.addHook('onClose', () => apollo.stop());
  // In a scope of their own: how they answer errors is theirs to say.
  if (routes) server.register(async (own) => routes(own));
  return server;
}

async function startApollo(schema: GraphQLSchema, messages: Messages, logger: Log): Promise<ApolloServer<Context>> {
  const apollo = new ApolloServer<Context>({
    schema,
    introspection: true, // only the gateway can ask
    csrfPrevention: false, // a forged browser request carries no gateway token
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    persistedQueries: false,
    nodeEnv: 'production',
    logger,
    formatError: maskError,
    plugins: [
      errorsPlugin(messages),
      // Each of these would wrap every field of the schema.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
  await apollo.start();
  return apollo;
}
