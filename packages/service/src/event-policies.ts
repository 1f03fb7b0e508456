import type { PolicyDef } from '@mikro-orm/postgresql';
import type { EventRow } from './event.ts';
import { sqlIsGateway, sqlIsWorker } from './viewer.ts';

/** Who reaches a service's event table: requests append, the worker relays, gateways read the feed. Reading more is the service's to allow. */
export const eventPolicies: PolicyDef<EventRow>[] = [
  { name: 'appended', command: 'insert', check: 'true' },
  { name: 'fed', command: 'select', using: sqlIsGateway },
  { name: 'worker', using: sqlIsWorker },
];
