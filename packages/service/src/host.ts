import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { JWTVerifyGetKey } from 'jose';
import { type Clock, systemClock } from './clock.ts';
import { BadConfiguration, demoAllowed, type ServiceConfig, type Settings, type Values } from './config.ts';
import { type Context, makeContext } from './context.ts';
import { type Database, migrate, openDatabase, type Schema } from './database.ts';
import { eventBookkeeping } from './event-entities.ts';
import { Idempotency } from './idempotency.ts';
import { messages as houseMessages } from './messages.ts';
import { HouseResolver } from './house.resolver.ts';
import { startJobs } from './jobs.ts';
import { negotiateLanguage } from './language.ts';
import { type Log, makeLog } from './log.ts';
import { type Probes, startProbes } from './probes.ts';
import { buildServer, requestIdOf } from './server.ts';
import type { Service } from './service.ts';
import { startEvents } from './events-wiring.ts';
import { buildSubgraph, type Subgraph } from './subgraph.ts';
import { makeVerifyToken } from './token.ts';

/** A running service. */
export interface Running {
  url: string;
  probesUrl: string;
  /** Not ready → drain → stop jobs, consumers and relay → close the database. */
  stop(): Promise<void>;
}

export interface HostOptions {
  clock?: Clock;
  log?: Log;
  /** The gateways' keys, where they are not to be fetched (tests). */
  keys?: JWTVerifyGetKey;
  /** Tests of the second wall only. */
  applicationChecks?: boolean;
}

export const schemaOf = ({ name, event, entities, home, rights = [] }: Service): Schema => ({
  name,
  entities: [event, ...eventBookkeeping, Idempotency, ...entities],
  migrations: join(fileURLToPath(home), 'migrations'),
  rights,
});

/** The service's subgraph, as it is served and printed. */
export const subgraphOf = (service: Service, applicationChecks = true): Promise<Subgraph> =>
  buildSubgraph({
    resolvers: [HouseResolver, ...service.resolvers],
    references: Object.keys(service.references),
    messages: { ...houseMessages, ...service.messages },
    applicationChecks,
  });

/** Starts a service in this process. Throws when its database cannot be reached; NATS and gateways may come later. */
export async function startService<Deps, S extends Settings>(
  service: Service<Deps, S>,
  config: ServiceConfig & Values<S>,
  { clock = systemClock, log = makeLog(service.name, config.LOG_LEVEL), keys, applicationChecks = true }: HostOptions = {},
): Promise<Running> {
  if (config.ATENDE_DEMO && !demoAllowed(config)) throw new BadConfiguration('ATENDE_DEMO=1 is only for ATENDE_ENV=development on a loopback HOST: demo passwords are public.');
  const described = service as unknown as Service;
  const schema = schemaOf(described);
  if (config.DATABASE_OWNER_URL) await migrate(schema, config.DATABASE_OWNER_URL);
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const close of stops.splice(0).reverse()) await close();
  };
  try {
    const database = await openDatabase(schema.entities, { app: config.DATABASE_URL, worker: config.DATABASE_WORKER_URL, pool: config.DATABASE_POOL });
    stops.push(() => database.close());
    const probes = await startProbes(config.HOST, config.PROBE_PORT);
    stops.push(() => probes.close());
    const forWorker = (): ReturnType<Database['forWorker']> => database.forWorker();
    const deps = await service.wire({ config, clock, log, probes, forWorker, forViewer: (viewer) => database.forViewer(viewer) });
    await service.seed?.({ em: forWorker(), now: clock.now(), deps });
    if (config.ATENDE_DEMO) await service.seedDemo?.({ em: forWorker(), now: clock.now(), deps });
    stops.push(startEvents(described, { config, database, log, clock, probes }));
    stops.push(startJobs(described.jobs, { forWorker, clock, log, deps }));
    const { schema: graphql } = await subgraphOf(described, applicationChecks);
    const server = await buildServer({
      schema: graphql,
      log,
      verifyToken: makeVerifyToken(service.name, keys ?? new URL(config.GATEWAY_JWKS_URL)),
      contextOf: (request) => contextOf(request, { service: described, database, clock, log, deps }),
      routes: (own) => service.routes?.(own, deps),
    });
    const url = await server.listen({ host: config.HOST, port: config.PORT });
    stops.push(() => drain(server, probes, config.SHUTDOWN_GRACE_MS));
    probes.setReady(true);
    log.info({ url, probes: probes.port }, 'ready');
    return { url, probesUrl: `http://${config.HOST}:${probes.port}`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface ContextSource {
  service: Service;
  database: Database;
  clock: Clock;
  log: Log;
  deps: unknown;
}

function contextOf(request: FastifyRequest, { service, database, clock, log, deps }: ContextSource): Context {
  const { viewer, headers } = request;
  const requestId = requestIdOf(request);
  return makeContext({
    viewer,
    language: negotiateLanguage(headers['accept-language'], viewer.language),
    forViewer: (asked) => database.forViewer(asked),
    requestId,
    traceparent: typeof headers['traceparent'] === 'string' ? headers['traceparent'] : null,
    address: typeof headers['x-client-address'] === 'string' ? headers['x-client-address'] : null,
    log: log.child({ requestId }),
    deps,
    clock,
    loaders: service.references,
  });
}

async function drain(server: FastifyInstance, probes: Probes, graceMs: number): Promise<void> {
  probes.setReady(false);
  const timer = setTimeout(() => server.server.closeAllConnections(), graceMs);
  server.server.closeIdleConnections();
  await server.close();
  clearTimeout(timer);
}
