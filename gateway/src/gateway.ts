import type { AddressInfo } from 'node:net';
import { type Bus, gatewayViewer, JetStreamBus, type Log, makeLog, startProbes, startTracing } from '@atende/service/process';
import { AccessTokens } from './access-token.ts';
import { Admission } from './admission.ts';
import { ApiKeys, askKeyHolder } from './api-keys.ts';
import { startApolloFront } from './apollo-front.ts';
import { newDeadline } from './caller.ts';
import type { GatewayConfig } from './config.ts';
import { pullEndedSessions } from './ended-sessions.ts';
import { Executor } from './execute.ts';
import { Explorer } from './explorer.ts';
import { Files } from './http-files.ts';
import { makeHttpServer } from './http-server.ts';
import { ServerSentEvents } from './http-sse.ts';
import { LIMITS } from './limits.ts';
import { Connections } from './live/connections.ts';
import { Live } from './live/live.ts';
import { tracePushes } from './live/observer.ts';
import { Sockets } from './live/sockets.ts';
import { Mailbox } from './mailbox.ts';
import { type Metrics, makeMetrics } from './metrics.ts';
import { planAhead } from './plan-ahead.ts';
import { budgetOf } from './rate-budget.ts';
import { RateSharing } from './rate-sharing.ts';
import { type Budgets, Rates } from './rates.ts';
import { gatewayRegistry } from './registry/gateway-registry.ts';
import { SERVICE_CLIENT } from './service-client.ts';
import { ServiceTokens } from './service-token.ts';
import { gatewayCaller, Services } from './services.ts';
import { Sessions } from './sessions.ts';
import { ShortWay } from './short-way.ts';
import { readSigningKey } from './signing-key.ts';
import { Supergraph } from './supergraph.ts';
import { SupergraphFeed } from './supergraph-feed.ts';
import { TrustedDocuments } from './trusted-documents.ts';
import { TrustedFeed } from './trusted-feed.ts';

export { type GatewayConfig, gatewaySettings, parseGatewayConfig } from './config.ts';
export { LIMITS } from './limits.ts';

const budgetsOf = (config: GatewayConfig): Budgets => ({
  person: budgetOf(config.RATE_PERSON),
  organization: budgetOf(config.RATE_ORGANIZATION),
  address: budgetOf(config.RATE_ADDRESS),
  attempts: budgetOf(config.RATE_ATTEMPTS),
});

/** A running gateway. */
export interface Gateway {
  url: string;
  probesUrl: string;
  /** Not ready → no new connections → sockets and streams sent elsewhere in batches → requests drained → everything let go. */
  stop(): Promise<void>;
}

export interface GatewayOptions {
  log?: Log;
  /** Another bus than the NATS server of the configuration: tests. */
  bus?: Bus;
  /** ms between two looks at the feeds of events: tests that want to see what the bus alone does. */
  readFeedsEvery?: number;
}

