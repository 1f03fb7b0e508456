import { type Role, roles, seesTicket, type Viewer } from '@atende/service';
import { buildViewer, type TestService } from '@atende/service/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { analysts, contacts, groups, organizations, storeTickets } from './testing/random-tickets.ts';
import { startTickets } from './testing-tickets.ts';
import { seenBy } from './ticket.queries.ts';
import { Ticket } from './ticket.ts';

let service: TestService;
let tickets: Ticket[];
beforeAll(async () => {
  service = await startTickets({ applicationChecks: false });
  tickets = await storeTickets(service.worker(), 100);
}, 60_000);
afterAll(() => service[Symbol.asyncDispose]());

const contact = fc.record({
  id: fc.constantFrom(...contacts, ''), // a class has no contacts of its own
  organizationId: fc.constantFrom(...organizations),
  scope: fc.constantFrom('OWN' as const, 'ORGANIZATION' as const),
  mayOpen: fc.boolean(),
  administrator: fc.boolean(),
  serviceManager: fc.boolean(),
});
const viewers: fc.Arbitrary<Viewer> = fc
  .record({
    kind: fc.constantFrom('PERSON' as const, 'CLASS' as const),
    roles: fc.subarray<Role>([...roles]),
    contacts: fc.array(contact, { maxLength: 2 }),
    groups: fc.subarray(groups),
    analystId: fc.constantFrom(...analysts, null),
  })
  .map((changes) => buildViewer(changes));
const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id).sort();

describe('who sees a ticket is one rule, said three times', () => {
  it('of a row at hand, as a query, and as row-level security', async () => {
    const representations = tickets.map(({ id }) => ({ __typename: 'Ticket', id }));
    await fc.assert(
      fc.asyncProperty(viewers, async (viewer) => {
        const seen = idsOf(tickets.filter((ticket) => seesTicket(viewer, ticket)));
        // The worker reads everything: what is left out, the query left out.
        expect(idsOf(await service.worker().find(Ticket, seenBy(viewer)))).toEqual(seen);
        // The application's checks are off: what is left out, the database left out.
        const { data } = await service.ask(viewer, 'query ($all: [_Any!]!) { _entities(representations: $all) { ... on Ticket { id } } }', {
          all: representations,
        });
        expect(idsOf(data._entities.filter(Boolean))).toEqual(seen);
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});
