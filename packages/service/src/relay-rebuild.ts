import type { Bus } from './bus.ts';

/**
 * `rebuild-streams` by hand: throws a service's stream away. The running relay finds it empty at its next look and
 * publishes everything again from PostgreSQL, by the same code that heals a lost stream.
 */
export const rebuildStream = (bus: Bus, service: string): Promise<void> => bus.reset(service);
