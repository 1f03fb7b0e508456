import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { eventually, startIdentity, type TestIdentity } from '../testing/identity.ts';
import { AuditEntry, AuditPending } from './audit-entry.ts';
import { sealWaiting } from './sealing.ts';
import { verifyAudit } from './verify-audit.ts';

let identity: TestIdentity;
/** Whoever owns the machine: triggers do not hold them. */
let intruder: pg.Client;
beforeAll(async () => {
  identity = await startIdentity();
  const url = new URL(identity.database.adminUrl);
  url.pathname = `/${identity.database.name}`;
  intruder = new pg.Client({ connectionString: url.href });
  await intruder.connect();
  await intruder.query('set session_replication_role = replica');
  await everythingSealed();
  for (const table of tables) await intruder.query(`create table kept_${table} as table ${table}`);
}, 60_000);
afterAll(async () => {
  await intruder.end();
  await identity[Symbol.asyncDispose]();
});

const tables = ['audit_entry', 'audit_seal', 'audit_pending'];
const restore = async () => {
  for (const table of tables) await intruder.query(`truncate ${table}; insert into ${table} table kept_${table}`);
};
const verify = (...given: string[]) => identity.worker().transactional((em) => verifyAudit({ em, given }));
const headIn = (line: string): string => /\d+:[0-9a-f]{64}/.exec(line)?.[0] ?? '';

/** Every event of the demo is an act, and every act has its place. */
const everythingSealed = (): Promise<unknown> =>
  eventually(async () => {
    await sealWaiting(identity.worker());
    const { rows } = await intruder.query(
      'select 1 where (select count(*) from event) <= (select count(*) from audit_seal) and not exists (select from audit_pending)',
    );
    return rows[0];
  }, 30_000);

describe('the chain of the audit log', () => {
  it('is whole: every act has its place, without a gap', async () => {
    const { rows } = await intruder.query('select count(*)::int as acts, max(position)::int as last from audit_seal');
    expect(rows[0].acts).toBe(rows[0].last);
    expect(await verify()).toMatch(`OK: ${rows[0].acts} acts. The head is ${rows[0].last}:`);
  });

  it.each([
    [
      'an act that was changed',
      "update audit_entry set actor_id = null, act = 'ACCESS' where id = (select entry_id from audit_seal where position = 5)",
      'position 5 does not fit',
    ],
    [
      'an act whose time was changed',
      "update audit_entry set at = at + interval '1 ms' where id = (select entry_id from audit_seal where position = 7)",
      'position 7 does not fit',
    ],
    [
      'an act that was removed',
      'delete from audit_entry where id = (select entry_id from audit_seal where position = 3)',
      'position 3: its act',
    ],
    ['a place that was removed', 'delete from audit_seal where position = 4', 'position 4 was removed'],
    ['the first place removed', 'delete from audit_seal where position = 1', 'position 1 was removed'],
    [
      'two acts that changed places',
      `update audit_seal set entry_id = case position when 2 then (select entry_id from audit_seal where position = 6)
       else (select entry_id from audit_seal where position = 2) end where position in (2, 6)`,
      'position 2 does not fit',
    ],
    ['a hash that was changed', "update audit_seal set hash = repeat('a', 64) where position = 8", 'position 8 does not fit'],
    [
      'an act that was put in',
      `insert into audit_entry select 'evt_put_in', at, act, outcome, code, field, actor_id, person_id, session_id, key_id, subject_id, subject_version,
       organization_id, service, request_id, network, count, digest from audit_entry limit 1`,
      'evt_put_in stands in the log and not in its chain',
    ],
    ['an act removed before it was sealed', "insert into audit_pending values ('evt_gone')", 'evt_gone was removed before it was sealed'],
  ])('%s is found', async (_, tampering, finding) => {
    await intruder.query('alter table audit_seal drop constraint audit_seal_entry_id_unique');
    try {
      await intruder.query(tampering);
      await expect(verify()).rejects.toThrow(finding);
    } finally {
      await restore();
      await intruder.query('alter table audit_seal add constraint audit_seal_entry_id_unique unique (entry_id)');
    }
    await expect(verify()).resolves.toMatch(/^OK/);
  });

  it('a log that was cut, or written anew, is found by a head that somebody kept', async () => {
    const known = headIn(await verify());
    expect(await verify('--head', known)).toContain(known);
    const end = Number(known.split(':')[0]);
    await intruder.query(`delete from audit_entry where id = (select entry_id from audit_seal where position = ${end})`);
    await intruder.query(`delete from audit_seal where position = ${end}`);
    try {
      await expect(verify()).resolves.toMatch(`OK: ${end - 1} acts`);
      await expect(verify('--head', known)).rejects.toThrow(`the log ends at position ${end - 1}: it was cut`);
      await expect(verify('--head', `${end - 1}:${'0'.repeat(64)}`)).rejects.toThrow('the log was written anew');
    } finally {
      await restore();
    }
    await expect(verify('--head', 'nonsense')).rejects.toThrow('Usage: verify-audit');
  });

  it('goes on at its end, whoever seals and however many at once', async () => {
    const before = headIn(await verify());
    await identity.worker().transactional(async (em) => {
      const like = await em.findOneOrFail(AuditEntry, { act: 'CONTACT_SAVED' }, { disableIdentityMap: true });
      for (let nth = 0; nth < 1_203; nth++) {
        em.create(AuditEntry, { ...like, id: `evt_${nth}` });
        em.create(AuditPending, { entryId: `evt_${nth}` });
      }
    });
    await Promise.all([1, 2, 3].map(() => sealWaiting(identity.worker())));
    await everythingSealed();
    const { rows } = await intruder.query('select count(*)::int as acts, max(position)::int as last from audit_seal');
    expect(rows[0].acts).toBe(rows[0].last);
    expect(await verify('--head', before)).toMatch(`OK: ${rows[0].acts} acts`);
  }, 30_000);
});
