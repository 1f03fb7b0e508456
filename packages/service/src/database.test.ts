import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defineEntity, type EntityManager, MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import { asOwner, type Database, lacksMigration, migrate, openDatabase, type Schema } from './database.ts';
import { untilReady } from './database-ready.ts';
import { schemaOf } from './host.ts';
import { makeLog } from './log.ts';
import { provisionDatabase } from './provision.ts';
import { Box, Toy } from './testing/toy.ts';
import { ana, gisele } from './testing/toy-people.ts';
import { toyIds, toys } from './testing/toy-service.ts';
import { type TestDatabase, testDatabase } from './testing-database.ts';
import { anonymous, sqlIsWorker, type Viewer } from './viewer.ts';

const schema = schemaOf(toys as never);
let test: TestDatabase;
let database: Database;
beforeAll(async () => {
  test = await testDatabase(schema);
  database = await openDatabase(schema.entities, { app: test.urls.app, worker: test.urls.worker, pool: 1 }); // one: whatever a connection kept would be seen
  await toys.seedDemo?.({ em: database.forWorker(), now: new Date(), deps: {} });
}, 60_000);
afterAll(async () => {
  await database.close();
  await test[Symbol.asyncDispose]();
});

async function as(role: 'app' | 'worker' | 'owner', statement: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: test.urls[role] });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    await client.end();
  }
}
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

describe('a unit of work of a viewer', () => {
  const seen = async (viewer: Viewer) => (await database.forViewer(viewer).find(Box, {}, { orderBy: { id: 'asc' } })).map(({ id }) => id);

  it('sees its own rows, one after the other on one connection', async () => {
    expect(await seen(ana)).toEqual([toyIds.box, toyIds.shut]);
    expect(await seen(anonymous)).toEqual([]);
    expect(await seen(gisele)).toEqual([toyIds.foreign]);
    expect(await seen(ana)).toHaveLength(2);
  });

  it('keeps to it in every way of asking', async () => {
    const em = database.forViewer(ana);
    expect(await em.count(Box)).toBe(2);
    expect((await em.findAndCount(Box, {}, { limit: 1 }))[1]).toBe(2);
    expect(await em.execute('select id from box')).toHaveLength(2);
    expect(await em.createQueryBuilder(Box).getResultList()).toHaveLength(2);
    expect(await em.findOne(Box, { id: toyIds.foreign })).toBeNull();
    expect(await em.nativeUpdate(Box, { id: toyIds.foreign }, { label: 'mine' })).toBe(0);
    expect(await em.nativeDelete(Box, { id: toyIds.foreign })).toBe(0);
    expect(await em.transactional((own) => own.count(Box))).toBe(2);
  });

  it('leaves nothing behind on its connection', async () => {
    await seen(ana);
    await database.forViewer(ana).transactional((own) => own.count(Box));
    await database
      .forViewer(ana)
      .execute('select 1/0')
      .catch(() => {});
    expect(await database.forWorker().execute("select 1 from box where current_setting('app.person', true) <> ''")).toEqual([]);
    expect(await seen(anonymous)).toEqual([]);
  });

  it('may hold quotes and backslashes in what it is', async () => {
    const odd = { ...ana, personId: `per_'); drop table box; --\\'`, groups: ["it's"] };
    expect(
      await database.forViewer(odd).execute("select current_setting('app.person') as person, current_setting('app.groups') as groups"),
    ).toEqual([{ person: odd.personId, groups: "it's" }]);
  });

  it('cannot write rows it may not see', async () => {
    const foreign = { id: 'box_mine', organizationId: toyIds.other, label: '', hiddenIn: '', open: true, version: 0 };
    await expect(database.forViewer(ana).insert(Box, foreign)).rejects.toMatchObject({ code: DENIED });
  });
});

