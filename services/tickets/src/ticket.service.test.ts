import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@atende/service/testing';
import { ana, bruno, carla, diego, elisa, gisele, otavio } from './seed/demo-people.ts';
import { act, clientKey, fillForm, open, startTickets, timeActs } from './testing-tickets.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTickets();
}, 60_000);
afterAll(() => service[Symbol.asyncDispose]());

const seen = async (viewer: Parameters<TestService['ask']>[0], id: string) => (await service.ask(viewer, `query ($id: ID!) { ticket(id: $id) { id status subject } }`, { id })).data.ticket;

describe('a ticket, from opening to the end', () => {
  it('is asked about, answered, solved and accepted, as the history tells', async () => {
    const { id } = await open(service, bruno);
    expect((await act(service, carla, 'requestInformation', { ticketId: id, body: 'Qual a versão?' })).ticket).toMatchObject({ status: 'PENDING', dueTransition: { to: 'CUSTOMER_VALIDATION' } });
    expect((await act(service, bruno, 'replyToTicket', { ticketId: id, body: 'A 12.1.2410.' })).ticket).toMatchObject({ status: 'OPEN', dueTransition: null });
    expect((await act(service, carla, 'proposeSolution', { ticketId: id, body: 'Aplique o pacote.', resolution: 'CLARIFICATION' })).ticket).toMatchObject({ status: 'RESOLVED' });
    expect((await act(service, bruno, 'acceptSolution', { ticketId: id })).ticket).toMatchObject({ status: 'CLOSED', dueTransition: null });
    const told = await service.ask(
      bruno,
      `query ($id: ID!) { ticket(id: $id) { comments(first: 10) { edges { node { body author { __typename } } } } history(first: 20) { edges { node { type fromStatus toStatus } } } } }`,
      { id },
    );
    expect(told.data.ticket.history.edges.map((edge: { node: unknown }) => edge.node)).toEqual([
      { type: 'OPENED', fromStatus: null, toStatus: 'NEW' },
      { type: 'TAKEN', fromStatus: 'NEW', toStatus: 'OPEN' },
      { type: 'INFORMATION_REQUESTED', fromStatus: 'OPEN', toStatus: 'PENDING' },
      { type: 'REOPENED', fromStatus: 'PENDING', toStatus: 'OPEN' },
      { type: 'SOLUTION_PROPOSED', fromStatus: 'OPEN', toStatus: 'RESOLVED' },
      { type: 'SOLUTION_ACCEPTED', fromStatus: 'RESOLVED', toStatus: 'RESOLVED' },
      { type: 'CLOSED', fromStatus: 'RESOLVED', toStatus: 'CLOSED' },
    ]);
    expect(told.data.ticket.comments.edges).toHaveLength(3);
  });

  it('opens a linked ticket when the client writes on a closed one', async () => {
    const { id } = await open(service, bruno);
    await act(service, carla, 'proposeSolution', { ticketId: id, body: 'Feito.', resolution: 'OTHER' });
    await act(service, bruno, 'acceptSolution', { ticketId: id });
    const { ticket } = await act(service, bruno, 'replyToTicket', { ticketId: id, body: 'Voltou a acontecer.' });
    expect(ticket).toMatchObject({ status: 'NEW', followUpOf: { id } });
  });

  it('goes back to the same analyst when the solution is refused, and a reason is required', async () => {
    const { id } = await open(service, bruno);
    await act(service, carla, 'proposeSolution', { ticketId: id, body: 'Feito.', resolution: 'OTHER' });
    expect((await act(service, bruno, 'refuseSolution', { ticketId: id })).errors).toMatchObject([{ code: 'REQUIRED', field: ['input', 'reason'] }]);
    expect((await act(service, bruno, 'refuseSolution', { ticketId: id, reason: 'Não resolveu.' })).ticket).toMatchObject({ status: 'OPEN' });
  });

  it('refuses a move that its status does not have, naming the status', async () => {
    const { id } = await open(service, bruno);
    expect((await act(service, bruno, 'acceptSolution', { ticketId: id })).errors).toMatchObject([{ code: 'TRANSITION_NOT_ALLOWED', message: expect.stringContaining('“Novo”') }]);
  });

  it('is not changed by who has seen an older version', async () => {
    const { id, version } = await open(service, bruno);
    await act(service, carla, 'takeTicket', { ticketId: id });
    expect((await act(service, bruno, 'replyToTicket', { ticketId: id, body: 'Olá', expectedVersion: version })).failed).toBe('CONFLICT');
  });
});

