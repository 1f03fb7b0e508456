import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { assigned, commitEvent, type EventTestbed, eventTestbed, TestEvent } from './event-testbed.ts';
import { WakeRelay } from './relay-wake.ts';

let bed: EventTestbed;
let calls = 0;
beforeAll(async () => {
  bed = await eventTestbed(process.env.TEST_DATABASE_ADMIN_URL);
  bed.orm.em.getEventManager().registerSubscriber(new WakeRelay(() => void calls++));
});
afterAll(() => bed.close());
beforeEach(() => {
  calls = 0;
});

describe('the relay is woken', () => {
  test('after a flush that recorded an event', async () => {
    await commitEvent(bed.em(), 'a', 1);
    expect(calls).toBe(1);
  });

  test('after the commit of a transaction that did, and not before', async () => {
    await bed.em().transactional(async (em) => {
      await commitEvent(em, 'b', 1);
      expect(calls).toBe(0);
    });
    expect(calls).toBe(1);
  });

  test('once for a transaction that flushes at its end', async () => {
    await bed.em().transactional(async (em) => void assigned(em, 'c', 1));
    expect(calls).toBe(1);
  });

  test('neither by reading nor by a rollback', async () => {
    await bed.em().transactional(async (em) => void (await em.find(TestEvent, {})));
    await bed
      .em()
      .transactional(async (em) => {
        await commitEvent(em, 'd', 1);
        throw new Error('change of mind');
      })
      .catch(() => {});
    expect(calls).toBe(0);
  });
});