describe('a transaction', () => {
  const rename = (em: EntityManager, label: string) => em.nativeUpdate(Box, { id: toyIds.box }, { label });
  const label = async () => (await database.forWorker().findOneOrFail(Box, toyIds.box)).label;

  it.each<[string, (viewer?: Viewer) => EntityManager]>([
    ['a viewer', () => database.forViewer(ana)],
    ['the worker', () => database.forWorker()],
  ])('of %s commits whole or not at all', async (_, fork) => {
    await fork().transactional(async (em) => {
      await rename(em, 'one');
      await rename(em, 'two');
    });
    expect(await label()).toBe('two');
    const failing = fork().transactional(async (em) => {
      await rename(em, 'three');
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await label()).toBe('two');
  });

  it('that fails at its first statement, or has none, leaves the connection usable', async () => {
    const em = database.forViewer(ana);
    await expect(em.transactional((own) => own.execute('select 1/0'))).rejects.toMatchObject({ code: '22012' });
    await em.transactional(async () => {});
    await expect(em.transactional(() => Promise.reject(new Error('nothing asked')))).rejects.toThrow('nothing asked');
    expect(await em.count(Box)).toBe(2);
  });

  it('has savepoints', async () => {
    await database.forViewer(ana).transactional(async (em) => {
      await em.transactional((inner) => rename(inner, 'kept'));
      await em
        .transactional(async (inner) => {
          await rename(inner, 'lost');
          throw new Error('back');
        })
        .catch(() => {});
    });
    expect(await label()).toBe('kept');
  });

  it('takes parameters of the driver’s own kind', async () => {
    const found = await database.forViewer(ana).transactional((em) => em.execute('select ?::text as a, ?::int as b', [`it's \\ "`, 7]));
    expect(found).toEqual([{ a: `it's \\ "`, b: 7 }]);
  });
});

describe('migrations', () => {
  it('say what the entities say', async () => {
    expect(await lacksMigration(schema, test.urls.owner)).toBe(false);
  });

  it('lack what an entity says newly', async () => {
    const New = defineEntity({
      name: 'New',
      tableName: 'new',
      rowLevelSecurity: 'force',
      policies: [{ name: 'worker', using: sqlIsWorker }],
      properties: (p) => ({ id: p.text().primary() }),
    });
    expect(await lacksMigration({ ...schema, entities: [...schema.entities, New] }, test.urls.owner)).toBe(true);
  });

  it('run once when replicas start at once, however long the first one takes', async () => {
    const order: string[] = [];
    const first = Promise.withResolvers<void>();
    const entered = Promise.withResolvers<void>();
    const slow = asOwner(schema, test.urls.owner, async () => {
      entered.resolve();
      await first.promise;
      order.push('first');
    });
    await entered.promise;
    const others = [1, 2].map(() => migrate(schema, test.urls.owner).then(() => order.push('other')));
    // The others wait without a statement of their own that would time out or hold a snapshot.
    const waiting = await as('owner', "select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted");
    expect(waiting).toEqual([{ n: 0 }]);
    first.resolve();
    await Promise.all([slow, ...others]);
    expect(order).toEqual(['first', 'other', 'other']);
  }, 30_000);

  it('bring an empty database up, from two replicas at once, and are no trouble the second time', async () => {
    const name = `test_toys_fresh_${process.pid}`;
    const passwords = { owner: 'test', app: 'test', worker: 'test' };
    const urls = await provisionDatabase({ adminUrl: test.adminUrl, name: 'toys', database: name, passwords });
    await Promise.all([migrate(schema, urls.owner), migrate(schema, urls.owner)]);
    await migrate(schema, urls.owner);
    const fresh = await openDatabase(schema.entities, { app: urls.app, worker: urls.worker, pool: 1 });
    expect(await fresh.forWorker().count(Toy)).toBe(0);
    await fresh.close();
    await using admin = Object.assign(new pg.Client({ connectionString: test.adminUrl }), { [Symbol.asyncDispose]: () => admin.end() });
    await admin.connect();
    await admin.query(`drop database ${name} with (force)`);
  }, 30_000);

  it('need no folder: a new service has none yet', async () => {
    const bare: Schema = { ...schema, migrations: '/nowhere/at/all' };
    await expect(asOwner(bare, test.urls.owner, async (orm) => orm instanceof MikroORM)).resolves.toBe(true);
  });
});

describe('round trips', () => {
  async function messagesOf(work: () => Promise<unknown>): Promise<string[]> {
    const { query } = pg.Client.prototype;
    const messages: string[] = [];
    pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
      messages.push(String(given[0]));
      return Reflect.apply(query, this, given);
    } as never;
    try {
      await work();
    } finally {
      pg.Client.prototype.query = query;
    }
    return messages;
  }

  it('are one for a read of a viewer', async () => {
    const messages = await messagesOf(() => database.forViewer(ana).find(Box, {}));
    expect(messages).toEqual([expect.stringMatching(/^select set_config\('app.kind', 'PERSON', true\).*;select .* from "box"/)]);
  });

  it('are two for a transaction of one statement', async () => {
    const messages = await messagesOf(() => database.forViewer(ana).transactional((em) => em.count(Box)));
    expect(messages).toEqual([expect.stringMatching(/^begin;select set_config\(.*;select count/), 'commit']);
  });

  it('are none for a transaction that asked nothing', async () => {
    expect(await messagesOf(() => database.forViewer(ana).transactional(async () => {}))).toEqual([]);
  });
});