describe('time', () => {
  const DAY = 86_400_000; // ms

  it('moves a pending ticket to customer validation after seven days and closes it five days later', async () => {
    const { id } = await open(service, bruno);
    await act(service, carla, 'requestInformation', { ticketId: id, body: 'Qual a versão?' });
    service.clock.advance(7 * DAY);
    await timeActs(service);
    expect(await seen(ana, id)).toMatchObject({ status: 'CUSTOMER_VALIDATION' });
    service.clock.advance(5 * DAY);
    await timeActs(service);
    expect(await seen(ana, id)).toMatchObject({ status: 'CLOSED' });
  });

  it('starts the five days of validation anew when support writes, and a note disturbs no timer', async () => {
    const { id } = await open(service, bruno);
    await act(service, carla, 'requestInformation', { ticketId: id, body: 'Qual a versão?' });
    service.clock.advance(7 * DAY);
    await timeActs(service);
    expect(await seen(ana, id)).toMatchObject({ status: 'CUSTOMER_VALIDATION' });
    service.clock.advance(4 * DAY);
    const restarted = await act(service, carla, 'replyToTicket', { ticketId: id, body: 'Ainda precisa de ajuda?' });
    expect(restarted.ticket).toMatchObject({ dueTransition: { at: new Date(service.clock.now().getTime() + 5 * DAY).toISOString() } });
    const noted = await act(service, carla, 'addInternalNote', { ticketId: id, body: 'Cliente em férias.' });
    expect(noted.ticket?.['dueTransition']).toEqual(restarted.ticket?.['dueTransition']);
  });
});

describe('who sees a ticket', () => {
  it('is its requester, the organization’s overseer, the queue’s analysts and supervisors; nobody else', async () => {
    const { id } = await open(service, bruno);
    for (const viewer of [bruno, ana, carla, elisa]) expect(await seen(viewer, id)).toMatchObject({ id });
    for (const viewer of [gisele, diego, otavio]) expect(await seen(viewer, id)).toBeNull();
  });

  it('is the requester and the ombudsman group alone for an ombudsman ticket', async () => {
    const { id } = await open(service, bruno, 'relationship.ombudsman');
    for (const viewer of [bruno, otavio]) expect(await seen(viewer, id)).toMatchObject({ id });
    for (const viewer of [ana, carla, elisa, gisele]) expect(await seen(viewer, id)).toBeNull();
    const counted = await service.ask(elisa, `{ tickets(filter: { requestType: ["relationship.ombudsman"] }, first: 10) { edges { node { id } } } ticketCounts(filter: { requestType: ["relationship.ombudsman"] }) { total } }`);
    expect(counted.data).toEqual({ tickets: { edges: [] }, ticketCounts: { total: 0 } });
  });

  it('never shows an internal note to a client', async () => {
    const { id } = await open(service, bruno);
    await act(service, carla, 'addInternalNote', { ticketId: id, body: 'SEGREDO-INTERNO' });
    const query = `query ($id: ID!) { ticket(id: $id) { comments(first: 10) { edges { node { id body } } } history(first: 10) { edges { node { type } } } } }`;
    expect(JSON.stringify(await service.ask(carla, query, { id }))).toContain('SEGREDO-INTERNO');
    const client = JSON.stringify(await service.ask(bruno, query, { id }));
    expect(client).not.toContain('SEGREDO-INTERNO');
    expect(client).not.toContain('NOTE_ADDED');
  });
});

