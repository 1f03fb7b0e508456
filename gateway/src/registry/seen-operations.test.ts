import { makeLog } from '@atende/service/process';
import { afterEach, describe, expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { prepareDocument } from '../document.ts';
import { LIMITS } from '../limits.ts';
import type { SeenOperation } from './seen-operation.ts';
import { SeenOperations } from './seen-operations.ts';

const schema = buildSchema('type Query { ticket(id: ID!): Ticket, number: Int } type Ticket { id: ID!, subject: String! }');
const recorders: SeenOperations[] = [];
afterEach(() => Promise.all(recorders.splice(0).map((recorder) => recorder.close(0))));

function operationOf(source: string) {
  const prepared = prepareDocument(source, { schema, personal: new Set(), attempts: new Set(), introspection: false, limits: LIMITS });
  if (!('operations' in prepared) || !prepared.operations[0]) throw new Error(JSON.stringify(prepared));
  return prepared.operations[0];
}

function open(report?: (seen: readonly SeenOperation[]) => Promise<void>) {
  const reported: SeenOperation[] = [];
  const keep = async (seen: readonly SeenOperation[]) => void reported.push(...seen);
  const recorder = new SeenOperations({
    report: report ?? keep,
    clients: new Set(['portal']),
    log: makeLog('gateway', 'silent'),
    every: 3_600_000,
  });
  recorders.push(recorder);
  return { recorder, reported };
}

describe('operations that were seen', () => {
  test('are reported with how often they ran and who sent them, by the name of clients on the list only', async () => {
    const { recorder, reported } = open();
    const page = operationOf('query Page { ticket(id: "tkt_secret") { subject } }');
    recorder.note(page, schema, 'portal 1');
    recorder.note(page, schema, 'portal 1');
    recorder.note(page, schema, 'stranger 9');
    recorder.note(page, schema, undefined);
    await recorder.report();
    expect(reported).toEqual([
      {
        name: 'Page',
        document: '{ticket(id:""){subject}}',
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        uses: ['Query.ticket', 'Query.ticket(id:)', 'Ticket.subject'],
        count: 4,
        clients: { 'portal 1': 2 },
        first: expect.any(String),
        last: expect.any(String),
      },
    ]);
    await recorder.report();
    expect(reported).toHaveLength(1);
    recorder.note(page, schema, undefined);
    await recorder.report();
    expect(reported[1]).toMatchObject({ count: 1, clients: {} });
  });

  test('take no more clients of one operation than are kept, whatever versions somebody makes up', async () => {
    const { recorder, reported } = open();
    const operation = operationOf('{ number }');
    for (let at = 0; at < 100; at++) recorder.note(operation, schema, `portal ${at}`);
    await recorder.report();
    expect([reported[0]?.count, Object.keys(reported[0]?.clients ?? {}).length]).toEqual([100, 20]);
  });

  test('are one where only values and names of the author differ, two where the names of the operations do', async () => {
    const { recorder, reported } = open();
    for (const source of ['{ ticket(id: 1) { id } }', '{ ticket(id: "2") { id: id } }', 'query A { ticket(id: 3) { id } }'])
      recorder.note(operationOf(source), schema, undefined);
    await recorder.report();
    expect(reported.map(({ name, count }) => [name, count])).toEqual([
      [null, 2],
      ['A', 1],
    ]);
  });

  test('wait while nobody takes the report, and are offered again', async () => {
    let isAway = true;
    const reported: SeenOperation[] = [];
    const { recorder } = open(async (seen) => {
      if (isAway) throw new Error('away');
      reported.push(...seen);
    });
    const operation = operationOf('{ number }');
    recorder.note(operation, schema, undefined);
    await recorder.report();
    recorder.note(operation, schema, undefined);
    await recorder.report();
    isAway = false;
    await recorder.report();
    expect(reported).toMatchObject([{ count: 2 }]);
  });

  test('something new is reported soon, without being asked', async () => {
    const said = Promise.withResolvers<readonly SeenOperation[]>();
    const { recorder } = open(async (seen) => said.resolve(seen));
    recorder.note(operationOf('{ number }'), schema, undefined);
    expect(await said.promise).toHaveLength(1);
  });

  test('a flood of different ones takes no more room than there is, however long nobody takes the report', async () => {
    let isAway = true;
    const sizes: number[] = [];
    const kept = new Set<string | null>();
    const { recorder } = open(async (seen) => {
      sizes.push(seen.length);
      if (isAway) throw new Error('away');
      for (const { name } of seen) kept.add(name);
    });
    for (const round of ['A', 'B']) {
      for (let at = 0; at < 1_500; at++) recorder.note(operationOf(`query ${round}${at} { number }`), schema, undefined);
      await recorder.report();
    }
    isAway = false;
    await recorder.report();
    expect([Math.max(...sizes), kept.size]).toEqual([500, 2_000]);
  });

  test('in one moment no more are taken than are kept', async () => {
    const { recorder, reported } = open();
    for (let at = 0; at < 2_100; at++) recorder.note(operationOf(`query Q${at} { number }`), schema, undefined);
    await recorder.report();
    expect(reported).toHaveLength(2_000);
  });

  test('the end waits for the last report, and no longer than it may', async () => {
    const { recorder, reported } = open();
    recorder.note(operationOf('{ number }'), schema, undefined);
    await recorder.close();
    expect(reported).toHaveLength(1);
    const hanging = open(() => new Promise(() => undefined));
    hanging.recorder.note(operationOf('{ number }'), schema, undefined);
    await hanging.recorder.close(1);
  });
});
