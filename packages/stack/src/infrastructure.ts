import { findNatsServer } from '../bootstrap/nats-server.mjs';
import type { DataFolder } from './data-folder.ts';
import { natsProgram, natsUrl } from './nats.ts';
import { authorizationBlock, natsUsers } from './nats-users.ts';
import { adminUrl, postgresProgram } from './postgres.ts';
import { postgresPlace } from './postgres-place.ts';
import { repositoryRoot } from './repository.ts';
import type { Secrets } from './secrets.ts';
import { Supervised, type Surroundings } from './supervised.ts';
import type { Topology } from './topology.ts';

export interface InfrastructureOptions extends Surroundings {
  folder: DataFolder;
  topology: Topology;
  secrets: Secrets;
  serviceNames: string[];
  natsPrefix: string;
  maxConnections: number;
  /** A NATS that runs already; none is started then. */
  natsUrl?: string;
}

export interface Infrastructure {
  postgres: Supervised;
  nats: Supervised | undefined;
  adminUrl: string;
  /** The address for a user of NATS: a service, `gateway` or `operator`. */
  natsUrl(user: string): string;
}

/** PostgreSQL and, unless one runs elsewhere, NATS. */
export function infrastructure(options: InfrastructureOptions): Infrastructure {
  const { folder, topology, secrets, maxConnections } = options;
  const password = secrets.password('postgres');
  const passwordOf = (user: string): string => secrets.password(`nats-${user}`);
  const postgres = postgresProgram({
    ...postgresPlace(folder, options.say),
    port: topology.postgresPort,
    password,
    maxConnections,
    fsync: true,
    logFile: folder.log('postgres'),
  });
  return {
    postgres: new Supervised(postgres, options),
    nats: options.natsUrl ? undefined : new Supervised(embeddedNats(options, passwordOf), options),
    adminUrl: adminUrl(topology.postgresPort, password),
    natsUrl: (user) => options.natsUrl ?? natsUrl(topology.natsPort, `${user}:${passwordOf(user)}`),
  };
}

function embeddedNats({ folder, topology, natsPrefix, serviceNames }: InfrastructureOptions, passwordOf: (user: string) => string) {
  const binary = findNatsServer(repositoryRoot);
  if (!binary) throw new Error('there is no nats-server on PATH or in .cache: npm start gets one, or start with NATS_URL');
  const authorization = authorizationBlock(natsUsers(natsPrefix, serviceNames), (user) => JSON.stringify(passwordOf(user)));
  return natsProgram({ binary, dataDir: folder.of('nats'), port: topology.natsPort, logFile: folder.log('nats'), authorization });
}
