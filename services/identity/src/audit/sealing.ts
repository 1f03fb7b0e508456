import type { Job } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { AuditEntry } from './audit-entry.ts';
import { AuditSeal, beginning, type Head, headText, sealed } from './audit-seal.ts';

const AT_ONCE = 500; // entries in one transaction

/**
 * Gives every waiting entry its place in the chain, one replica at a time, and says where the chain ends; null when
 * nothing waited. Entries come in without a lock, whoever brings them; only their order is decided here.
 */
export async function sealWaiting(em: EntityManager): Promise<Head | null> {
  let head: Head | null = null;
  for (;;) {
    const batch = await em.fork().transactional(sealBatch);
    head = batch?.head ?? head;
    if (!batch || batch.count < AT_ONCE) return head;
  }
}

async function sealBatch(em: EntityManager): Promise<{ head: Head; count: number } | null> {
  const [lock] = await em.execute<{ mine: boolean }[]>('select pg_try_advisory_xact_lock(7290) as mine');
  if (!lock?.mine) return null;
  const waiting = await em.execute<{ entry_id: string }[]>(
    // One whose entry is gone stays: verify-audit tells.
    `delete from audit_pending where entry_id in
       (select entry_id from audit_pending join audit_entry on id = entry_id order by entry_id limit ?) returning entry_id`,
    [AT_ONCE],
  );
  if (waiting.length === 0) return null;
  const [last = beginning] = await em.find(AuditSeal, {}, { orderBy: { position: 'desc' }, limit: 1 });
  const entries = await em.find(AuditEntry, { id: { $in: waiting.map((row) => row.entry_id) } }, { orderBy: { id: 'asc' } });
  let head: Head = last;
  const seals = entries.map((entry) => {
    head = sealed(head, entry);
    return { ...head, entryId: entry.id };
  });
  await em.insertMany(AuditSeal, seals);
  return { head, count: waiting.length };
}

/** The job. The head it logs is a copy outside this database, wherever logs are sent: `verify-audit --head` takes it. */
export const keepSealed: Job<unknown>['run'] = async ({ em, log }) => {
  const head = await sealWaiting(em);
  if (head) log.info({ head: headText(head) }, 'the audit log is sealed');
};

/** What `/metrics` says of the log. */
export const auditBacklogs = [
  {
    name: 'atende_audit_unsealed',
    help: 'Acts that have no place in the chain of the audit log yet, up to 10,000',
    sql: 'select count(*) from (select from audit_pending limit 10000) as few',
  },
  {
    name: 'atende_audit_unsealed_seconds',
    help: 'How long the oldest of them waits, from the moment of the act',
    sql: `select coalesce(extract(epoch from $1::timestamptz - min(at)), 0) from audit_entry
          where id in (select entry_id from audit_pending order by entry_id limit 1)`,
  },
  {
    name: 'atende_audit_position',
    help: 'How many acts the chain of the audit log holds',
    sql: 'select coalesce(max(position), 0) from audit_seal',
  },
];
