import { findNatsServer } from '../bootstrap/nats-server.mjs';
import type { DataFolder } from './data-folder.ts';
import { natsProgram, natsUrl } from './nats.ts';
import { adminUrl, postgresProgram } from './postgres.ts';
import { postgresPlace } from './postgres-place.ts';
import { repositoryRoot } from './repository.ts';
import { Supervised, type Surroundings } from './supervised.ts';
import type { Topology } from './topology.ts';

export interface InfrastructureOptions extends Surroundings {
  folder: DataFolder;
  topology: Topology;
  password: string;
  maxConnections: number;
  /** A NATS that runs already; none is started then. */
  natsUrl?: string;
}

export interface Infrastructure {
  postgres: Supervised;
  nats: Supervised | undefined;
  adminUrl: string;
  natsUrl: string;
}

/** PostgreSQL and, unless one runs elsewhere, NATS. */
export function infrastructure(options: InfrastructureOptions): Infrastructure {
  const { folder, topology, password, maxConnections } = options;
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
    nats: options.natsUrl ? undefined : new Supervised(embeddedNats(folder, topology.natsPort), options),
    adminUrl: adminUrl(topology.postgresPort, password),
    natsUrl: options.natsUrl ?? natsUrl(topology.natsPort),
  };
}

function embeddedNats(folder: DataFolder, port: number) {
  const binary = findNatsServer(repositoryRoot);
  if (!binary) throw new Error('there is no nats-server on PATH or in .cache: npm start gets one, or start with NATS_URL');
  return natsProgram({ binary, dataDir: folder.of('nats'), port, logFile: folder.log('nats') });
}
