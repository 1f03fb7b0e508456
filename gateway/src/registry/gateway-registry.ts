import { hostname } from 'node:os';
import { BadConfiguration, type Log } from '@atende/service/process';
import type { GatewayConfig } from '../config.ts';
import { fileSource, type SupergraphSource } from '../supergraph-source.ts';
import type { Registry } from './registry.ts';
import { registryAt } from './registry-place.ts';
import { registrySource } from './registry-source.ts';
import { SeenOperations } from './seen-operations.ts';

/** Where this gateway's supergraph comes from, and where it says which operations it sees: nowhere, when that is a mere file. */
export interface GatewayRegistry {
  source: SupergraphSource;
  seen: SeenOperations | null;
  /** Where its clients' documents are stored, and kept for a start without it. */
  stored: { registry: Registry; copyFile: string | undefined } | null;
}

/** Throws BadConfiguration. */
export function gatewayRegistry(config: GatewayConfig, log: Log): GatewayRegistry {
  const { REGISTRY, SUPERGRAPH_FILE = '' } = config;
  if (REGISTRY === undefined) return { source: fileSource(SUPERGRAPH_FILE), seen: null, stored: null };
  const registry = registryAt(REGISTRY, config.REGISTRY_TOKEN_FILE, (what) => new BadConfiguration(what));
  const replica = config.REPLICA_NAME ?? `${hostname()}-${config.PORT}`.replace(/[^\w-]+/g, '-').slice(0, 100);
  const seen = new SeenOperations({
    report: (operations) => registry.report(replica, operations),
    clients: namesIn(config.CLIENT_NAMES),
    log,
  });
  return { source: registrySource(registry, config.SUPERGRAPH_COPY), seen, stored: { registry, copyFile: config.SUPERGRAPH_COPY } };
}

const namesIn = (list: string): Set<string> => new Set(list.split(',').map((name) => name.trim()));
