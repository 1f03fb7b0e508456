import { anonymous, makeLog } from '@atende/service/process';
import { type Caller, newDeadline } from '../caller.ts';
import { composeSupergraph } from '../composition.ts';
import { Executor } from '../execute.ts';
import { LIMITS, type Limits } from '../limits.ts';
import type { ServiceClientOptions } from '../service-client.ts';
import { ServiceTokens } from '../service-token.ts';
import { Services } from '../services.ts';
import { newSigningKey } from '../signing-key.ts';
import { Supergraph } from '../supergraph.ts';
import { identityResolvers, type ToyData, ticketsResolvers, toyData } from './toy-data.ts';
import { IDENTITY_SDL, TICKETS_SDL } from './toy-sdl.ts';
import { startToy, type ToyService } from './toy-service.ts';

/** Two toy services and everything of the gateway that needs no port. */
export interface ToyGraph {
  data: ToyData;
  tickets: ToyService;
  identity: ToyService;
  services: Services;
  supergraph: Supergraph;
  executor: Executor;
  stop(): Promise<void>;
}

export interface ToyGraphOptions {
  limits?: Partial<Limits>;
  introspection?: boolean;
  client?: ServiceClientOptions;
}

export async function startToyGraph({ limits: changed, introspection = false, client }: ToyGraphOptions = {}): Promise<ToyGraph> {
  const key = await newSigningKey();
  const data = toyData();
  const tickets = await startToy({ name: 'tickets', sdl: TICKETS_SDL, resolvers: ticketsResolvers(data), key });
  const identity = await startToy({ name: 'identity', sdl: IDENTITY_SDL, resolvers: identityResolvers(data), key });
  const limits = { ...LIMITS, ...changed };
  const log = makeLog('gateway', 'silent');
  const services = new Services({ tokens: new ServiceTokens(key), log, client });
  const supergraph = await Supergraph.load(composeSupergraph([tickets, identity]), { limits, introspection });
  services.use(supergraph.facts.services);
  const executor = new Executor({ supergraph: () => supergraph, services, limits, log });
  const stop = async () => {
    await Promise.all([services.close(), supergraph.close(), tickets.stop(), identity.stop()]);
  };
  return { data, tickets, identity, services, supergraph, executor, stop };
}

/** A caller with every field optional. */
export function buildCaller(changed: Partial<Caller> = {}): Caller {
  return {
    viewer: anonymous,
    language: 'en',
    requestId: 'req_test',
    traceparent: null,
    address: null,
    deadline: newDeadline(),
    ...changed,
  };
}
