import { createHash } from 'node:crypto';
import { defineEntity, type EntityManager } from '@mikro-orm/postgresql';
import { conflict, ErrorCode, Refused, RequestError } from './errors.ts';
import type { Job } from './service.ts';
import { sqlIsWorker, type Viewer } from './viewer.ts';

/** What a creating mutation remembers: the same key and input get the same object again. Kept at least a day. */
const IdempotencySchema = defineEntity({
  name: 'Idempotency',
  tableName: 'idempotency',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'own_keys', using: "person_id = nullif(current_setting('app.person', true), '')" },
    { name: 'worker', using: sqlIsWorker },
  ],
  properties: (p) => ({
    personId: p.text().primary(),
    mutation: p.text().primary(),
    clientKey: p.text().primary(),
    fingerprint: p.text(),
    resultId: p.text(),
    at: p.datetime().index(),
  }),
});
export class Idempotency extends IdempotencySchema.class {}
IdempotencySchema.setClass(Idempotency);

export interface Once {
  em: EntityManager;
  viewer: Viewer;
  now: Date;
  mutation: string;
  clientKey: string;
  /** The whole input: another input under the same key is a CONFLICT. */
  input: unknown;
  /** The id that the object gets if this call creates it. */
  id: string;
}

const LONGEST_KEY = 200; // characters; a UUID has 36
const KEPT = 25 * 3_600_000; // ms; a day, and an hour for the clocks

/**
 * Runs `create` once per (person, mutation, clientKey), in one transaction whose first statement takes the key, and
 * returns the id of the object: `id` if this call made it, the first call's otherwise. A refused input leaves no key.
 * `create` must use the transaction's `em` only.
 */
export async function once(call: Once, create: (em: EntityManager, id: string) => Promise<void>): Promise<string> {
  const { em, viewer, now, mutation, clientKey, id } = call;
  if (viewer.kind !== 'PERSON' || viewer.personId === null) throw new RequestError(ErrorCode.UNAUTHENTICATED, 'Sign in first.');
  refuseBadKey(clientKey);
  const fingerprint = createHash('sha256').update(canonicalJson(call.input)).digest('base64url');
  return em.transactional(async (transaction) => {
    // Waits for a concurrent call with the same key to commit or roll back.
    const taken = await transaction.execute<{ result_id: string }[]>(
      'insert into idempotency (person_id, mutation, client_key, fingerprint, result_id, at) values (?, ?, ?, ?, ?, ?) on conflict do nothing returning result_id',
      [viewer.personId, mutation, clientKey, fingerprint, id, now],
    );
    if (taken.length > 0) {
      await create(transaction, id);
      return id;
    }
    const first = await transaction.findOneOrFail(Idempotency, { personId: viewer.personId as string, mutation, clientKey });
    if (first.fingerprint !== fingerprint) throw conflict('This clientKey was already used with another input.');
    return first.resultId;
  });
}

function refuseBadKey(clientKey: string): void {
  const field = ['input', 'clientKey'];
  if (clientKey.trim() === '') throw new Refused({ code: ErrorCode.REQUIRED, field });
  if (clientKey.length > LONGEST_KEY)
    throw new Refused({ code: ErrorCode.TOO_LONG, field, params: { max: LONGEST_KEY, length: clientKey.length } });
}

/** Forgets the keys that nobody will repeat any more. */
export const forgetClientKeys: Job<unknown> = {
  name: 'forget client keys',
  everyMs: 600_000, // 10 minutes
  run: async ({ em, clock }) => {
    await em.nativeDelete(Idempotency, { at: { $lt: new Date(clock.now().getTime() - KEPT) } });
  },
};

/** JSON with the keys of every object in order, so that equal inputs are equal texts. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, nested: unknown) =>
    nested !== null && typeof nested === 'object' && !Array.isArray(nested)
      ? Object.fromEntries(Object.entries(nested).sort(([a], [b]) => (a < b ? -1 : 1)))
      : nested,
  );
}
