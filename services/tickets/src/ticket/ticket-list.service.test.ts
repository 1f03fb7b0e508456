import type { TestService } from '@atende/service/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { elisa } from '../seed/demo-people.ts';
import { storeTickets } from '../testing/random-tickets.ts';
import { startTickets } from '../testing-tickets.ts';
import type { Ticket } from './ticket.ts';

let service: TestService;
let tickets: Ticket[];
beforeAll(async () => {
  service = await startTickets();
  tickets = (await storeTickets(service.worker(), 60)).filter((ticket) => !ticket.restricted);
}, 60_000);
afterAll(() => service[Symbol.asyncDispose]());

interface Page {
  edges: { node: { id: string }; cursor: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}
const page = async (args: string): Promise<Page> =>
  (
    await service.ask(
      elisa,
      `{ tickets(${args}) { edges { node { id } cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
    )
  ).data.tickets;
const idsOf = ({ edges }: Page): string[] => edges.map(({ node }) => node.id);

const levels = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];
const keys: Record<string, (ticket: Ticket) => string> = {
  NEWEST: ({ id }) => id,
  OLDEST: ({ id }) => id,
  LAST_INTERACTION: ({ lastInteractionAt, id }) => `${lastInteractionAt.toISOString()} ${id}`,
  SEVERITY: ({ severity, id }) => `${levels.indexOf(severity)} ${id}`,
};
const sorted = (orderBy: string): string[] => {
  const key = keys[orderBy] as (ticket: Ticket) => string;
  const ascending = tickets.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)).map(({ id }) => id);
  return orderBy === 'OLDEST' ? ascending : ascending.reverse();
};

describe.each(Object.keys(keys))('a list by %s', (orderBy) => {
  it('is the same read forwards, page by page, as all at once, and says where it ends', async () => {
    const read: string[] = [];
    let after = '';
    for (;;) {
      const next = await page(`first: 7, orderBy: ${orderBy}${after && `, after: "${after}"`}`);
      expect(next.pageInfo.hasPreviousPage).toBe(after !== '');
      read.push(...idsOf(next));
      expect(next.pageInfo.hasNextPage).toBe(read.length < tickets.length);
      if (!next.pageInfo.hasNextPage) break;
      after = next.pageInfo.endCursor ?? '';
    }
    expect(read).toEqual(sorted(orderBy));
  });

  it('and backwards from its end', async () => {
    const read: string[] = [];
    let before = '';
    for (;;) {
      const last = await page(`last: 7, orderBy: ${orderBy}${before && `, before: "${before}"`}`);
      read.unshift(...idsOf(last));
      if (!last.pageInfo.hasPreviousPage) break;
      before = last.pageInfo.startCursor ?? '';
    }
    expect(read).toEqual(sorted(orderBy));
  });
});

describe('an empty list', () => {
  it('has no cursors and a live one', async () => {
    const { data } = await service.ask(
      elisa,
      '{ tickets(first: 5, filter: { status: [] }) { liveCursor edges { cursor } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } }',
    );
    expect(data.tickets).toEqual({
      liveCursor: expect.stringMatching(/.+/),
      edges: [],
      pageInfo: { startCursor: null, endCursor: null, hasNextPage: false, hasPreviousPage: false },
    });
  });
});
