import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { untilReady } from './database-ready.ts';
import { schemaOf } from './host.ts';
import { makeLog } from './log.ts';
import { askAs } from './testing/ask-as.ts';
import { toys } from './testing/toy-service.ts';
import { type TestDatabase, testDatabase } from './testing-database.ts';

const schema = schemaOf(toys as never);
let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase(schema);
}, 60_000);
afterAll(async () => test[Symbol.asyncDispose]());

const as = (role: 'app' | 'worker', statement: string) => askAs(test.urls[role], statement);
const DENIED = '42501';

describe('the role of requests', () => {
  it.each([
    "update event set type = 'x'",
    'delete from event',
    'truncate event',
    'select 1 from inbox',
    'delete from parked_event',
    'select 1 from consumer_position',
    'update relay set last_position = 0',
    'delete from idempotency',
    "update idempotency set result_id = 'x'",
    'select 1 from mikro_orm_migrations',
    'alter table box disable row level security',
    'drop table box',
    'create table mine (a int)',
    'create temporary table mine (a int)',
    'set role toys_worker',
    'set role toys_owner',
    "copy box to program 'cat'",
    "select pg_read_file('PG_VERSION')",
  ])('may not: %s', async (statement) => {
    expect(await as('app', statement)).toBe(DENIED);
  });

  it('sees nothing at all without a viewer', async () => {
    expect(
      await as('app', 'select 1 from box union all select 1 from toy union all select 1 from event union all select 1 from idempotency'),
    ).toEqual([]);
  });
});

describe('the role of timers, consumers and the relay', () => {
  it.each([
    'delete from event',
    "update event set data = '{}'",
    "update event set type = 'x'",
    'select 1 from mikro_orm_migrations',
    'drop table event',
    'set role toys_owner',
    'truncate box',
  ])('may not: %s', async (statement) => {
    expect(await as('worker', statement)).toBe(DENIED);
  });

  it.each([
    'update event set position = 1 where false',
    'delete from inbox where false',
    'update relay set last_position = 0 where false',
    'delete from idempotency where false',
  ])('may: %s', async (statement) => {
    expect(await as('worker', statement)).toEqual([]);
  });
});

describe('both roles', () => {
  it.each(['app', 'worker'] as const)('%s is held by time-outs and owns nothing', async (role) => {
    expect(
      await as(
        role,
        "select current_setting('statement_timeout') <> '0' as slow, current_setting('lock_timeout') <> '0' as locked, current_setting('idle_in_transaction_session_timeout') <> '0' as idle",
      ),
    ).toEqual([{ slow: true, locked: true, idle: true }]);
    expect(await as(role, 'select count(*)::int as owned from pg_class where relowner = current_user::regrole')).toEqual([{ owned: 0 }]);
  });

  it('a superuser, or one who may walk around row-level security, does not serve', async () => {
    const log = makeLog('toys', 'silent');
    const mighty = new URL(test.adminUrl);
    mighty.pathname = `/${test.name}`;
    await expect(untilReady(mighty.href, true, { log })).rejects.toThrow(/row-level security does not hold for the role/);
  });
});
