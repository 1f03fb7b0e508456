import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { commitEvent, type EventTestbed, eventTestbed, ticketId } from './event-testbed.ts';
import { RelayLedger } from './relay-ledger.ts';

let bed: EventTestbed;
beforeEach(async () => {
  bed = await eventTestbed(process.env.TEST_DATABASE_ADMIN_URL);
});
afterEach(() => bed.close());

describe('numbering', () => {
  test('versions of an aggregate are in order even where the clocks of their writers were not', async () => {
    const em = bed.em();
    for (const version of [3, 1, 2]) await commitEvent(em, 'a', version);
    await commitEvent(em, 'b', 1);
    const ledger = new RelayLedger(bed.pool, 'test', 1_000);
    const turn = await ledger.turn(null, 10);
    expect(turn).toMatchObject({ holds: true, position: 4 });
    const rows = await ledger.numbered(0, 10);
    expect(turn.numbered).toEqual(rows);
    expect(rows.map(({ aggregate, version }) => [aggregate, version])).toEqual([
      [ticketId('a'), 1],
      [ticketId('a'), 2],
      [ticketId('a'), 3],
      [ticketId('b'), 1],
    ]);
  });

  test('a small batch takes the whole of its aggregates', async () => {
    const em = bed.em();
    for (const version of [2, 1]) await commitEvent(em, 'a', version);
    const ledger = new RelayLedger(bed.pool, 'test', 1_000);
    await ledger.turn(null, 1);
    expect((await ledger.numbered(0, 10)).map((row) => row.version)).toEqual([1, 2]);
  });

  test('an uncommitted event gets no position and leaves no gap', async () => {
    const ledger = new RelayLedger(bed.pool, 'test', 1_000);
    const open = bed.em();
    await open.begin();
    await commitEvent(open, 'slow', 1);
    await commitEvent(bed.em(), 'fast', 1);
    expect(await ledger.turn(null, 10)).toMatchObject({ position: 1 });
    await open.commit();
    expect(await ledger.turn(null, 10)).toMatchObject({ position: 2 });
  });

  test('while one replica holds the lease another does nothing; afterwards it goes on', async () => {
    const [first, second] = [new RelayLedger(bed.pool, 'first', 60_000), new RelayLedger(bed.pool, 'second', 60_000)];
    await commitEvent(bed.em(), 'a', 1);
    expect(await first.turn(null, 10)).toMatchObject({ holds: true, numbered: { length: 1 } });
    await commitEvent(bed.em(), 'a', 2);
    expect(await second.turn(null, 10)).toMatchObject({ holds: false, numbered: [], position: 1 });
    await first.release();
    expect(await second.turn(null, 10)).toMatchObject({ holds: true, numbered: { length: 1 }, position: 2 });
  });
});
