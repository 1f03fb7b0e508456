import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { redrive } from './consumer-retry.ts';
import { assignedAt as assigned, type ConsumerTestbed, consumerTestbed } from './consumer-testbed.ts';
import { ticketId, until } from './event-testbed.ts';
import { Inbox } from './inbox.ts';

let bed: ConsumerTestbed;
beforeEach(async () => {
  bed = await consumerTestbed(process.env.TEST_DATABASE_ADMIN_URL);
});
afterEach(() => bed.close());

describe('a poison event', () => {
  const ripen = async (tries: number): Promise<void> => {
    for (let done = 1; done < tries; done++) {
      await until(async () => (await bed.parked())[0]?.tries === done);
      bed.pass(60_000);
    }
    await until(async () => (await bed.parked())[0]?.tries === tries);
  };

  test('is parked after five tries with its reason; other aggregates are not delayed', async () => {
    bed.broken.add(ticketId('bad'));
    await bed.publish(assigned(1, 'bad', 1), assigned(2, 'good', 1), assigned(3, 'good', 2));
    bed.consume();
    await bed.reached(3);
    expect(await bed.effects('good')).toHaveLength(2);
    await ripen(5);
    bed.pass(3_600_000);
    expect(await bed.parked()).toMatchObject([
      { eventId: 'evt_bad_1', tries: 5, reason: 'Error: the effect is impossible', nextTryAt: null },
    ]);
    expect(await bed.effects('bad')).toEqual([]);
  });

  test('is not tried before its time', async () => {
    bed.broken.add(ticketId('bad'));
    await bed.publish(assigned(1, 'bad', 1));
    bed.consume();
    await bed.reached(1);
    bed.broken.clear();
    bed.pass(199);
    await bed.publish(assigned(2, 'other', 1));
    await bed.reached(2);
    expect(await bed.parked()).toHaveLength(1);
    bed.pass(1);
    await until(async () => (await bed.parked()).length === 0);
    expect(await bed.effects('bad')).toHaveLength(1);
  });

  test('holds back the later ones of its aggregate, and redriven they come in order', async () => {
    bed.broken.add(ticketId('bad'));
    await bed.publish(assigned(1, 'bad', 1), assigned(2, 'bad', 2), assigned(3, 'good', 1), assigned(4, 'bad', 3));
    bed.consume();
    await bed.reached(4);
    await ripen(5);
    expect((await bed.parked()).map(({ version, tries }) => [version, tries])).toEqual([
      [1, 5],
      [2, 0],
      [3, 0],
    ]);
    expect(await bed.effects('bad')).toEqual([]);
    bed.broken.clear();
    expect(await redrive(bed.em(), bed.now)).toBe(1);
    await until(async () => (await bed.parked()).length === 0);
    expect((await bed.effects('bad')).map(([, version]) => version)).toEqual([1, 2, 3]);
    expect(await bed.em().count(Inbox, { aggregate: ticketId('bad') })).toBe(3);
    await bed.publish(assigned(5, 'bad', 4));
    await bed.reached(5);
    expect(await bed.effects('bad')).toHaveLength(4);
  });

  test('that breaks its own contract is parked too', async () => {
    await bed.publish(assigned(1, 'bad', 1, { data: { assigneeId: 'Carla' } }), assigned(2, 'good', 1));
    bed.consume();
    await bed.reached(2);
    expect(await bed.parked()).toHaveLength(1);
    expect(await bed.effects('good')).toHaveLength(1);
  });

  test('redriven by its id leaves the others parked', async () => {
    bed.broken.add(ticketId('bad')).add(ticketId('worse'));
    await bed.publish(assigned(1, 'bad', 1), assigned(2, 'worse', 1));
    bed.consume();
    await bed.reached(2);
    await until(async () => {
      bed.pass(60_000);
      return (await bed.parked()).every(({ tries }) => tries === 5);
    });
    bed.broken.clear();
    expect(await redrive(bed.em(), bed.now, 'evt_bad_1')).toBe(1);
    await until(async () => (await bed.parked()).length === 1);
    expect(await bed.parked()).toMatchObject([{ eventId: 'evt_worse_1' }]);
  });
});
