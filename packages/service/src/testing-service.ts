import type { EntityManager } from '@mikro-orm/postgresql';
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { parseConfig, type Settings, serviceSettings } from './config.ts';
import { openDatabase } from './database.ts';
import { schemaOf, startService } from './host.ts';
import { makeLog } from './log.ts';
import type { Service } from './service.ts';
import { makeTestClock, type TestClock } from './testing-clock.ts';
import { type TestDatabase, testDatabase } from './testing-database.ts';
import { GATEWAY_ISSUER } from './token.ts';
import { anonymous, type Viewer } from './viewer.ts';

/** What a GraphQL call answered. */
// biome-ignore lint/suspicious/noExplicitAny: a test asserts on the shape it asked for
export interface Answer<Data = any> {
  data: Data;
  errors?: { message: string; path?: (string | number)[]; extensions: { code: string } }[];
}

export interface TestService extends AsyncDisposable {
  /** Stops it and drops its database. */
  [Symbol.asyncDispose](): Promise<void>;
  url: string;
  probesUrl: string;
  clock: TestClock;
  database: TestDatabase;
  /** The gateway's token for a viewer, as the service would get it. */
  tokenFor(viewer: Viewer): Promise<string>;
  /** Asks as a viewer, like the gateway would. */
  ask(viewer: Viewer, query: string, variables?: Record<string, unknown>, headers?: Record<string, string>): Promise<Answer>;
  /** A unit of work of the worker role, to look behind the scenes. */
  worker(): EntityManager;
}

export interface TestOptions {
  clock?: TestClock;
  environment?: Record<string, string>;
  applicationChecks?: boolean;
  /** Ask without demo data. */
  demo?: boolean;
  /** A second replica on the database and the clock of this one, which outlives it. */
  beside?: TestService;
  /** Where its log goes, to be looked at. */
  logTo?: { write(line: string): void };
}

/** Starts a service on a private database cloned from its template, with a gateway key of the test's own. */
export async function startTestService<Deps, S extends Settings>(
  service: Service<Deps, S>,
  options: TestOptions = {},
): Promise<TestService> {
  const { beside, clock = beside?.clock ?? makeTestClock(), environment = {}, applicationChecks = true, demo = true, logTo } = options;
  const schema = schemaOf(service as unknown as Service);
  const database = beside?.database ?? (await testDatabase(schema));
  const { publicKey, privateKey } = await generateKeyPair('EdDSA');
  const config = parseConfig(
    { ...serviceSettings, ...service.settings },
    {
      PORT: '0',
      PROBE_PORT: '0',
      NATS_URL: process.env.TEST_NATS_URL,
      NATS_PREFIX: database.name.replaceAll('_', '-'),
      ATENDE_ENV: 'development',
      ATENDE_DEMO: demo ? '1' : '0',
      LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
      SHUTDOWN_GRACE_MS: '200',
      DATABASE_URL: database.urls.app,
      DATABASE_WORKER_URL: database.urls.worker,
      GATEWAY_JWKS_URL: 'http://127.0.0.1:1/unused',
      ...environment,
    },
  );
  const keys = createLocalJWKSet({ keys: [await exportJWK(publicKey)] });
  const running = await startService(service, config as Parameters<typeof startService<Deps, S>>[1], {
    clock,
    keys,
    applicationChecks,
    ...(logTo && { log: makeLog(service.name, 'info', logTo) }),
  });
  const back = await openDatabase(schema.entities, { app: database.urls.app, worker: database.urls.worker, pool: 2 });
  const tokenFor = (viewer: Viewer): Promise<string> =>
    new SignJWT({ viewer })
      .setProtectedHeader({ alg: 'EdDSA' })
      .setIssuer(GATEWAY_ISSUER)
      .setAudience(service.name)
      .setExpirationTime('60s')
      .sign(privateKey);
  return {
    url: running.url,
    probesUrl: running.probesUrl,
    clock,
    database,
    tokenFor,
    ask: async (viewer, query, variables = {}, headers = {}) => {
      const response = await fetch(`${running.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${await tokenFor(viewer ?? anonymous)}`, ...headers },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as Answer;
    },
    worker: () => back.forWorker(),
    [Symbol.asyncDispose]: async () => {
      await running.stop();
      await back.close();
      if (!beside) await database[Symbol.asyncDispose]();
    },
  };
}
