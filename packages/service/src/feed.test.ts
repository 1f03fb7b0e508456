import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { encodeCursor } from './event-cursor.ts';
import { commitEvent, type EventTestbed, eventTestbed } from './event-testbed.ts';
import { lastPlace, liveCursor, readFeed } from './feed.ts';
import { RelayLedger } from './relay-ledger.ts';

let bed: EventTestbed;
let epoch: string;

beforeAll(async () => {
  bed = await eventTestbed(process.env.TEST_DATABASE_ADMIN_URL);
  const em = bed.em();
  for (let version = 1; version <= 5; version++) await commitEvent(em, 'a', version);
  ({ epoch } = await new RelayLedger(bed.pool, 'test', 0).turn(null, 100));
  await commitEvent(em, 'a', 6);
});
afterAll(() => bed.close());

const at = (position: number, of = epoch): string => encodeCursor({ epoch: of, position });
const positions = async (after: string | null, first: number, retention?: number): Promise<number[]> =>
  (await readFeed(bed.em(), 'tickets', after, first, { retention })).events.map((event) => event.position);

describe('the feed', () => {
  test('gives envelopes in order, from the first or after a cursor, as many as asked for', async () => {
    expect(await positions(null, 2)).toEqual([1, 2]);
    expect(await positions(at(2), 2)).toEqual([3, 4]);
    expect(await positions(at(4), 10)).toEqual([5]);
    expect(await positions(at(5), 10)).toEqual([]);
  });

  test('says where it ends; what has no position yet is not in it', async () => {
    expect(await readFeed(bed.em(), 'tickets', at(4), 10)).toMatchObject({
      epoch,
      position: 5,
      events: [{ service: 'tickets', version: 5, epoch }],
    });
  });

  test.each([
    ['of another epoch', () => at(2, 'other')],
    ['from the future', () => at(6)],
    ['that is none', () => 'cursor'],
  ])('CURSOR_EXPIRED for one %s', async (_, cursor) => {
    await expect(readFeed(bed.em(), 'tickets', cursor(), 10)).rejects.toMatchObject({ extensions: { code: 'CURSOR_EXPIRED' } });
  });

  test('CURSOR_EXPIRED past what is kept', async () => {
    expect(await positions(at(3), 10, 2)).toEqual([4, 5]);
    await expect(positions(at(2), 10, 2)).rejects.toMatchObject({ extensions: { code: 'CURSOR_EXPIRED' } });
  });

  test('a live cursor is the last numbered place', async () => {
    expect(await lastPlace(bed.em())).toEqual({ epoch, position: 5 });
    expect(await liveCursor(bed.em())).toBe(at(5));
  });

  test('nobody asks for more than a page or less than one', async () => {
    expect(await positions(null, 0)).toEqual([1]);
    expect(await positions(null, 1e9)).toHaveLength(5);
  });
});
