import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EntityManager, UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import pg from 'pg';
import { type Database, openDatabase } from './database.ts';
import { schemaOf } from './host.ts';
import { Box } from './testing/toy.ts';
import { ana, gisele } from './testing/toy-people.ts';
import { toyIds, toys } from './testing/toy-service.ts';
import { type TestDatabase, testDatabase } from './testing-database.ts';
import { anonymous, type Viewer } from './viewer.ts';

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

const DENIED = '42501';

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

  const box = (id: string, changes: object = {}) => ({
    ...{ id: `box_${id}`, organizationId: toyIds.org, label: `it's \\ "`, hiddenIn: '', open: true, version: 0 },
    ...changes,
  });

  it('reads what it has inserted', async () => {
    await expect(
      database.forViewer(ana).transactional(async (em) => {
        await em.insert(Box, box('read'));
        expect(await em.findOne(Box, { id: 'box_read' })).toMatchObject({ label: `it's \\ "`, open: true });
        throw new Error('back');
      }),
    ).rejects.toThrow('back');
    expect(await database.forWorker().count(Box, { id: 'box_read' })).toBe(0);
  });

  it('fails as an insert in it fails, whatever came after', async () => {
    const twice = (em: EntityManager) => em.insertMany(Box, [box('twice'), box('twice')]);
    await expect(database.forViewer(ana).transactional(twice)).rejects.toBeInstanceOf(UniqueConstraintViolationException);
    const foreign = (em: EntityManager) => em.insert(Box, box('foreign', { organizationId: toyIds.other }));
    await expect(database.forViewer(ana).transactional(foreign)).rejects.toMatchObject({ code: DENIED });
    const going = database.forViewer(ana).transactional(async (em) => {
      await foreign(em);
      await em.count(Box);
    });
    await expect(going).rejects.toMatchObject({ code: DENIED });
    expect(await database.forViewer(ana).count(Box)).toBe(2);
  });

  it('is not taken for committed when somebody caught the error that its insert caused', async () => {
    const inserting = database.forWorker().transactional(async (em) => {
      await em.insertMany(Box, [box('caught'), box('caught')]);
      await em.transactional((inner) => inner.count(Box)).catch(() => {});
    });
    await expect(inserting).rejects.toThrow('nothing of it is kept');
  });

  it('undoes with a savepoint what was inserted after it', async () => {
    await database.forWorker().transactional(async (em) => {
      await em.insert(Box, box('kept'));
      await em
        .transactional(async (inner) => {
          await inner.insert(Box, box('lost'));
          throw new Error('back');
        })
        .catch(() => {});
    });
    expect(await database.forWorker().find(Box, { id: ['box_kept', 'box_lost'] })).toMatchObject([{ id: 'box_kept' }]);
    await database.forWorker().nativeDelete(Box, { id: 'box_kept' });
  });

  it('takes parameters of the driver’s own kind', async () => {
    const found = await database.forViewer(ana).transactional((em) => em.execute('select ?::text as a, ?::int as b', [`it's \\ "`, 7]));
    expect(found).toEqual([{ a: `it's \\ "`, b: 7 }]);
  });
});

describe('round trips', () => {
  async function messagesOf(work: () => Promise<unknown>): Promise<string[]> {
    const { query } = pg.Client.prototype;
    const messages: string[] = [];
    let isGoingOn = false; // what is sent in one turn goes in one piece
    pg.Client.prototype.query = function (this: pg.Client, ...given: [string | { text: string }]) {
      const text = typeof given[0] === 'string' ? given[0] : given[0].text;
      messages.push(isGoingOn ? `${messages.pop()} | ${text}` : text);
      isGoingOn = true;
      queueMicrotask(() => {
        isGoingOn = false;
      });
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

  it('are one for a transaction that only inserts', async () => {
    const rows = ['one', 'two'].map((id) => ({
      id: `box_${id}`,
      organizationId: toyIds.other,
      label: id,
      hiddenIn: '',
      open: true,
      version: 0,
    }));
    const messages = await messagesOf(() => database.forWorker().transactional((em) => em.insertMany(Box, rows)));
    expect(messages).toEqual([expect.stringMatching(/^begin \| insert into "box" .* values \(\$1, .*\), \(.*\$12\) \| commit$/)]);
    await database.forWorker().nativeDelete(Box, { id: ['box_one', 'box_two'] });
  });

  it('are none for a transaction that asked nothing', async () => {
    expect(await messagesOf(() => database.forViewer(ana).transactional(async () => {}))).toEqual([]);
  });
});
