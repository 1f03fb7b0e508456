import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defineEntity, MikroORM } from '@mikro-orm/postgresql';
import { asOwner, lacksMigration, migrate, openDatabase, type Schema } from './database.ts';
import { schemaOf } from './host.ts';
import { askAs } from './testing/ask-as.ts';
import { emptyDatabase } from './testing/empty-database.ts';
import { Toy } from './testing/toy.ts';
import { toys } from './testing/toy-service.ts';
import { type TestDatabase, testDatabase } from './testing-database.ts';
import { sqlIsWorker } from './viewer.ts';

const schema = schemaOf(toys as never);
let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase(schema);
}, 60_000);
afterAll(async () => test[Symbol.asyncDispose]());

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
    const waiting = await askAs(test.urls.owner, "select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted");
    expect(waiting).toEqual([{ n: 0 }]);
    first.resolve();
    await Promise.all([slow, ...others]);
    expect(order).toEqual(['first', 'other', 'other']);
  }, 30_000);

  it('bring an empty database up, from two replicas at once, and are no trouble the second time', async () => {
    await using empty = await emptyDatabase(test.adminUrl);
    const { urls } = empty;
    await Promise.all([migrate(schema, urls.owner), migrate(schema, urls.owner)]);
    await migrate(schema, urls.owner);
    const fresh = await openDatabase(schema.entities, { app: urls.app, worker: urls.worker, pool: 1 });
    expect(await fresh.forWorker().count(Toy)).toBe(0);
    await fresh.close();
  }, 30_000);

  it('need no folder: a new service has none yet', async () => {
    const bare: Schema = { ...schema, migrations: '/nowhere/at/all' };
    await expect(asOwner(bare, test.urls.owner, async (orm) => orm instanceof MikroORM)).resolves.toBe(true);
  });
});
