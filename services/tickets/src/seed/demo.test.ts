import type { EventRow } from '@atende/service';
import { expect, it } from '@jest/globals';
import { TicketEventRow } from '../history/ticket-event.ts';
import { fold } from '../history/ticket-ledger.ts';
import { startTickets, testDeps } from '../testing-tickets.ts';
import { Ticket } from '../ticket/ticket.ts';
import { seedDemo } from './demo.ts';

it('the demo has sixty tickets in every state, and each history folds to exactly its row', async () => {
  await using service = await startTickets();
  const em = service.worker();
  await em.execute('delete from organization_fact; delete from contact_fact; delete from group_fact');
  const deps = testDeps(service);
  await seedDemo({ em: service.worker(), now: service.clock.now(), deps });
  await seedDemo({ em: service.worker(), now: service.clock.now(), deps });
  const tickets = await em.find(Ticket, {});
  expect(tickets).toHaveLength(60);
  expect((await em.findOneOrFail(Ticket, { number: '100001' })).id).toBe('tkt_01kdrv8k00whtwkjvy1p7r40sq');
  expect(new Set(tickets.map((ticket) => ticket.status))).toEqual(
    new Set(['NEW', 'OPEN', 'PENDING', 'CUSTOMER_VALIDATION', 'RESOLVED', 'CLOSED', 'CANCELLED']),
  );
  for (const ticket of tickets) {
    const history: EventRow[] = await em.find(TicketEventRow, { aggregate: ticket.id }, { orderBy: { version: 'asc' } });
    expect(history.map((event) => event.version)).toEqual(history.map((_, index) => index + 1));
    expect(ticket.version).toBe(history.length);
    expect(fold(history)).toEqual(ticket.state());
  }
  expect(tickets.filter((ticket) => ticket.dueAt).every((ticket) => (ticket.dueAt as Date) > service.clock.now())).toBe(true);
}, 60_000);
