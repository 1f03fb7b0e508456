import { demoId } from '@atende/service';
import type { TestService } from '@atende/service/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { TicketEventRow } from './history/ticket-event.ts';
import { Deadline } from './lifecycle/deadline.ts';
import { LifecyclePolicy } from './lifecycle/lifecycle-policy.ts';
import { ana, bruno, carla } from './seed/demo-people.ts';
import { BORN, buildTicket } from './testing/build-ticket.ts';
import { act, open, startTickets, timeActs } from './testing-tickets.ts';
import { Ticket } from './ticket/ticket.ts';

const DAY = 86_400_000; // ms
let service: TestService;
beforeAll(async () => {
  service = await startTickets();
}, 60_000);
afterEach(() => service.worker().execute('delete from deadline'));
afterAll(() => service[Symbol.asyncDispose]());

const read = (id: string): Promise<Ticket> => service.worker().findOneOrFail(Ticket, id);
const typesOf = async (id: string): Promise<string[]> =>
  (await service.worker().find(TicketEventRow, { aggregate: id }, { orderBy: { version: 'asc' } })).map(({ type }) =>
    type.slice('ticket.'.length),
  );
const ask = (ticketId: string) => act(service, carla, 'requestInformation', { ticketId, body: 'Qual a versão?' });
const reply = (ticketId: string) => act(service, bruno, 'replyToTicket', { ticketId, body: 'A 12.1.2410.' });

/** Tickets that wait for their client, with a timer that is due now. */
async function storeWaiting(count: number, name: string): Promise<string[]> {
  const em = service.worker();
  const dueAt = service.clock.now();
  const tickets = Array.from({ length: count }, (_, index) =>
    buildTicket({
      id: demoId('tkt', `${name}-${index}`),
      number: `${name}-${index}`,
      version: 2,
      status: 'PENDING',
      stay: 1,
      dueTo: 'CUSTOMER_VALIDATION',
      dueAt,
      createdAt: BORN,
    }),
  );
  await em.insertMany(
    Ticket,
    tickets.map(({ ...ticket }) => ticket),
  );
  await em.insertMany(
    Deadline,
    tickets.map(({ id }) => ({ ticketId: id, stay: 1, kind: 'EXPIRY' as const, dueAt })),
  );
  return tickets.map(({ id }) => id);
}

describe('timers', () => {
  it('are never early and act at the minute, one after the other', async () => {
    const { id } = await open(service, bruno);
    await ask(id);
    service.clock.advance(7 * DAY - 1);
    await timeActs(service);
    expect((await read(id)).status).toBe('PENDING');
    service.clock.advance(1);
    await timeActs(service);
    expect(await read(id)).toMatchObject({
      status: 'CUSTOMER_VALIDATION',
      dueTo: 'CLOSED',
      dueAt: new Date(service.clock.now().getTime() + 5 * DAY),
    });
    service.clock.advance(5 * DAY);
    await timeActs(service);
    expect(await read(id)).toMatchObject({ status: 'CLOSED', dueAt: null });
    expect(await typesOf(id)).toEqual([
      'opened',
      'access',
      'taken',
      'access',
      'information_requested',
      'reminded',
      'validation_started',
      'closed',
    ]);
  });

  it('remind a day before, once, at the time that it is for', async () => {
    const { id } = await open(service, bruno);
    await ask(id);
    service.clock.advance(6 * DAY - 1);
    await timeActs(service);
    expect(await typesOf(id)).not.toContain('reminded');
    service.clock.advance(1);
    await timeActs(service);
    await timeActs(service);
    expect((await typesOf(id)).filter((type) => type === 'reminded')).toHaveLength(1);
  });

  it('of a stay that is over do nothing', async () => {
    const { id } = await open(service, bruno);
    await ask(id);
    service.clock.advance(3 * DAY);
    await reply(id);
    await ask(id);
    service.clock.advance(4 * DAY); // the first question's seven days
    await timeActs(service);
    expect((await read(id)).status).toBe('PENDING');
    expect(await service.worker().count(Deadline, { ticketId: id, stay: 2 })).toBe(0);
  });

  it('are caught up after an outage, without a reminder of what is over and with the whole time of the next one', async () => {
    const { id } = await open(service, bruno);
    await ask(id);
    service.clock.advance(10 * DAY); // nobody was there for three days
    await timeActs(service);
    expect(await read(id)).toMatchObject({ status: 'CUSTOMER_VALIDATION', dueAt: new Date(service.clock.now().getTime() + 5 * DAY) });
    expect(await typesOf(id)).not.toContain('reminded');
  });

  it('keep the moment they were set to when the setting changes; the next ones follow it', async () => {
    const { id } = await open(service, bruno);
    await ask(id);
    const set = (await read(id)).dueAt;
    const em = service.worker();
    const rules = [
      { id: 'prime', when: { plan: ['PRIME' as const] }, pending: 'P2D', customerValidation: 'P1D', resolved: 'P1D', reminder: 'PT1H' },
      { id: 'usual', when: {}, pending: 'P7D', customerValidation: 'P5D', resolved: 'P5D', reminder: 'P1D' },
    ];
    em.create(LifecyclePolicy, { edition: 2, rules, at: service.clock.now() });
    await em.flush();
    expect((await read(id)).dueAt).toEqual(set);
    service.clock.advance(7 * DAY);
    await timeActs(service);
    expect(await read(id)).toMatchObject({ status: 'CUSTOMER_VALIDATION', dueAt: new Date(service.clock.now().getTime() + DAY) });
    await em.nativeDelete(LifecyclePolicy, { edition: 2 });
  });
});