/** Starts a gateway in this process. It needs nothing that runs: services, NATS and even the supergraph may come later. */
export async function startGateway(config: GatewayConfig, options: GatewayOptions = {}): Promise<Gateway> {
  const log = options.log ?? makeLog('gateway', config.LOG_LEVEL);
  const key = await readSigningKey(config.SIGNING_KEY_FILE);
  const development = config.ATENDE_ENV === 'development';
  const trustProxy = config.TRUST_PROXY === '1';
  const probes = await startProbes(config.HOST, config.PROBE_PORT);
  const metrics: Metrics = makeMetrics(probes.registry, {
    sockets: () => sockets.size,
    streams: () => events.size,
    live: () => live.counts(),
    rates: () => rates.counts(),
  });
  const bus = options.bus ?? new JetStreamBus({ url: config.NATS_URL, prefix: config.NATS_PREFIX, name: 'gateway', log });

  const rates = new Rates({ budgets: budgetsOf(config), limits: LIMITS, refused: metrics.rateLimited });
  const sharing = new RateSharing({ rates, bus, log });
  const tracer = await startTracing({ service: 'gateway', config, log, edge: true });

  const tokens = new ServiceTokens(key);
  const client = { ...SERVICE_CLIENT, onBreaker: metrics.breaker };
  const services = new Services({ tokens, log, client, urls: config.SERVICE_URLS, observe: metrics.called, tracer });
  const { source, seen, stored } = gatewayRegistry(config, log);
  const documents = new TrustedDocuments(config.TRUSTED_DOCUMENTS === 'on');
  const supergraph = () => feed.current;
  const executor = new Executor({ supergraph, services, limits: LIMITS, documents, log, seen, observe: metrics.operations, tracer });
  const front = await startApolloFront(executor, LIMITS, log);
  const sessions = new Sessions({
    pull: (after) => pullEndedSessions(services, after),
    busAnswers: () =>
      bus.state('identity').then(
        () => true,
        () => false,
      ),
    log,
  });
  const keys = new ApiKeys({ ask: (apiKey) => askKeyHolder(services, apiKey) });
  const admission = new Admission(new AccessTokens(new URL(config.IDENTITY_JWKS_URL)), keys, sessions);
  const observe = tracer ? tracePushes(metrics.live, tracer) : metrics.live;
  const parts = { executor, services, supergraph, bus, log, observe };
  const live = new Live({ ...parts, every: options.readFeedsEvery, mostOfPerson: config.SUBSCRIPTIONS_PER_PERSON });
  const connections = new Connections({ sessions, mostOfPerson: config.CONNECTIONS_PER_PERSON });
  const open = { live, executor, admission, connections, rates, documents, trustProxy, onSlow: metrics.slowSocket };
  const sockets = new Sockets({ ...open, origins: config.ALLOWED_ORIGINS, log });
  const events = new ServerSentEvents({ ...open, limits: LIMITS });
  const files = new Files({ url: config.FILES_URL, admission, tokens, trustProxy });
  const feed = new SupergraphFeed({
    source,
    log,
    load: (sdl) => Supergraph.load(sdl, { limits: LIMITS, introspection: development }),
    onTaken(next) {
      services.use(next.facts.services);
      front.use(next);
      setImmediate(beReady);
      setImmediate(() => live.revalidate(gatewayCaller(gatewayViewer, 'req_reload', newDeadline())));
      setImmediate(plan);
    },
    onRefused: metrics.supergraphRefused,
  });
  const trusted = stored && new TrustedFeed({ ...stored, log, onTaken: trust });
  let texts: readonly string[] | null = null;
  function trust(all: readonly string[]): void {
    texts = all;
    documents.use(all);
    log.info({ documents: all.length }, 'stored documents taken');
    beReady();
    plan();
  }
  /** Where only stored documents are trusted, it is of no use before they are known. */
  function beReady(): void {
    if (feed.current && (texts || config.TRUSTED_DOCUMENTS === 'off')) probes.setReady(true);
  }
  function plan(): void {
    const [current, planned] = [feed.current, texts];
    if (current && planned) void planAhead(current, planned, () => feed.current === current && texts === planned);
  }
  const stopHearing = bus.watch(
    'identity',
    ({ type, aggregate }) => type === 'session.ended' && sessions.end(aggregate),
    () => void sessions.refresh(),
  );

  const graphql = {
    admission,
    front,
    shortWay: new ShortWay(executor),
    rates,
    documents,
    limits: LIMITS,
    trustProxy,
    observe: metrics.requested,
  };
  const pages = { explorer: development ? new Explorer(config.EXAMPLES_DIR) : null, mailbox: development ? new Mailbox(services) : null };
  const server = makeHttpServer({ graphql, events, files, key, supergraph, origins: config.ALLOWED_ORIGINS, ...pages, log });
  server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.PORT, config.HOST, resolve);
  });
  const { port } = server.address() as AddressInfo;
  log.info({ port, probes: probes.port }, 'listening');

  async function stop(): Promise<void> {
    probes.setReady(false);
    // What is asked on connections that are open still gets its answer, and the connection ends with it.
    server.prependListener('request', (_request, response) => {
      response.shouldKeepAlive = false;
    });
    const drained = new Promise((resolve) => server.close(resolve));
    const sweep = setInterval(() => server.closeIdleConnections(), 50);
    const impatience = setTimeout(() => server.closeAllConnections(), config.SHUTDOWN_GRACE_MS);
    await connections.drain(config.SHUTDOWN_GRACE_MS);
    await drained;
    clearInterval(sweep);
    clearTimeout(impatience);
    sessions.close();
    await trusted?.close();
    await stopHearing();
    await live.close();
    await sharing.close();
    rates.close();
    await Promise.all([front.server.stop(), files.close(), services.close(), feed.close(), seen?.close()]);
    await bus.close();
    await tracer?.close();
    await probes.close();
  }

  return { url: `http://${config.HOST}:${port}`, probesUrl: `http://${config.HOST}:${probes.port}`, stop };
}
