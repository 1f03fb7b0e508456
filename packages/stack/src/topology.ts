import type { Ports } from './ports.ts';
import type { ServiceRow } from './services.ts';

/** One process of a service or of the gateway. */
export interface Instance {
  /** `tickets`, or `tickets-2` for the second replica. */
  name: string;
  port: number;
  probePort: number;
}

/** A service or the gateway with its replicas, and the address at which others find it. */
export interface Group {
  name: string;
  instances: Instance[];
  port: number;
  probePort: number;
}

export const urlOf = (port: number): string => `http://127.0.0.1:${port}`;

export const replicaName = (name: string, replica: number): string => (replica === 1 ? name : `${name}-${replica}`);

export interface Topology {
  postgresPort: number;
  natsPort: number;
  gateway: Group;
  services: Map<string, Group>;
}

const usual = { postgres: 15_432, nats: 14_222, probes: 100, replicas: 10 };

/** Gives everything of a start its port. One after the other, so that neighbours do not take each other's. */
export async function layOut(
  rows: readonly ServiceRow[],
  ports: Ports,
  gatewayPort: number,
  replicasOf: (name: string) => number,
): Promise<Topology> {
  const gateway = await layOutGroup('gateway', gatewayPort, gatewayPort + 2 * usual.probes, replicasOf('gateway'), ports);
  const services = new Map<string, Group>();
  for (const row of rows) {
    services.set(row.name, await layOutGroup(row.name, row.port, row.port + usual.probes, replicasOf(row.name), ports));
  }
  const postgresPort = await ports.assign('PostgreSQL', usual.postgres);
  const natsPort = await ports.assign('NATS', usual.nats);
  return { postgresPort, natsPort, gateway, services };
}

async function layOutGroup(name: string, port: number, probePort: number, replicas: number, ports: Ports): Promise<Group> {
  const instances: Instance[] = [];
  for (let replica = 1; replica <= replicas; replica++) {
    const instance = replicaName(name, replica);
    const step = usual.replicas * (replica - 1);
    instances.push({
      name: instance,
      port: await ports.assign(instance, port + step),
      probePort: await ports.assign(`${instance} (probes)`, probePort + step),
    });
  }
  const only = instances[0]!;
  if (replicas === 1) return { name, instances, port: only.port, probePort: only.probePort };
  const front = {
    port: await ports.assign(`${name} (balancer)`, port + 5),
    probePort: await ports.assign(`${name} (balanced probes)`, probePort + 5),
  };
  return { name, instances, ...front };
}
