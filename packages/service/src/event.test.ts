import { TicketAssigned } from '@atende/events';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import { envelopeOf, recordEvent } from './event.ts';
import { commitEvent, type EventTestbed, eventTestbed, TestEvent, ticketId } from './event-testbed.ts';

let bed: EventTestbed;
beforeAll(async () => {
  bed = await eventTestbed(process.env.TEST_DATABASE_ADMIN_URL);
});
afterAll(() => bed.close());

describe('recording an event', () => {
  test('commits with the change and waits for its position', async () => {
    await commitEvent(bed.em(), 'a', 1);
    const row = await bed.em().findOneOrFail(TestEvent, { aggregate: ticketId('a') });
    expect(row).toMatchObject({ type: 'ticket.assigned', v: 1, version: 1, actor: null, position: null, requestId: null });
    expect(row.at.getTime()).toBeGreaterThan(0);
  });

  test('rolls back with the change', async () => {
    await bed
      .em()
      .transactional(async (em) => {
        await commitEvent(em, 'rolled back', 1);
        throw new Error('change of mind');
      })
      .catch(() => {});
    expect(await bed.em().count(TestEvent, { aggregate: ticketId('rolled back') })).toBe(0);
  });

  test('A_VERSION_IS_TAKEN_ONCE', async () => {
    await commitEvent(bed.em(), 'b', 1);
    await expect(commitEvent(bed.em(), 'b', 1)).rejects.toBeInstanceOf(UniqueConstraintViolationException);
  });

  test('data that break the contract are refused before anything is written', () => {
    const facts = { aggregate: ticketId('c'), version: 1, actor: null, audience: 'PUBLIC' as const, at: new Date() };
    const data = { fromStatus: 'NEW', toStatus: 'NEW', before: {}, after: {}, assigneeId: 'Carla', groupId: null } as const;
    expect(() => recordEvent(bed.em(), TicketAssigned, { ...facts, data })).toThrow();
  });

  test('without a position there is no envelope', async () => {
    const row = await bed.em().findOneOrFail(TestEvent, { aggregate: ticketId('a') });
    expect(() => envelopeOf(row, 'tickets', 'one')).toThrow('no position');
    expect(envelopeOf(Object.assign(row, { position: 7 }), 'tickets', 'one')).toMatchObject({
      service: 'tickets',
      position: 7,
      epoch: 'one',
      at: row.at.toISOString(),
    });
  });
});
