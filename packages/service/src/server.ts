import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled, ApolloServerPluginUsageReportingDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest } from 'fastify';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { Context } from './context.ts';
import { maskError } from './masking.ts';
import { newId } from './ids.ts';
import type { Log } from './log.ts';
import type { VerifyToken } from './token.ts';
import type { Viewer } from './viewer.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, proved by the gateway's token. */
    viewer: Viewer;
  }
}

export interface ServerParts {
  schema: GraphQLSchema;
  log: Log;
  verifyToken: VerifyToken;
  contextOf(request: FastifyRequest): Context;
  /** The service's own HTTP beside GraphQL; the same token is required. */
  routes?: (server: FastifyInstance) => void | Promise<void>;
  plugins?: ApolloServerPlugin<Context>[];
}

const MAX_BODY = 1_048_576; // bytes; the gateway refuses public requests above 256 KiB long before

/** A service's HTTP: `POST /graphql` for the gateway, and nothing at all for anybody without the gateway's token. */
export async function buildServer({ schema, log, verifyToken, contextOf, routes, plugins = [] }: ServerParts): Promise<FastifyInstance> {
  const loggerInstance: FastifyBaseLogger = log.child({ part: 'http' }, { level: 'warn' });
  const server = fastify({ loggerInstance, bodyLimit: MAX_BODY, disableRequestLogging: true });
  server.decorateRequest('viewer', null as never);
  server.addHook('onRequest', async (request, reply) => {
    const viewer = await verifyToken(request.headers.authorization);
    if (viewer) request.viewer = viewer;
    else await reply.code(401).send({ errors: [{ message: 'A gateway token is required.', extensions: { code: 'UNAUTHENTICATED' } }] });
  });
  const apollo = new ApolloServer<Context>({
    schema,
    introspection: true, // only the gateway can ask
    csrfPrevention: false, // a forged browser request carries no gateway token
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    nodeEnv: 'production',
    logger: log,
    formatError: (formatted: GraphQLFormattedError, error: unknown) => maskError(formatted, error, log),
    plugins: [ApolloServerPluginLandingPageDisabled(), ApolloServerPluginUsageReportingDisabled(), ...plugins],
  });
  await apollo.start();
  server.post('/graphql', fastifyApolloHandler(apollo, { context: async (request) => contextOf(request) }));
  server.addHook('onClose', () => apollo.stop());
  await routes?.(server);
  return server;
}

const REQUEST_ID = /^[\w-]{8,64}$/;

/** The request id that came with the call, if it has a sane form, else a new one. */
export function requestIdOf(request: FastifyRequest): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : newId('req');
}
