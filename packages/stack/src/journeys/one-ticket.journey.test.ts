import { describe, expect, it } from '@jest/globals';
import type { Stack } from '../stack.ts';
import { withStack } from '../testing/with-stack.ts';
import { clientKey, fill, receiptOf } from './filling.ts';
import { type Person, Portal, type Watch } from './portal.ts';

let stack: Stack;
let portal: Portal;
withStack((started) => {
  stack = started;
  portal = new Portal(stack.url);
});

const LIVE = `subscription ($id: ID!) {
  ticketChanged(ticketId: $id) { type fromStatus toStatus ticket { number status requester { name } attachments { fileName status } } }
}`;
const MESSAGE = (mutation: string): string =>
  `mutation ($input: TicketMessageInput!) { ${mutation}(input: $input) { ticket { status dueTransition { to } } errors { code field message } } }`;
const ZIP = Buffer.from('504b0506000000000000000000000000000000000000', 'hex'); // the smallest archive there is: an empty one

describe('one ticket', () => {
  let bruno: Person;
  let carla: Person;
  let ticket: { id: string; number: string };
  let live: Watch;
  const say = (person: Person, mutation: string, input: object) =>
    person.get(MESSAGE(mutation), { input: { clientKey: clientKey(), ticketId: ticket.id, ...input } });

  it('a contact signs in and sees what may be opened', async () => {
    bruno = await portal.as('bruno@acme.example');
    const { serviceAreas, viewer } = await bruno.get(
      '{ serviceAreas { code requestTypes { code } } viewer { contacts { organization { legalName } } } }',
    );
    expect(viewer.contacts[0].organization.legalName).toContain('ACME');
    expect(serviceAreas.flatMap((area: { requestTypes: { code: string }[] }) => area.requestTypes.map(({ code }) => code))).toEqual(
      expect.arrayContaining(['value-added.cloud', 'technical-support']),
    );
  });

  it('uploads a file and opens a ticket with it through the form', async () => {
    const { formId, answers } = await fill(bruno, 'value-added.cloud', { subject: 'Servidor de homologação parado' });
    const attachment = await bruno.upload(
      { clientKey: clientKey(), fileName: 'evidencias.zip', contentType: 'application/zip', formId },
      ZIP,
    );
    const receipt = await receiptOf(bruno, attachment);
    const { openTicket } = await bruno.get(
      'mutation ($input: OpenTicketInput!) { openTicket(input: $input) { ticket { id number status subject group { name } } errors { code field message } } }',
      { input: { clientKey: clientKey(), formId, answers, attachmentIds: [receipt] } },
    );
    expect(openTicket.errors).toEqual([]);
    expect(openTicket.ticket).toMatchObject({ status: 'NEW', subject: 'Servidor de homologação parado' });
    ticket = openTicket.ticket;
  });

  it('watches it live, and sees the analyst’s question within a second, with fields of three services in the push', async () => {
    live = bruno.watch(LIVE, { id: ticket.id });
    await live.open;
    carla = await portal.as('carla@support.example');
    expect((await carla.get('{ tickets(first: 1) { edges { node { id } } } }')).tickets.edges[0].node.id).toBe(ticket.id);
    await say(carla, 'requestInformation', { body: 'Qual a mensagem exata?' });
    const pushes = [await live.next()];
    while (pushes.at(-1).ticketChanged.type !== 'INFORMATION_REQUESTED') pushes.push(await live.next());
    expect(pushes.map((push) => push.ticketChanged.type)).toContain('TAKEN');
    expect(pushes.at(-1).ticketChanged).toMatchObject({
      toStatus: 'PENDING',
      ticket: {
        number: ticket.number,
        requester: { name: 'Bruno Lima' },
        attachments: [{ fileName: 'evidencias.zip', status: 'AVAILABLE' }],
      },
    });
  });

  it('replies, gets a solution and accepts it; the ticket is closed and its history tells the story', async () => {
    await say(bruno, 'replyToTicket', { body: '“Serviço indisponível”.' });
    await say(carla, 'proposeSolution', { body: 'Reiniciamos o servidor.', resolution: 'OTHER' });
    const { acceptSolution } = await bruno.get(
      'mutation ($input: TicketActionInput!) { acceptSolution(input: $input) { ticket { status } errors { code } } }',
      { input: { ticketId: ticket.id } },
    );
    expect(acceptSolution).toEqual({ ticket: { status: 'CLOSED' }, errors: [] });
    const types = [];
    while (types.at(-1) !== 'CLOSED') types.push((await live.next()).ticketChanged.type);
    expect(types.filter((type) => type !== 'ATTACHMENTS_CHANGED')).toEqual([
      'REOPENED',
      'SOLUTION_PROPOSED',
      'SOLUTION_ACCEPTED',
      'CLOSED',
    ]);
    const { ticket: told } = await bruno.get(
      'query ($id: ID!) { ticket(id: $id) { comments(first: 9) { edges { node { author { __typename ... on Contact { name } ... on Analyst { name } } } } } history(first: 20) { edges { node { toStatus } } } } }',
      { id: ticket.id },
    );
    expect(told.comments.edges.map((edge: { node: { author: { __typename: string } } }) => edge.node.author.__typename)).toEqual([
      'Analyst',
      'Contact',
      'Analyst',
    ]);
    expect(told.history.edges.at(-1).node.toStatus).toBe('CLOSED');
    await live.close();
  });

  it('its file comes down by a signed address, as an attachment, to who may see the ticket', async () => {
    const { ticket: seen } = await carla.get('query ($id: ID!) { ticket(id: $id) { attachments { downloadUrl } } }', { id: ticket.id });
    const file = await fetch(seen.attachments[0].downloadUrl, { headers: { authorization: `Bearer ${carla.accessToken}` } });
    expect(file.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(Buffer.from(await file.arrayBuffer())).toEqual(ZIP);
  });

  it('is for a contact of another organization the same, byte for byte, as a ticket that never was', async () => {
    const gisele = await portal.as('gisele@globex.example');
    const absent = ticket.id.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    const ask = async (id: string) =>
      JSON.stringify(await gisele.ask('query ($id: ID!) { ticket(id: $id) { number } node(id: $id) { id } }', { id })).replaceAll(id, 'ID');
    expect(await ask(ticket.id)).toBe(await ask(absent));
  });
});
