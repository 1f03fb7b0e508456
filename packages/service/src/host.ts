import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { JWTVerifyGetKey } from 'jose';
import { startTrail, type Trail } from './audit-trail.ts';
import { type Clock, systemClock } from './clock.ts';
import type { ServiceConfig, Settings, Values } from './config.ts';
import { type Context, makeContext } from './context.ts';
import { type Database, migrate, oneAtATime, openDatabase, type Schema } from './database.ts';
import { startPulse } from './database-pulse.ts';
import { untilReady, type Waiting } from './database-ready.ts';
import type { Messages } from './errors.ts';
import { eventBookkeeping } from './event-entities.ts';
import { startEvents } from './events-wiring.ts';
import { HouseResolver } from './house.resolver.ts';
import { forgetClientKeys, Idempotency } from './idempotency.ts';
import { startJobs } from './jobs.ts';
import { negotiateLanguage } from './language.ts';
import { type Log, makeLog } from './log.ts';
import { messages as houseMessages } from './messages.ts';
import { startProbes } from './probes.ts';
import { addressOf, requestIdOf, traceparentOf } from './request-headers.ts';
import { requestMetrics } from './request-metrics.ts';
import { buildServer } from './server.ts';
import type { Job, Service } from './service.ts';
import { houseBacklogs, serviceMetrics } from './service-metrics.ts';
import { Stops } from './shutdown.ts';
import { buildSubgraph, type Subgraph } from './subgraph.ts';
import { makeVerifyToken } from './token.ts';
import { startTracing, type Tracer } from './tracing.ts';
import type { Viewer } from './viewer.ts';

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
  /** Ends a start that still waits for its database. */
  signal?: AbortSignal;
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

/** The house's own jobs and the service's. */
export const jobsOf = (service: Service): Job<unknown>[] => [forgetClientKeys, ...service.jobs];

const messagesOf = (service: Service): Messages => ({ ...houseMessages, ...service.messages });

/** The service's subgraph, as it is served and printed. */
export const subgraphOf = (service: Service, applicationChecks = true): Promise<Subgraph> =>
  buildSubgraph({
    resolvers: [HouseResolver, ...service.resolvers],
    references: Object.keys(service.references),
    spoken: service.spoken,
    messages: messagesOf(service),
    applicationChecks,
  });

/** Starts a service in this process. Waits for its database, however late it comes; NATS and gateways may come later still. */
export async function startService<Deps, S extends Settings>(
  service: Service<Deps, S>,
  config: ServiceConfig & Values<S>,
  { clock = systemClock, log = makeLog(service.name, config.LOG_LEVEL), signal, keys, applicationChecks = true }: HostOptions = {},
): Promise<Running> {
  const described = service as unknown as Service;
  const stops = new Stops(log);
  try {
    const probes = await startProbes(config.HOST, config.PROBE_PORT);
    stops.push('probes', () => probes.close());
    const tracer = await startTracing({ service: service.name, config, log });
    stops.push('traces', async () => tracer?.close());
    const database = await databaseOf(described, config, { log, signal, tracer });
    stops.push('database', () => database.close());
    const backlogs = [...houseBacklogs, ...service.backlogs];
    const metrics = serviceMetrics(probes.registry, { connections: () => database.connections(), backlogs });
    const forWorker = (): EntityManager => database.forWorker();
    const trail = startTrail({ forWorker, log, lost: metrics.lostActs });
    stops.push('audit trail', () => trail.stop());
    const forViewer = (viewer: Viewer): EntityManager => database.forViewer(viewer);
    const deps = await service.wire({ config, clock, log, probes, trail, forWorker, forViewer });
    await oneAtATime(forWorker(), async () => {
      await service.seed?.({ em: forWorker(), now: clock.now(), deps });
      if (config.ATENDE_DEMO) await service.seedDemo?.({ em: forWorker(), now: clock.now(), deps });
    });
    stops.push('events', startEvents(described, { config, database, log, clock, probes, tracer }));
    stops.push('jobs', startJobs(jobsOf(described), { forWorker, clock, log, deps, observe: metrics.jobRan }));
    const server = await buildServer({
      schema: (await subgraphOf(described, applicationChecks)).schema,
      log,
      messages: messagesOf(described),
      verifyToken: makeVerifyToken(service.name, keys ?? new URL(config.GATEWAY_JWKS_URL)),
      contextOf: (request) => contextOf(request, { service: described, database, clock, log, deps, trail }),
      routes: (own) => service.routes?.(own, deps),
      observe: requestMetrics(probes.registry),
      tracer,
    });
    stops.push('http', () => drain(server, config.SHUTDOWN_GRACE_MS));
    const url = await server.listen({ host: config.HOST, port: config.PORT });
    probes.setReady(true);
    const { DATABASE_WORKER_URL: worker } = config;
    const pulse = startPulse({
      ...{ service: service.name, url: worker, backlogs, clock, log, found: metrics.found },
      onChange: (isThere) => probes.setReady(isThere),
    });
    stops.push('readiness', async () => {
      probes.setReady(false);
      await pulse.stop();
    });
    log.info({ url, probes: probes.port }, 'ready');
    return { url, probesUrl: `http://${config.HOST}:${probes.port}`, stop: () => stops.stop() };
  } catch (error) {
    await stops.stop();
    throw error;
  }
}

async function databaseOf(
  service: Service,
  config: ServiceConfig,
  { tracer, ...waiting }: Waiting & { tracer: Tracer | null },
): Promise<Database> {
  const { DATABASE_OWNER_URL: owner, DATABASE_URL: app, DATABASE_WORKER_URL: worker, DATABASE_POOL: pool } = config;
  const schema = schemaOf(service);
  if (owner) {
    await untilReady(owner, false, waiting);
    await migrate(schema, owner);
  }
  await untilReady(app, true, waiting);
  await untilReady(worker, true, waiting);
  return openDatabase(schema.entities, { app, worker, pool }, tracer);
}

interface ContextSource {
  service: Service;
  database: Database;
  clock: Clock;
  log: Log;
  deps: unknown;
  trail: Trail;
}

function contextOf(request: FastifyRequest, { service, database, clock, log, deps, trail }: ContextSource): Context {
  const { viewer, headers } = request;
  const requestId = requestIdOf(request);
  return makeContext({
    service: service.name,
    viewer,
    language: negotiateLanguage(headers['accept-language'], viewer.language),
    forViewer: (asked) => database.forViewer(asked),
    requestId,
    traceparent: traceparentOf(request),
    address: addressOf(request),
    log,
    deps,
    trail,
    clock,
    loaders: service.references,
  });
}

/** The share of the grace in which whoever keeps a connection is told to make another, elsewhere. */
const FAREWELL = 0.25;

/**
 * Lets the requests in flight end; after the grace they are cut off. A kept connection that were closed without a word might be
 * closed on a request that is on its way, and nobody could say whether that was heard.
 */
async function drain({ server, close }: FastifyInstance, graceMs: number): Promise<void> {
  const grace = setTimeout(() => server.closeAllConnections(), graceMs);
  server.prependListener('request', (_, response) => response.setHeader('connection', 'close'));
  await pause(graceMs * FAREWELL);
  const idle = setInterval(() => server.closeIdleConnections(), 50); // those that become idle meanwhile
  await close();
  clearInterval(idle);
  clearTimeout(grace);
}
