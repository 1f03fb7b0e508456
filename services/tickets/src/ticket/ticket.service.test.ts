import type { Viewer } from '@atende/service';
import type { TestService } from '@atende/service/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ana, bruno, carla, diego, elisa, gisele, otavio } from '../seed/demo-people.ts';
import { act, clientKey, fillForm, open, startTickets } from '../testing-tickets.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTickets();
}, 60_000);
afterAll(() => service[Symbol.asyncDispose]());

const seen = async (viewer: Parameters<TestService['ask']>[0], id: string) =>
  (await service.ask(viewer, `query ($id: ID!) { ticket(id: $id) { id status subject } }`, { id })).data.ticket;

describe('a ticket, from opening to the end', () => {
  it('is asked about, answered, solved and accepted, as the history tells', async () => {
    const { id } = await open(service, bruno);
    expect((await act(service, carla, 'requestInformation', { ticketId: id, body: 'Qual a versão?' })).ticket).toMatchObject({
      status: 'PENDING',
      dueTransition: { to: 'CUSTOMER_VALIDATION' },
    });
    expect((await act(service, bruno, 'replyToTicket', { ticketId: id, body: 'A 12.1.2410.' })).ticket).toMatchObject({
      status: 'OPEN',
      dueTransition: null,
    });
    expect(
      (await act(service, carla, 'proposeSolution', { ticketId: id, body: 'Aplique o pacote.', resolution: 'CLARIFICATION' })).ticket,
    ).toMatchObject({ status: 'RESOLVED' });
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
    expect((await act(service, bruno, 'refuseSolution', { ticketId: id })).errors).toMatchObject([
      { code: 'REQUIRED', field: ['input', 'reason'] },
    ]);
    expect((await act(service, bruno, 'refuseSolution', { ticketId: id, reason: 'Não resolveu.' })).ticket).toMatchObject({
      status: 'OPEN',
    });
  });

  it('refuses a move that its status does not have, naming the status', async () => {
    const { id } = await open(service, bruno);
    expect((await act(service, bruno, 'acceptSolution', { ticketId: id })).errors).toMatchObject([
      { code: 'TRANSITION_NOT_ALLOWED', message: expect.stringContaining('“Novo”') },
    ]);
  });

  it('is not changed by who has seen an older version', async () => {
    const { id, version } = await open(service, bruno);
    await act(service, carla, 'takeTicket', { ticketId: id });
    expect((await act(service, bruno, 'replyToTicket', { ticketId: id, body: 'Olá', expectedVersion: version })).failed).toBe('CONFLICT');
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
    const counted = await service.ask(
      elisa,
      `{ tickets(filter: { requestType: ["relationship.ombudsman"] }, first: 10) { edges { node { id } } } ticketCounts(filter: { requestType: ["relationship.ombudsman"] }) { total } }`,
    );
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

  it('gives every fault at once, in the language asked for, and stores nothing', async () => {
    const { formId } = await fillForm(service, bruno, 'technical-support');
    const input = {
      clientKey: clientKey(),
      formId,
      answers: [
        { field: 'criticality', value: 'LOW' },
        { field: 'nonsense', value: 1 },
        { field: 'subject', value: 7 },
      ],
      watchers: ['not-an-address'],
      attachmentIds: ['forged'],
    };
    const { data } = await service.ask(bruno, OPEN, { input }, { 'accept-language': 'en' });
    const codes = data.openTicket.errors.map(({ code, field }: { code: string; field: string[] }) => `${code} ${field.join('.')}`);
    expect(codes).toEqual(
      expect.arrayContaining([
        'COMPUTED_FIELD input.answers.criticality',
        'UNKNOWN_FIELD input.answers.nonsense',
        'WRONG_KIND input.answers.subject',
        'NOT_AN_EMAIL input.watchers.0',
        'RECEIPT_INVALID input.attachmentIds.0',
        'REQUIRED input.answers.description',
      ]),
    );
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
    const { data } = await service.ask(
      diego,
      `mutation ($input: OpenTicketInput!) { openTicket(input: $input) { ticket { id requester { id } openedBy { ... on Analyst { id } } organization { id } } errors { code field } } }`,
      {
        input: { clientKey: clientKey(), formId, answers, onBehalfOf },
      },
    );
    expect(data.openTicket).toMatchObject({
      errors: [],
      ticket: {
        requester: { id: onBehalfOf.contactId },
        openedBy: { id: diego.analystId },
        organization: { id: onBehalfOf.organizationId },
      },
    });
    expect(await seen(diego, data.openTicket.ticket.id)).not.toBeNull();
  });
});

describe('what a ticket says of itself', () => {
  it('is drawn with its form, and knows its product, module and links', async () => {
    const { id } = await open(service, bruno);
    const query = `query ($id: ID!) { ticket(id: $id) { requestType formVersion form { id version steps { key fields { key label } } guidance { field answered } }
      product { id code label children } module { id label } environment { id } answers { field value displayValue } links { type } criticality { value immediateAttention immediateAttentionReason } } }`;
    const { ticket } = (await service.ask(bruno, query, { id })).data;
    expect(ticket).toMatchObject({
      requestType: 'technical-support',
      formVersion: 1,
      form: { version: 1 },
      links: [],
      criticality: { immediateAttention: false, immediateAttentionReason: null },
    });
    const answers = new Map<string, { value: string; displayValue: string }>(
      ticket.answers.map((answer: { field: string }) => [answer.field, answer]),
    );
    expect(ticket.product).toMatchObject({
      id: answers.get('product')?.value,
      label: answers.get('product')?.displayValue,
      children: true,
    });
    expect(ticket.module).toEqual({ id: answers.get('module')?.value, label: answers.get('module')?.displayValue });
    const keys = ticket.form.steps.flatMap((step: { fields: { key: string }[] }) => step.fields.map(({ key }) => key));
    for (const field of answers.keys())
      expect([...keys, ...ticket.form.guidance.map((item: { field: string }) => item.field)]).toContain(field);
  });

  it('names whom its automatic fields showed, for identity to say their names', async () => {
    const { id } = await open(service, bruno, 'relationship.cst');
    const query =
      'query ($id: ID!) { ticket(id: $id) { answers { field party { __typename ... on Organization { id } ... on Contact { id } } } } }';
    const { answers } = (await service.ask(bruno, query, { id })).data.ticket;
    const [contact] = bruno.contacts;
    expect(answers.filter(({ party }: { party: object | null }) => party)).toEqual([
      { field: 'client', party: { __typename: 'Organization', id: contact?.organizationId } },
      { field: 'clientContact', party: { __typename: 'Contact', id: contact?.id } },
    ]);
  });

  it('tells of each change who, when, before, after and why', async () => {
    const { id } = await open(service, bruno);
    await act(service, carla, 'proposeSolution', { ticketId: id, body: 'Feito.', resolution: 'OTHER' });
    await act(service, bruno, 'acceptSolution', { ticketId: id });
    const query = `query ($id: ID!) { ticket(id: $id) { history(first: 20) { edges { node { type cause occurredAt actor { __typename ... on Analyst { id } ... on Contact { id } } changes { field before after } comment { body } } } } } }`;
    const entries: Record<string, unknown>[] = (await service.ask(bruno, query, { id })).data.ticket.history.edges.map(
      ({ node }: { node: object }) => node,
    );
    const by = (type: string) => entries.find((entry) => entry.type === type);
    expect(by('TAKEN')).toMatchObject({
      actor: { __typename: 'Analyst', id: carla.analystId },
      changes: expect.arrayContaining([
        { field: 'status', before: 'NEW', after: 'OPEN' },
        { field: 'assigneeId', before: null, after: carla.analystId },
      ]),
    });
    expect(by('SOLUTION_PROPOSED')).toMatchObject({
      comment: { body: 'Feito.' },
      changes: expect.arrayContaining([{ field: 'resolution', before: null, after: 'OTHER' }]),
    });
    expect(by('CLOSED')).toMatchObject({
      cause: 'ACCEPTED',
      actor: { __typename: 'Contact', id: bruno.contacts[0]?.id },
      comment: null,
      occurredAt: service.clock.now().toISOString(),
    });
    for (const { changes } of entries)
      for (const { field } of changes as { field: string }[]) expect(['stay', 'lastInteractionAt']).not.toContain(field);
  });

  it('offers each person what that person may do now', async () => {
    const { id } = await open(service, bruno);
    const offered = async (viewer: Viewer) =>
      (await service.ask(viewer, 'query ($id: ID!) { ticket(id: $id) { allowedActions } }', { id })).data.ticket.allowedActions;
    expect(await offered(bruno)).toEqual(['REPLY', 'CANCEL']);
    expect(await offered(ana)).toEqual(['REPLY']);
    expect(await offered(carla)).toEqual(['REPLY', 'ADD_NOTE', 'REQUEST_INFORMATION', 'PROPOSE_SOLUTION', 'TAKE', 'CLASSIFY']);
    await act(service, carla, 'proposeSolution', { ticketId: id, body: 'Feito.', resolution: 'OTHER' });
    expect(await offered(bruno)).toEqual(['REPLY', 'ACCEPT_SOLUTION', 'REFUSE_SOLUTION']);
    expect(await offered(carla)).toEqual(['REPLY', 'ADD_NOTE', 'CLASSIFY']);
    expect((await act(service, ana, 'cancelTicket', { ticketId: id })).failed).toBe('FORBIDDEN');
  });
});
