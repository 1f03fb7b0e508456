import { TicketAccess } from '@atende/events';
import { type Context, demoId, type Role, recordEvent, roles, seesTicket, type Viewer } from '@atende/service';
import { buildViewer, type TestService } from '@atende/service/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { analysts, contacts, groups, organizations, storeTickets } from '../testing/random-tickets.ts';
import { startTickets } from '../testing-tickets.ts';
import { Comment } from './comment.ts';
import { seenBy } from './ticket.queries.ts';
import { Ticket } from './ticket.ts';
import { commentReferences, ticketEventReferences } from './ticket-references.ts';
import { sightOf } from './ticket-search.queries.ts';
import { commentPage, historyPage } from './ticket-thread.queries.ts';

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
/** As the role of requests, without anybody's settings. */
async function connected(): Promise<{ client: pg.Client } & AsyncDisposable> {
  const client = new pg.Client({ connectionString: service.database.urls.app });
  await client.connect();
  return { client, [Symbol.asyncDispose]: () => client.end() };
}
const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id).sort();

const SEARCH =
  'query ($of: [_Any!]!) { _entities(representations: $of) { ... on SearchResult { tickets(first: 100) { edges { node { id } } } } } }';

describe('who sees a ticket is one rule, said four times', () => {
  it('of a row at hand, as a query, as row-level security, and to the function that finds by words', async () => {
    await service.worker().execute("update ticket set subject = 'comum a todos'");
    await using app = await connected();
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
        const found = await service.ask(viewer, SEARCH, { of: [{ __typename: 'SearchResult', text: 'comum' }] });
        expect(idsOf(found.data._entities[0].tickets.edges.map(({ node }: { node: { id: string } }) => node))).toEqual(seen);
        const { rows } = await app.client.query('select ticket_id as id from find_tickets($1, $2, 1000)', ['comum', sightOf(viewer)]);
        expect(idsOf(rows)).toEqual(seen);
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});

describe('what hangs on a ticket', () => {
  it('is left out by the application too, where no row-level security would: messages and events by id', async () => {
    const em = service.worker();
    const [ticket] = tickets as [Ticket];
    const comment = {
      id: demoId('cmt', 'hanging'),
      ticketId: ticket.id,
      authorId: ticket.requesterId,
      side: 'CLIENT',
      internal: false,
      body: 'x',
    } as const;
    em.create(Comment, { ...comment, createdAt: service.clock.now() });
    const event = recordEvent(em, TicketAccess, {
      ...{ aggregate: ticket.id, version: 1, actor: null, audience: 'PUBLIC', at: service.clock.now() },
      data: { ...ticket, analystIds: [] },
    });
    await em.flush();
    await fc.assert(
      fc.asyncProperty(viewers, async (viewer) => {
        const context = {
          em: service.worker(),
          viewer,
          load: (_: string, id: string) => service.worker().findOne(Ticket, id),
        } as unknown as Context;
        const shown = seesTicket(viewer, ticket) ? 1 : 0;
        expect(await commentReferences(context, [comment.id])).toHaveLength(shown);
        expect(await ticketEventReferences(context, [event.id])).toHaveLength(shown);
      }),
      { numRuns: 30 },
    );
  });

  it('is left out of a client’s pages by the application too: notes, and what they left in the history', async () => {
    const em = service.worker();
    const [, ticket] = tickets as [Ticket, Ticket];
    em.create(Comment, {
      ...{ id: demoId('cmt', 'note'), ticketId: ticket.id, authorId: demoId('ana', 'x'), side: 'SUPPORT', internal: true, body: 'x' },
      createdAt: service.clock.now(),
    });
    recordEvent(em, TicketAccess, {
      ...{ aggregate: ticket.id, version: 1, actor: null, audience: 'INTERNAL', at: service.clock.now() },
      data: { ...ticket, analystIds: [] },
    });
    await em.flush();
    const pages = async (viewer: Viewer) => [
      (await commentPage(service.worker(), viewer, ticket.id, { first: 5 })).rows.length,
      (await historyPage(service.worker(), viewer, ticket.id, { first: 5 })).rows.length,
    ];
    expect(await pages(buildViewer())).toEqual([0, 0]);
    expect(await pages(buildViewer({ roles: ['ANALYST'] }))).toEqual([1, 1]);
  });
});
