import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Backlog, type Pulse, startPulse } from './database-pulse.ts';
import { schemaOf } from './host.ts';
import { makeLog } from './log.ts';
import { houseBacklogs } from './service-metrics.ts';
import { toys } from './testing/toy-service.ts';
import { latePostgres } from './testing/waiting.ts';
import { makeTestClock } from './testing-clock.ts';
import { type TestDatabase, testDatabase } from './testing-database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase(schemaOf(toys as never));
}, 60_000);
afterAll(async () => {
  await database[Symbol.asyncDispose]();
});

interface Looking {
  changes: boolean[];
  lines: { level: number; msg: string }[];
  found: Map<string, number | null>;
  pulse: Pulse;
  /** Resolves after a look at which it is so. */
  seen(what: () => boolean): Promise<void>;
}

function look(url: string, backlogs: readonly Backlog[]): Looking {
  const looking = { changes: [] as boolean[], lines: [] as Looking['lines'], found: new Map<string, number | null>() };
  const waiting = new Set<() => void>();
  const pulse = startPulse({
    ...{ service: 'toys', url, backlogs, clock: makeTestClock(), everyMs: 5 },
    log: makeLog('toys', 'info', { write: (line) => looking.lines.push(JSON.parse(line)) }),
    onChange: (isThere) => looking.changes.push(isThere),
    found(backlog, count) {
      looking.found.set(backlog, count);
      for (const again of waiting) again();
    },
  });
  const seen = (what: () => boolean) =>
    new Promise<void>((resolve) => {
      const again = () => what() && resolve();
      waiting.add(again);
      again();
    });
  return { ...looking, pulse, seen };
}

it('says once that the database is gone, and once that it is back, and counts what piles up meanwhile', async () => {
  await using late = await latePostgres(database.urls.worker);
  await late.appear();
  const url = Object.assign(new URL(database.urls.worker), { port: String(late.port) }).href;
  const moment = { name: 'atende_moment', help: 'The year', sql: 'extract(year from $1::timestamptz)' };
  const { changes, found, lines, pulse, seen } = look(url, [...houseBacklogs, moment]);
  await seen(() => found.get('atende_moment') === 2026);
  expect([...found.values()].slice(0, 3)).toEqual([0, 0, 0]);
  await late.vanish();
  await seen(() => found.get('atende_events_parked') === null && changes.length === 1);
  await late.appear();
  await seen(() => found.get('atende_events_parked') === 0 && changes.length === 2);
  await pulse.stop();
  expect(changes).toEqual([false, true]);
  expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
    [40, 'the database is away; not ready until it is back'],
    [30, 'the database is back'],
  ]);
});

it('takes a question that PostgreSQL does not understand for a defect, not for an absence', async () => {
  let looks = 0;
  const { changes, found, lines, pulse, seen } = look(database.urls.worker, [{ name: 'atende_nothing', help: '', sql: 'select nowhere' }]);
  await seen(() => found.get('atende_nothing') === null && ++looks > 5);
  await pulse.stop();
  expect([changes, lines.map(({ level, msg }) => [level, msg])]).toEqual([[], [[50, 'what piles up in the database cannot be counted']]]);
});
