import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type Database, openDatabase } from './database.ts';
import { recordEvent } from './event.ts';
import { schemaOf } from './host.ts';
import { makeLog } from './log.ts';
import { BoxPacked } from './testing/toy.ts';
import { toys } from './testing/toy-service.ts';
import { type TestDatabase, testDatabase } from './testing-database.ts';
import { tellTraces } from './tracing.ts';

let scratch: TestDatabase;
let database: Database;
const lines: { msg: string; traceId: string; requestId: string }[] = [];
beforeAll(async () => {
  const schema = schemaOf(toys as never);
  scratch = await testDatabase(schema);
  const log = makeLog('toys', 'debug', { write: (line) => lines.push(JSON.parse(line)) });
  database = await openDatabase(schema.entities, { app: scratch.urls.app, worker: scratch.urls.worker, pool: 2 }, tellTraces(log, null));
}, 60_000);
afterAll(async () => {
  await database.close();
  await scratch[Symbol.asyncDispose]();
});
beforeEach(() => {
  lines.length = 0;
});

const trace = (letter: string): string => letter.repeat(32);
let version = 0;
function pack(em: EntityManager, letter: string): void {
  version += 1;
  const facts = { aggregate: 'box_a', version, data: { toys: 0 }, actor: null, audience: 'PUBLIC', at: new Date() } as const;
  recordEvent(em, BoxPacked, { ...facts, requestId: `req_${letter.repeat(8)}`, traceparent: `00-${trace(letter)}-${'b'.repeat(16)}-00` });
}

it('a commit is told once it is one, for each event that was recorded in it', async () => {
  await database.forWorker().transactional(async (em) => {
    pack(em, 'c');
    await em.flush();
    pack(em, 'd');
    await em.flush();
    expect(lines).toEqual([]);
  });
  expect(lines.map(({ msg, traceId, requestId }) => [msg, traceId, requestId])).toEqual([
    ['commit box.packed', trace('c'), 'req_cccccccc'],
    ['commit box.packed', trace('d'), 'req_dddddddd'],
  ]);
});

it('without a transaction around it the flush is the commit', async () => {
  const em = database.forWorker();
  pack(em, 'e');
  await em.flush();
  expect(lines.map(({ traceId }) => traceId)).toEqual([trace('e')]);
});

it('what is rolled back was no commit', async () => {
  const failing = database.forWorker().transactional(async (em) => {
    pack(em, 'f');
    await em.flush();
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(lines).toEqual([]);
});
