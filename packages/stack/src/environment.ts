import { join } from 'node:path';
import type { ProvisionedUrls } from '@atende/service/provision';
import { repositoryRoot } from './repository.ts';
import { type Place, poolOf, type ServiceRow } from './services.ts';

/** What holds for the whole stack. */
export interface Common {
  natsUrl(user: string): string;
  natsPrefix: string;
  demo: boolean;
  logLevel?: string | undefined;
}

/** Where one process listens. */
export interface Listening {
  port: number;
  probePort: number;
}

const shared = (name: string, { natsUrl, natsPrefix, logLevel }: Common, { port, probePort }: Listening): Record<string, string> => ({
  HOST: '127.0.0.1',
  PORT: String(port),
  PROBE_PORT: String(probePort),
  NATS_URL: natsUrl(name),
  NATS_PREFIX: natsPrefix,
  ATENDE_ENV: 'development',
  SHUTDOWN_GRACE_MS: '1000',
  ...(logLevel && { LOG_LEVEL: logLevel }),
});

export function serviceEnvironment(
  row: ServiceRow,
  common: Common,
  at: Listening,
  urls: ProvisionedUrls,
  jwksUrl: string,
  place: Place,
): Record<string, string> {
  return {
    ...shared(row.name, common, at),
    DATABASE_URL: urls.app,
    DATABASE_WORKER_URL: urls.worker,
    DATABASE_OWNER_URL: urls.owner,
    DATABASE_POOL: String(poolOf(row)),
    GATEWAY_JWKS_URL: jwksUrl,
    ATENDE_DEMO: common.demo ? '1' : '0',
    ...row.env?.(place),
  };
}

/** For who asks more than any person does. */
export const WITHOUT_BUDGETS = { RATE_PERSON: 'off', RATE_ORGANIZATION: 'off', RATE_ADDRESS: 'off', RATE_ATTEMPTS: 'off' };

export interface GatewayPlace {
  /** The folder of the registry, and where a gateway keeps what serves. */
  registry: string;
  supergraphCopy: string;
  signingKeyFile: string;
  /** GraphQL endpoint of every service by its name. */
  serviceUrls: Record<string, string>;
  identityJwksUrl: string;
  filesUrl: string;
}

export function gatewayEnvironment(common: Common, at: Listening & { name: string }, place: GatewayPlace): Record<string, string> {
  return {
    ...shared('gateway', common, at),
    REGISTRY: place.registry,
    REPLICA_NAME: at.name,
    SUPERGRAPH_COPY: place.supergraphCopy,
    SIGNING_KEY_FILE: place.signingKeyFile,
    IDENTITY_JWKS_URL: place.identityJwksUrl,
    SERVICE_URLS: Object.entries(place.serviceUrls)
      .map(([name, url]) => `${name}=${url}`)
      .join(','),
    FILES_URL: place.filesUrl,
    EXAMPLES_DIR: join(repositoryRoot, 'examples'),
  };
}
