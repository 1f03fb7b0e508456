import { gatewayViewer } from '@atende/service';
import type { TestService } from '@atende/service/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TicketEventRow } from './history/ticket-event.ts';
import { fold } from './history/ticket-ledger.ts';
import { bruno, carla, elisa } from './seed/demo-people.ts';
import { act, clientKey, fillForm, open, startTickets } from './testing-tickets.ts';
import { Comment } from './ticket/comment.ts';
import { Ticket } from './ticket/ticket.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTickets();
}, 60_000);
afterAll(() => service[Symbol.asyncDispose]());

const read = (id: string): Promise<Ticket> => service.worker().findOneOrFail(Ticket, id);
const historyOf = (id: string) => service.worker().find(TicketEventRow, { aggregate: id }, { orderBy: { version: 'asc' } });
const solve = (ticketId: string) => act(service, carla, 'proposeSolution', { ticketId, body: 'Feito.', resolution: 'OTHER' });

/** Whatever happened at once, one after the other must have come out of it. */
async function expectWhole(id: string): Promise<void> {
  const history = await historyOf(id);
  const row = await read(id);
  expect(history.map(({ version }) => version)).toEqual(history.map((_, index) => index + 1));
  expect(row.version).toBe(history.length);
  expect(fold(history)).toEqual(row.state());
}

describe('at once', () => {
  it('two analysts take a ticket one after the other; of two who saw the same version one is told so', async () => {
    const { id, version } = await open(service, bruno);
    const taken = await Promise.all([carla, elisa].map((viewer) => act(service, viewer, 'takeTicket', { ticketId: id })));
    expect(taken.map(({ failed, errors }) => [failed, errors])).toEqual([
      [undefined, []],
      [undefined, []],
    ]);
    expect((await read(id)).analystIds.toSorted()).toEqual([carla.analystId, elisa.analystId].toSorted());
    await expectWhole(id);
    const other = await open(service, bruno);
    const careful = await Promise.all(
      [carla, elisa].map((viewer) => act(service, viewer, 'takeTicket', { ticketId: other.id, expectedVersion: version })),
    );
    expect(careful.map(({ failed }) => failed).sort()).toEqual(['CONFLICT', undefined]);
    await expectWhole(other.id);
  });

  it('a reply and the acceptance of the solution: both count, in one order or the other', async () => {
    for (let round = 0; round < 6; round++) {
      const { id } = await open(service, bruno);
      await solve(id);
      const [reply, acceptance] = await Promise.all([
        act(service, bruno, 'replyToTicket', { ticketId: id, body: 'Ainda não.' }),
        act(service, bruno, 'acceptSolution', { ticketId: id }),
      ]);
      expect([reply.failed, acceptance.failed]).toEqual([undefined, undefined]);
      const row = await read(id);
      if (row.status === 'CLOSED') expect(reply.ticket).toMatchObject({ status: 'NEW', followUpOf: { id } });
      else expect([row.status, acceptance.errors[0]?.code]).toEqual(['OPEN', 'TRANSITION_NOT_ALLOWED']);
      await expectWhole(id);
    }
  }, 30_000);

  it('twenty messages are all kept', async () => {
    const { id } = await open(service, bruno);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        act(service, index % 2 ? carla : bruno, 'replyToTicket', { ticketId: id, body: `Mensagem ${index}` }),
      ),
    );
    expect(answers.map(({ failed }) => failed)).toEqual(answers.map(() => undefined));
    expect(await service.worker().count(Comment, { ticketId: id })).toBe(20);
    await expectWhole(id);
  }, 30_000);

  it('twenty repeats of one message are one', async () => {
    const { id } = await open(service, bruno);
    const input = { clientKey: clientKey(), ticketId: id, body: 'Uma vez só.' };
    const answers = await Promise.all(Array.from({ length: 20 }, () => act(service, bruno, 'replyToTicket', input)));
    expect(answers.map(({ failed, errors }) => [failed, errors])).toEqual(answers.map(() => [undefined, []]));
    expect(await service.worker().count(Comment, { ticketId: id })).toBe(1);
    await expectWhole(id);
  }, 30_000);
});

describe('one after the other in one request', () => {
  it('each mutation acts on what the one before has left', async () => {
    const { id } = await open(service, bruno);
    const say = (name: string, mutation: string, more = ''): string =>
      `${name}: ${mutation}(input: { ticketId: "${id}", ${more} }) { ticket { status version } errors { code } }`;
    const message = (body: string): string => `clientKey: "${clientKey()}", body: "${body}"`;
    const { data, errors } = await service.ask(
      carla,
      `mutation { ${say('a', 'takeTicket')} ${say('b', 'requestInformation', message('Qual?'))} ${say('c', 'addInternalNote', message('Nota'))} }`,
    );
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      a: { ticket: { status: 'OPEN', version: 4 } },
      b: { ticket: { status: 'PENDING', version: 5 } },
      c: { ticket: { version: 6 } },
    });
    await expectWhole(id);
  });
});

describe('the live cursor that a mutation answers', () => {
  /** All events have their positions. */
  async function numbered(): Promise<void> {
    while ((await service.worker().count(TicketEventRow, { position: null })) > 0);
  }
  const after = async (cursor: string): Promise<string[]> =>
    (
      await service.ask(gatewayViewer, 'query ($after: String) { _events(after: $after, first: 100) { events } }', { after: cursor })
    ).data._events.events.map(({ type }: { type: string }) => type);

  it('misses nothing of what came after the answer', async () => {
    await numbered();
    const { id } = await open(service, bruno);
    const asked = await service.ask(
      carla,
      `mutation ($i: TicketMessageInput!) { requestInformation(input: $i) { ticket { liveCursor } } }`,
      { i: { clientKey: clientKey(), ticketId: id, body: 'Qual?' } },
    );
    const { data } = await service.ask(bruno, `query ($id: ID!) { ticket(id: $id) { liveCursor } tickets(first: 1) { liveCursor } }`, {
      id,
    });
    await act(service, bruno, 'replyToTicket', { ticketId: id, body: 'Esta.' });
    await numbered();
    for (const cursor of [asked.data.requestInformation.ticket.liveCursor, data.ticket.liveCursor, data.tickets.liveCursor])
      expect(await after(cursor)).toContain('ticket.reopened');
  });

  it('of an opening stands before the opening itself: it was read before anything was there', async () => {
    const filled = await fillForm(service, bruno, 'technical-support');
    await numbered();
    const { data } = await service.ask(bruno, 'mutation ($i: OpenTicketInput!) { openTicket(input: $i) { ticket { liveCursor } } }', {
      i: { clientKey: clientKey(), ...filled },
    });
    await numbered();
    expect(await after(data.openTicket.ticket.liveCursor)).toEqual(['ticket.opened', 'ticket.access']);
  });
});