describe('opening', () => {
  const OPEN = `mutation ($input: OpenTicketInput!) { openTicket(input: $input) { ticket { id number } errors { code field message } } }`;

  it('is idempotent: 64 callers with one key make one ticket, on a pool of eight', async () => {
    const input = { clientKey: clientKey(), ...(await fillForm(service, bruno, 'technical-support')) };
    const answers = await Promise.all(Array.from({ length: 64 }, () => service.ask(bruno, OPEN, { input })));
    expect(new Set(answers.map((answer) => answer.data.openTicket.ticket.id)).size).toBe(1);
    const other = await service.ask(bruno, OPEN, { input: { ...input, watchers: ['x@y.example'] } });
    expect(other.errors?.[0]?.extensions.code).toBe('CONFLICT');
  });

  it('gives every fault at once, in the language asked for, and stores nothing', async () => {
    const { formId } = await fillForm(service, bruno, 'technical-support');
    const input = { clientKey: clientKey(), formId, answers: [{ field: 'criticality', value: 'LOW' }, { field: 'nonsense', value: 1 }, { field: 'subject', value: 7 }], watchers: ['not-an-address'], attachmentIds: ['forged'] };
    const { data } = await service.ask(bruno, OPEN, { input }, { 'accept-language': 'en' });
    const codes = data.openTicket.errors.map(({ code, field }: { code: string; field: string[] }) => `${code} ${field.join('.')}`);
    expect(codes).toEqual(expect.arrayContaining(['COMPUTED_FIELD input.answers.criticality', 'UNKNOWN_FIELD input.answers.nonsense', 'WRONG_KIND input.answers.subject', 'NOT_AN_EMAIL input.watchers.0', 'RECEIPT_INVALID input.attachmentIds.0', 'REQUIRED input.answers.description']));
    expect(data.openTicket.errors.every(({ message }: { message: string }) => message.length > 3)).toBe(true);
    expect(data.openTicket.ticket).toBeNull();
  });

  it('is refused to an organization without the entitlement', async () => {
    const { formId, answers } = await fillForm(service, gisele, 'value-added.cloud');
    const { data } = await service.ask(gisele, OPEN, { input: { clientKey: clientKey(), formId, answers } });
    expect(data.openTicket.errors).toContainEqual(expect.objectContaining({ code: 'NOT_ENTITLED', field: ['input', 'formId'] }));
  });

  it('by staff stands in the name of a client’s contact, and its opener keeps seeing it', async () => {
    const onBehalfOf = { organizationId: ana.contacts[0]?.organizationId, contactId: ana.contacts[0]?.id };
    const { formId, answers } = await fillForm(service, diego, 'technical-support', {}, { onBehalfOf });
    const { data } = await service.ask(diego, `mutation ($input: OpenTicketInput!) { openTicket(input: $input) { ticket { id requester { id } openedBy { ... on Analyst { id } } organization { id } } errors { code field } } }`, {
      input: { clientKey: clientKey(), formId, answers, onBehalfOf },
    });
    expect(data.openTicket).toMatchObject({ errors: [], ticket: { requester: { id: onBehalfOf.contactId }, openedBy: { id: diego.analystId }, organization: { id: onBehalfOf.organizationId } } });
    expect(await seen(diego, data.openTicket.ticket.id)).not.toBeNull();
  });
});

describe('lists', () => {
  it('page by key set forwards and backwards, and ask for a size', async () => {
    const all = await service.ask(bruno, `{ tickets(first: 100) { edges { node { id } cursor } } }`);
    const ids = all.data.tickets.edges.map((edge: { node: { id: string } }) => edge.node.id);
    const page = async (args: string) => (await service.ask(bruno, `{ tickets(${args}) { edges { node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`)).data.tickets;
    const first = await page('first: 2');
    const second = await page(`first: 2, after: "${first.pageInfo.endCursor}"`);
    expect([...first.edges, ...second.edges].map((edge) => edge.node.id)).toEqual(ids.slice(0, 4));
    const back = await page(`last: 2, before: "${second.pageInfo.startCursor}"`);
    expect(back.edges).toEqual(first.edges);
    for (const orderBy of ['OLDEST', 'LAST_INTERACTION', 'SEVERITY']) {
      const one = await page(`first: 2, orderBy: ${orderBy}`);
      const two = await page(`first: 100, orderBy: ${orderBy}, after: "${one.pageInfo.endCursor}"`);
      expect(new Set([...one.edges, ...two.edges].map((edge) => edge.node.id)).size).toBe(ids.length);
    }
    for (const args of ['', '(first: 0)', '(first: 101)']) {
      expect((await service.ask(bruno, `{ tickets${args} { edges { cursor } } }`)).errors?.[0]?.extensions.code).toBe('FIRST_REQUIRED');
    }
  });
});
