import { CHANNELS, LEVELS, TICKET_STATUSES } from '@atende/events';
import { demoId } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import fc from 'fast-check';
import type { TicketRow } from '../ticket/ticket.schema.ts';
import { Ticket } from '../ticket/ticket.ts';
import { BORN, buildTicket } from './build-ticket.ts';

// Few values of each kind, so that filters and viewers meet them.
export const organizations = ['ACME01', 'GLBX01'].map((code) => demoId('org', code));
export const contacts = ['bruno', 'ana', 'gisele'].map((name) => demoId('con', name));
export const groups = ['n1', 'n2'].map((code) => demoId('grp', code));
export const analysts = ['carla', 'diego'].map((name) => demoId('ana', name));
export const products = ['rm', 'wms'].map((code) => demoId('opt', code));
export const requestTypes = ['software.rm', 'software.wms', 'relationship.cst', 'value-added.cloud', 'technical-support'];
export const moments = [0, 1, 2].map((days) => new Date(BORN.getTime() + days * 86_400_000));

const one = <Value>(values: readonly Value[]): fc.Arbitrary<Value> => fc.constantFrom(...values);
const maybe = <Value>(values: readonly Value[]): fc.Arbitrary<Value | null> => one([...values, null]);

const row: fc.Arbitrary<Partial<TicketRow>> = fc.record({
  organizationId: one(organizations),
  requesterId: one(contacts),
  groupId: maybe(groups),
  assigneeId: maybe(analysts),
  analystIds: fc.subarray(analysts),
  restricted: fc.boolean(),
  productId: maybe(products),
  requestType: one(requestTypes),
  channel: one(CHANNELS),
  severity: one(LEVELS),
  status: one(TICKET_STATUSES),
  classification: one(['COMPLETE', 'TO_CLASSIFY'] as const),
  subject: one(['100% da folha', 'a_b', 'Emissão de nota', 'c:\\temp']),
  createdAt: one(moments),
  lastInteractionAt: one(moments),
});

/** Stores this many tickets of every kind; always the same ones. */
export async function storeTickets(em: EntityManager, count: number): Promise<Ticket[]> {
  const rows = fc.sample(row, { numRuns: count, seed: 7 });
  const tickets = rows.map((changes, index) =>
    buildTicket({ ...changes, id: demoId('tkt', `random-${index}`), number: String(200_000 + index) }),
  );
  await em.insertMany(
    Ticket,
    tickets.map(({ ...ticket }) => ticket),
  );
  return tickets;
}
