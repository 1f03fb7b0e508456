import type { EntityManager } from '@mikro-orm/postgresql';
import { ErrorCode, Refused } from '../errors.ts';
import { Box } from './toy.ts';

/** What must never stand in an answer or a log. */
export const CANARY = 'canary-7f3a';

const outOfIdeas = (): Error =>
  Object.assign(new Error(`at /srv/secret/${CANARY}.ts:1:1 with ${CANARY}`), { password: CANARY, query: `select '${CANARY}'` });

/** Every way in which a resolver fails that callers must not see into. */
export const troubles = {
  thrown: async (): Promise<string> => Promise.reject(outOfIdeas()),
  sql: (em: EntityManager): Promise<unknown> => em.execute(`select nothing_like_it from box where label = '${CANARY}'`),
  unique: async (em: EntityManager): Promise<string> => {
    const box = { id: 'box_same', organizationId: 'org_acme', label: CANARY, hiddenIn: CANARY, open: true, version: 0 };
    await em.insert(Box, box);
    await em.insert(Box, box);
    return 'inserted twice';
  },
  missing: async (em: EntityManager): Promise<string> => (await em.findOneOrFail(Box, 'box_none')).label,
  slow: (em: EntityManager): Promise<unknown> => em.execute(`set local statement_timeout = 20; select pg_sleep(5), '${CANARY}'`),
  gone: (em: EntityManager): Promise<unknown> => em.execute('select pg_terminate_backend(pg_backend_pid())'),
  zero: (em: EntityManager): Promise<unknown> => em.find(Box, { label: `${CANARY}\0` }),
  range: (em: EntityManager): Promise<unknown> => em.nativeUpdate(Box, {}, { version: 99_999_999_999 }),
  waits: (em: EntityManager): Promise<unknown> => em.execute('select pg_advisory_xact_lock(4242)'),
  refused: async (): Promise<unknown> => {
    throw new Refused({ code: ErrorCode.TOO_LONG, field: ['kind'], params: { max: 3, length: 7 } });
  },
} satisfies Record<string, (em: EntityManager) => Promise<unknown>>;
export type Trouble = keyof typeof troubles;
