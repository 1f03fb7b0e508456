import { CHANNELS, LEVELS, TICKET_STATUSES } from '@atende/events';
import type { TestService } from '@atende/service/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { serviceAreas } from '../form/form.ts';
import { AWAITING } from '../lifecycle/ticket-status.ts';
import { elisa } from '../seed/demo-people.ts';
import { analysts, contacts, groups, moments, organizations, products, requestTypes, storeTickets } from '../testing/random-tickets.ts';
import { startTickets } from '../testing-tickets.ts';
import { Ticket } from './ticket.ts';
import { filterQuery, passes, type TicketFilter } from './ticket-filter.ts';

let service: TestService;
let tickets: Ticket[];
beforeAll(async () => {
  service = await startTickets();
  tickets = await storeTickets(service.worker(), 200);
}, 60_000);
afterAll(() => service[Symbol.asyncDispose]());

const some = <Value>(values: readonly Value[]): fc.Arbitrary<Value[] | null> => fc.option(fc.subarray([...values]));
const one = <Value>(values: readonly Value[]): fc.Arbitrary<Value | null> => fc.option(fc.constantFrom(...values));
const filters: fc.Arbitrary<TicketFilter> = fc.record(
  {
    status: some(TICKET_STATUSES),
    organizationId: one([...organizations, 'org_nonsense', '']),
    requesterId: one(contacts),
    assigneeId: one(analysts),
    groupId: one(groups),
    product: one(products),
    requestType: some([...requestTypes, 'software', '\u0000']),
    serviceArea: some(serviceAreas),
    severity: some(LEVELS),
    channel: some(CHANNELS),
    classification: one(['COMPLETE', 'TO_CLASSIFY'] as const),
    openedAfter: one([...moments, '0000-01-01T00:00:00Z']),
    openedBefore: one([...moments, '9999-12-31T23:59:59Z']),
    awaiting: one(AWAITING),
  },
  { requiredKeys: [] },
);
const idsOf = (rows: readonly Ticket[]): string[] => rows.map(({ id }) => id).sort();
const found = async (filter: TicketFilter): Promise<string[]> => idsOf(await service.worker().find(Ticket, filterQuery(filter)));

describe('a filter', () => {
  it('finds in a list exactly the tickets that it lets pass live', async () => {
    await fc.assert(
      fc.asyncProperty(filters, async (filter) => {
        expect(await found(filter)).toEqual(idsOf(tickets.filter((ticket) => passes(ticket, filter))));
      }),
      { numRuns: 80 },
    );
  }, 60_000);

  it.each(
    Object.entries({
      status: [[...TICKET_STATUSES].slice(0, 1), []],
      organizationId: organizations,
      requesterId: contacts,
      assigneeId: analysts,
      groupId: groups,
      product: products,
      requestType: [['software.rm'], []],
      serviceArea: [['SOFTWARE'], []],
      severity: [['LOW'], []],
      channel: [['EMAIL'], []],
      classification: ['TO_CLASSIFY'],
      openedAfter: [moments[0]],
      openedBefore: [moments[1]],
      awaiting: AWAITING,
    }),
  )('by %s alone narrows, and agrees', async (name, wanted) => {
    for (const value of wanted) {
      const filter = { [name]: value } as TicketFilter;
      const passing = idsOf(tickets.filter((ticket) => passes(ticket, filter)));
      expect(passing.length).toBeLessThan(tickets.length);
      expect(await found(filter)).toEqual(passing);
    }
  });

  it('without parts, or with null ones, finds everything', async () => {
    expect(await found({})).toHaveLength(tickets.length);
    expect(await found({ status: null, openedAfter: null, text: null })).toHaveLength(tickets.length);
  });

  it('takes a text as it is: signs of patterns mean themselves', async () => {
    const subjects = async (text: string) =>
      new Set((await service.worker().find(Ticket, filterQuery({ text }))).map(({ subject }) => subject));
    expect(await subjects('100%')).toEqual(new Set(['100% da folha']));
    expect(await subjects('a_b')).toEqual(new Set(['a_b']));
    expect(await subjects('C:\\TEMP')).toEqual(new Set(['c:\\temp']));
    expect(await subjects('%')).toEqual(new Set(['100% da folha']));
    expect(await subjects('emissão')).toEqual(new Set(['Emissão de nota']));
  });

  it('finds a ticket by its whole number', async () => {
    expect((await service.worker().find(Ticket, filterQuery({ text: ' 200003 ' }))).map(({ number }) => number)).toEqual(['200003']);
  });
});

describe('counts', () => {
  it('say what the list of the same filter holds', async () => {
    const all = tickets.filter((ticket) => !ticket.restricted && ticket.severity === 'HIGH');
    const { data } = await service.ask(
      elisa,
      `{ ticketCounts(filter: { severity: [HIGH] }) { total byStatus { status count } bySeverity { severity count } byAwaiting { awaiting count } } }`,
    );
    expect(data.ticketCounts.total).toBe(all.length);
    expect(data.ticketCounts.bySeverity).toEqual([{ severity: 'HIGH', count: all.length }]);
    for (const { status, count } of data.ticketCounts.byStatus) expect(count).toBe(all.filter((ticket) => ticket.status === status).length);
    expect(data.ticketCounts.byAwaiting.reduce((sum: number, { count }: { count: number }) => sum + count, 0)).toBe(all.length);
  });
});