describe('several workers at once', () => {
  it('let each timer act once', async () => {
    const ids = await storeWaiting(250, 'shared');
    await Promise.all([timeActs(service), timeActs(service), timeActs(service)]);
    await timeActs(service);
    const tickets = await service.worker().find(Ticket, { id: { $in: ids } });
    expect(new Set(tickets.map(({ status, version }) => `${status} ${version}`))).toEqual(new Set(['CUSTOMER_VALIDATION 3']));
    expect(await service.worker().count(TicketEventRow, { aggregate: { $in: ids } })).toBe(ids.length);
  }, 60_000);

  it('do not wait for a timer that another holds', async () => {
    const [held = '', free = ''] = await storeWaiting(2, 'held');
    await service.worker().transactional(async (em) => {
      await em.execute('select 1 from deadline where ticket_id = ? for update', [held]);
      await timeActs(service);
    });
    expect([(await read(held)).status, (await read(free)).status]).toEqual(['PENDING', 'CUSTOMER_VALIDATION']);
    await timeActs(service);
    expect((await read(held)).status).toBe('CUSTOMER_VALIDATION');
  });

  it('are not held up by a timer that fails, which is tried again', async () => {
    const ids = await storeWaiting(30, 'poisoned');
    const [bad = ''] = ids.splice(13, 1); // neither the first nor the last
    const good = ids;
    const em = service.worker();
    // Somebody else's history stands where this ticket's next event would.
    await em.execute(
      `insert into event (id, aggregate, version, type, v, data, audience, at) values (?, ?, 3, 'ticket.taken', 1, '{}', 'SYSTEM', now())`,
      [demoId('evt', 'poison'), bad],
    );
    await timeActs(service);
    const status = async (id: string) => (await read(id)).status;
    expect(await status(bad)).toBe('PENDING');
    for (const id of good) expect(await status(id)).toBe('CUSTOMER_VALIDATION');
    await em.execute('delete from deadline where ticket_id <> ?', [bad]);
    await service.worker().execute('update ticket set version = 3 where id = ?', [bad]); // mended
    await timeActs(service);
    expect(await status(bad)).toBe('CUSTOMER_VALIDATION');
  });
});

describe('a reply in the same moment as the timer', () => {
  it('is never lost: whoever comes second acts on what the first has left', async () => {
    const tickets = await Promise.all(Array.from({ length: 12 }, () => open(service, bruno)));
    for (const { id } of tickets) await ask(id);
    service.clock.advance(7 * DAY);
    const [answers] = await Promise.all([Promise.all(tickets.map(({ id }) => reply(id))), timeActs(service), timeActs(service)]);
    for (const [index, { id }] of tickets.entries()) {
      expect(answers[index]).toMatchObject({ failed: undefined, errors: [] });
      expect((await read(id)).status).toBe('OPEN');
      expect((await typesOf(id)).filter((type) => type === 'reopened')).toHaveLength(1);
    }
  }, 60_000);

  it('that closes the ticket stands on it or on the one that continues it', async () => {
    const tickets = await Promise.all(Array.from({ length: 12 }, () => open(service, bruno)));
    for (const { id } of tickets) await act(service, carla, 'proposeSolution', { ticketId: id, body: 'Feito.', resolution: 'OTHER' });
    service.clock.advance(5 * DAY);
    const [answers] = await Promise.all([Promise.all(tickets.map(({ id }) => reply(id))), timeActs(service)]);
    for (const [index, { id }] of tickets.entries()) {
      const written = answers[index]?.ticket as unknown as { id: string; status: string; followUpOf: { id: string } | null };
      const { status } = await read(id);
      if (status === 'CLOSED') expect(written).toMatchObject({ status: 'NEW', followUpOf: { id } });
      else expect([status, written.id]).toEqual(['OPEN', id]);
    }
  }, 60_000);
});

describe('a note', () => {
  it('and taking the ticket disturb no timer', async () => {
    const { id } = await open(service, bruno);
    await ask(id);
    const { dueAt, stay } = await read(id);
    await act(service, carla, 'addInternalNote', { ticketId: id, body: 'Cliente em férias.' });
    await act(service, carla, 'takeTicket', { ticketId: id });
    expect(await read(id)).toMatchObject({ dueAt, stay });
    service.clock.advance(7 * DAY);
    await timeActs(service);
    expect((await read(id)).status).toBe('CUSTOMER_VALIDATION');
    expect((await act(service, ana, 'replyToTicket', { ticketId: id, body: 'Voltei.' })).ticket).toMatchObject({ status: 'OPEN' });
  });
});
