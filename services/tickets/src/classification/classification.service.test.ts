import { TicketAssigned } from '@atende/events';
import { demoId, type Viewer } from '@atende/service';
import type { TestService } from '@atende/service/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DecisionTable } from '../criticality/decision-table.ts';
import { TicketEventRow } from '../history/ticket-event.ts';
import { fold, recordChange } from '../history/ticket-ledger.ts';
import { ana, bruno, carla, diego, elisa, gisele, otavio } from '../seed/demo-people.ts';
import { type Receipts, startReceipts } from '../testing/receipts.ts';
import { act, clientKey, fillForm, open, startTickets, tryToOpen } from '../testing-tickets.ts';
import { Ticket } from '../ticket/ticket.ts';
import { actOf } from '../ticket/ticket-acting.ts';

let service: TestService;
let receipts: Receipts;
beforeAll(async () => {
  receipts = await startReceipts();
  service = await startTickets({ environment: { FILES_JWKS_URL: receipts.jwksUrl } });
}, 60_000);
afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await receipts[Symbol.asyncDispose]();
});

const read = (id: string): Promise<Ticket> => service.worker().findOneOrFail(Ticket, id);
const historyOf = (id: string) => service.worker().find(TicketEventRow, { aggregate: id }, { orderBy: { version: 'asc' } });
const sees = async (viewer: Viewer, id: string): Promise<boolean> =>
  (await service.ask(viewer, 'query ($id: ID!) { ticket(id: $id) { id } }', { id })).data.ticket !== null;
const group = (code: string): string => demoId('grp', code);
/** An analyst of one group and nothing else. */
const memberOf = (code: string): Viewer => ({
  ...diego,
  analystId: demoId('ana', code),
  personId: demoId('per', code),
  groups: [group(code)],
});
const onBehalfOf = { organizationId: bruno.contacts[0]?.organizationId, contactId: bruno.contacts[0]?.id };

type Filled = Awaited<ReturnType<typeof fillForm>>;
const forms = new Map<string, Promise<Filled>>();

/** The form of another request type as staff fills it in for a ticket; filled in once, for texts make no difference. */
async function formFor(ticketId: string, requestType: string, texts: Record<string, unknown> = {}, viewer = carla): Promise<Filled> {
  const filled = forms.get(requestType) ?? fillForm(service, viewer, requestType, {}, { ticketId });
  forms.set(requestType, filled);
  const { formId, answers } = await filled;
  return { formId, answers: answers.map(({ field, value }) => ({ field, value: texts[field] ?? value })) };
}

async function classify(viewer: Viewer, input: object) {
  const fields =
    'id number status version classification group { id } routingTrace { tried winner fallback group { id } } criticality { value rule } formVersion requestType';
  const answer = await service.ask(
    viewer,
    `mutation ($input: ClassifyTicketInput!) { classifyTicket(input: $input) { ticket { ${fields} } errors { code field message } } }`,
    { input },
  );
  return { ticket: null, errors: [], ...answer.data?.classifyTicket, failed: answer.errors?.[0]?.extensions.code };
}
const refile = async (ticketId: string, requestType: string, given = {}) => {
  const done = await classify(carla, { ticketId, ...(await formFor(ticketId, requestType, given)) });
  expect([done.errors, done.failed]).toEqual([[], undefined]);
  return read(ticketId);
};

/** Rows and history must tell the same, in versions without a gap. */
async function expectWhole(id: string): Promise<void> {
  const [history, row] = [await historyOf(id), await read(id)];
  expect(history.map(({ version }) => version)).toEqual(history.map((_, index) => index + 1));
  expect(row.version).toBe(history.length);
  expect(fold(history)).toEqual(row.state());
}

/** Somebody called, and nothing was written down but for whom. */
async function phoned(requestType: string, more: object = {}): Promise<string> {
  const called = { formId: demoId('frm', `${requestType}@1`), answers: [], onBehalfOf, channel: 'PHONE', ...more };
  return (await tryToOpen(service, carla, called)).ticket?.id ?? '';
}

describe('a ticket that is to be classified', () => {
  it('is completed under its form, every fault at once, and then goes to the group that routing chooses', async () => {
    const id = await phoned('value-added.cloud', { watchers: ['chefe@acme.example'] });
    const before = await read(id);
    const form = await formFor(id, 'value-added.cloud', { subject: 'Servidor de homologação parado' });
    const { errors } = await classify(carla, { ticketId: id, formId: form.formId, answers: [{ field: 'nonsense', value: 1 }] });
    expect(errors.map(({ code }: { code: string }) => code)).toEqual(expect.arrayContaining(['UNKNOWN_FIELD', 'REQUIRED']));
    expect((await read(id)).version).toBe(before.version);
    const done = await classify(carla, { ticketId: id, ...form, expectedVersion: before.version });
    expect(done).toMatchObject({
      errors: [],
      ticket: {
        ...{ id, number: before.number, status: 'NEW', classification: 'COMPLETE', requestType: 'value-added.cloud', formVersion: 1 },
        group: { id: group('cloud') },
        routingTrace: {
          winner: 'cloud',
          fallback: false,
          group: { id: group('cloud') },
          tried: expect.arrayContaining(['cloud', 'fallback']),
        },
      },
    });
    expect(await read(id)).toMatchObject({ subject: 'Servidor de homologação parado', watchers: ['chefe@acme.example'], channel: 'PHONE' });
    await expectWhole(id);
  });
});

describe('a ticket that was filed wrongly', () => {
  it('is filed anew: what it is about, its answers, criticality by the table of now; the rest stays', async () => {
    const { id } = await open(service, bruno, 'technical-support', { watchers: ['chefe@acme.example'] });
    await act(service, carla, 'requestInformation', { ticketId: id, body: 'Qual?' });
    const before = await read(id);
    const em = service.worker();
    const reason = { 'pt-BR': 'Tudo', en: 'All', es: 'Todo' };
    em.create(DecisionTable, { edition: 9, rows: [{ id: 'everything', when: {}, value: 'CRITICAL', reason }], at: service.clock.now() });
    await em.flush();
    await using replica = await startTickets({ beside: service, environment: { FILES_JWKS_URL: receipts.jwksUrl } });
    const form = await formFor(id, 'software.rm', { summary: 'Folha parada' });
    await replica.ask(carla, 'mutation ($input: ClassifyTicketInput!) { classifyTicket(input: $input) { errors { code } } }', {
      input: { ticketId: id, ...form },
    });
    const after = await read(id);
    expect(after).toMatchObject({
      ...{ requestType: 'software.rm', formId: form.formId, subject: 'Folha parada', restricted: false },
      ...{ criticality: 'CRITICAL', criticalityRule: 'everything', criticalityReason: reason, severity: 'CRITICAL', priority: 'URGENT' },
    });
    const { status, stay, dueTo, dueAt, number, watchers, requesterId, openedById, channel, lastInteractionAt } = before;
    expect(after).toMatchObject({ status, stay, dueTo, dueAt, number, watchers, requesterId, openedById, channel, lastInteractionAt });
    expect(after.answers.map(({ field }) => field)).toContain('category');
    await expectWhole(id);
  });
});

describe('severity and priority', () => {
  const low = { criticality: 'LOW' as const, severity: 'LOW' as const, priority: 'LOW' as const };
  /** As if the table had said so when it was opened. */
  const openedAs = async (changes: object, input: object = {}): Promise<string> => {
    const { id } = await open(service, bruno, 'technical-support', input);
    await service.worker().nativeUpdate(Ticket, { id }, { ...low, ...changes });
    return id;
  };

  it('go with criticality while nobody has touched them', async () => {
    const { criticality, severity, priority } = await refile(await openedAs({}), 'value-added.cloud');
    expect([criticality, severity, priority]).toEqual(['CRITICAL', 'CRITICAL', 'URGENT']);
  });

  it('stay where another was agreed, and a priority that was asked for stays as asked', async () => {
    const agreed = { severity: 'HIGH', priority: 'HIGH' };
    expect(await refile(await openedAs(agreed), 'value-added.cloud')).toMatchObject({ criticality: 'CRITICAL', ...agreed });
    const wished = { priority: 'NORMAL', requestedPriority: 'NORMAL' };
    expect(await refile(await openedAs(wished), 'value-added.cloud')).toMatchObject({ severity: 'CRITICAL', ...wished });
    expect(await refile(await openedAs({ priority: 'HIGH' }), 'value-added.cloud')).toMatchObject({
      severity: 'CRITICAL',
      priority: 'HIGH',
    });
  });

  it('stay where the history says that somebody changed them, even back to what they were', async () => {
    const id = await openedAs({});
    const em = service.worker();
    const ticket = await em.findOneOrFail(Ticket, id);
    for (const severity of ['HIGH', 'LOW'] as const)
      recordChange(ticket, actOf({ now: service.clock.now() }, em, carla.analystId), {
        event: TicketAssigned,
        after: { severity },
        data: { assigneeId: null, groupId: null },
      });
    await em.flush();
    expect(await refile(id, 'value-added.cloud')).toMatchObject({ criticality: 'CRITICAL', severity: 'LOW', priority: 'LOW' });
  });
});

describe('the history', () => {
  const CHANGES = `query ($id: ID!) { ticket(id: $id) { history(first: 50) { edges { node {
    type occurredAt actor { ... on Analyst { id } } changes { field before after }
    formChange { before { requestType formVersion subject answers { field displayValue } } after { requestType subject answers { field } } } } } } } }`;
  interface Entry {
    type: string;
    actor: { id: string };
    changes: { field: string }[];
    formChange: { before: { subject: string; requestType: string }; after: { subject: string; requestType: string } } | null;
  }
  const entriesFor = async (viewer: Viewer, id: string): Promise<Entry[]> =>
    (await service.ask(viewer, CHANGES, { id })).data.ticket.history.edges.map(({ node }: { node: Entry }) => node);

  it('keeps every form that there was, for who sees the ticket: who, when, before, after', async () => {
    const { id } = await open(service, bruno);
    const first = await read(id);
    await refile(id, 'value-added.cloud', { subject: 'Segundo' });
    await refile(id, 'relationship.cst', { subject: 'Terceiro' });
    for (const viewer of [carla, bruno]) {
      const entries = await entriesFor(viewer, id);
      const [one, two] = entries.filter(({ type }) => type === 'CLASSIFIED');
      expect(one).toMatchObject({
        actor: { id: carla.analystId },
        occurredAt: service.clock.now().toISOString(),
        formChange: {
          before: {
            ...{ requestType: 'technical-support', formVersion: 1, subject: first.subject },
            answers: first.answers.map(({ field, display }) => ({ field, displayValue: display['pt-BR'] })),
          },
          after: { requestType: 'value-added.cloud', subject: 'Segundo' },
        },
      });
      expect(one?.changes).toContainEqual({ field: 'requestType', before: 'technical-support', after: 'value-added.cloud' });
      expect(two?.formChange).toMatchObject({
        before: { subject: 'Segundo' },
        after: { requestType: 'relationship.cst', subject: 'Terceiro' },
      });
      expect(entries.filter(({ type, formChange }) => type !== 'CLASSIFIED' && formChange !== null)).toEqual([]);
      expect(entries.map(({ type }) => type).filter((type) => type === 'ROUTED')).toHaveLength(2);
    }
    await expectWhole(id);
  });

  it('shows no client which rules chose the group', async () => {
    const { id } = await open(service, bruno);
    const trace = async (viewer: Viewer) =>
      (await service.ask(viewer, 'query ($id: ID!) { ticket(id: $id) { routingTrace { winner } } }', { id })).data.ticket.routingTrace;
    expect([await trace(carla), await trace(bruno)]).toEqual([{ winner: 'fallback' }, null]);
  });
});

describe('what follows', () => {
  const matching = async (viewer: Viewer, filter: object) =>
    (await service.ask(viewer, 'query ($f: TicketFilter) { ticketCounts(filter: $f) { total } }', { f: filter })).data.ticketCounts.total;

  it('is who sees it, at once and in every service', async () => {
    const { id } = await open(service, bruno);
    expect([await sees(memberOf('n1-software'), id), await sees(memberOf('cloud'), id)]).toEqual([true, false]);
    await refile(id, 'value-added.cloud');
    expect([await sees(memberOf('n1-software'), id), await sees(memberOf('cloud'), id), await sees(carla, id)]).toEqual([
      false,
      true,
      true,
    ]);
    const told = (await historyOf(id)).at(-1);
    expect(told).toMatchObject({
      type: 'ticket.access',
      data: { groupId: group('cloud'), analystIds: [carla.analystId], restricted: false },
    });
  });

  it('is whose it is: in another queue nobody’s yet, in the same one who has it', async () => {
    const { id } = await open(service, bruno);
    await act(service, carla, 'takeTicket', { ticketId: id });
    expect(await refile(id, 'software.rm')).toMatchObject({ assigneeId: carla.analystId, status: 'OPEN' });
    expect(await refile(id, 'value-added.cloud')).toMatchObject({ assigneeId: null, status: 'OPEN' });
    await expectWhole(id);
  });

  it('are lists, counts and search', async () => {
    const id = await phoned('relationship.cst');
    const [waiting, cst] = [
      await matching(elisa, { classification: 'TO_CLASSIFY' }),
      await matching(elisa, { requestType: ['relationship.cst'] }),
    ];
    await refile(id, 'software.wms', { summary: 'Coletor travado na expedição' });
    expect(await matching(elisa, { classification: 'TO_CLASSIFY' })).toBe(waiting - 1);
    expect(await matching(elisa, { requestType: ['relationship.cst'] })).toBe(cst - 1);
    const found = await service.ask(
      elisa,
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on SearchResult { tickets(first: 5) { edges { node { id } } } } } }',
      { of: [{ __typename: 'SearchResult', text: 'coletores travados' }] },
    );
    expect(found.data._entities[0].tickets.edges).toEqual([{ node: { id } }]);
  });

  it('is the rule of files: those that came stay, later ones are bound by the form of now', async () => {
    const { id } = await open(service, bruno, 'technical-support', {
      attachmentIds: [
        await receipts.sign(
          { attachmentId: demoId('att', 'first'), personId: bruno.personId, organizations: [onBehalfOf.organizationId] },
          service.clock.now(),
        ),
      ],
    });
    await refile(id, 'value-added.cloud'); // archives only
    const [opened] = await historyOf(id);
    expect(opened?.data.attachmentIds).toEqual([demoId('att', 'first')]);
    const later = await receipts.sign(
      { attachmentId: demoId('att', 'later'), personId: bruno.personId, organizations: [onBehalfOf.organizationId] },
      service.clock.now(),
    );
    expect((await act(service, bruno, 'replyToTicket', { ticketId: id, body: 'Segue.', attachmentIds: [later] })).errors).toEqual([
      expect.objectContaining({ code: 'FILE_REFUSED', field: ['input', 'attachmentIds', '0'] }),
    ]);
  });
});

describe('what is refused', () => {
  it('is what is over, with the name of its state', async () => {
    const { id } = await open(service, bruno);
    const form = await formFor(id, 'value-added.cloud');
    await act(service, bruno, 'cancelTicket', { ticketId: id });
    expect((await classify(carla, { ticketId: id, ...form })).errors).toEqual([
      { code: 'TRANSITION_NOT_ALLOWED', field: ['input', 'ticketId'], message: expect.stringContaining('Cancelado') },
    ]);
    await expectWhole(id);
  });

  it('is what is nobody’s business: clients may not, foreign staff find nothing', async () => {
    const { id } = await open(service, bruno);
    const form = await formFor(id, 'value-added.cloud');
    const failed = async (viewer: Viewer, ticketId = id) => (await classify(viewer, { ticketId, ...form })).failed;
    expect([await failed(bruno), await failed(ana), await failed(gisele)]).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
    expect([await failed(diego), await failed(diego, demoId('tkt', 'never'))]).toEqual(['NOT_FOUND', 'NOT_FOUND']);
  });

  it('is another version than was seen: of two analysts at once one is told so', async () => {
    const { id, version } = await open(service, bruno);
    const form = await formFor(id, 'value-added.cloud');
    const done = await Promise.all([carla, elisa].map((viewer) => classify(viewer, { ticketId: id, ...form, expectedVersion: version })));
    expect(done.map(({ failed }) => failed).sort()).toEqual(['CONFLICT', undefined]);
    await expectWhole(id);
  });

  it('is a form that nobody published, and one that the organization is not entitled to', async () => {
    const { id } = await open(service, gisele);
    const faults = async (formId: string) =>
      (await classify(carla, { ticketId: id, formId, answers: [] })).errors.map(
        ({ code, field }: { code: string; field: string[] }) => `${code} ${field.join('.')}`,
      );
    expect(await faults(demoId('frm', 'nothing'))).toEqual(['NOT_FOUND input.formId']);
    expect(await faults(demoId('frm', 'value-added.cloud@1'))).toContain('NOT_ENTITLED input.formId');
  });
});

describe('what is the ombudsman’s', () => {
  it('is filed by the ombudsman only, and then seen by nobody else of the staff, bound or not', async () => {
    const { id } = await open(service, bruno);
    const seeing = { ...otavio, groups: [group('n1-software'), group('ombudsman')] };
    const form = await fillForm(service, bruno, 'relationship.ombudsman');
    await act(service, carla, 'takeTicket', { ticketId: id });
    for (const viewer of [carla, elisa])
      expect((await classify(viewer, { ticketId: id, ...form })).errors).toEqual([
        expect.objectContaining({ code: 'FORBIDDEN', field: ['input', 'formId'] }),
      ]);
    expect((await classify(seeing, { ticketId: id, ...form })).errors).toEqual([]);
    expect(await read(id)).toMatchObject({ restricted: true, groupId: group('ombudsman'), assigneeId: null });
    expect(await Promise.all([bruno, otavio, carla, elisa, ana].map((viewer) => sees(viewer, id)))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect((await historyOf(id)).at(-1)).toMatchObject({ type: 'ticket.access', data: { restricted: true } });
  });

  it('is not given back to who had opened it in somebody’s name, by a repeat of the opening either', async () => {
    const opening = { clientKey: clientKey(), onBehalfOf, channel: 'PHONE', formId: demoId('frm', 'technical-support@1'), answers: [] };
    const { ticket } = await tryToOpen(service, carla, opening);
    const reply = { clientKey: clientKey(), ticketId: ticket?.id, body: 'Anotado.' };
    await act(service, carla, 'replyToTicket', reply);
    const seeing = { ...otavio, groups: [group('n1-software'), group('ombudsman')] };
    const form = await fillForm(service, bruno, 'relationship.ombudsman');
    expect((await classify(seeing, { ticketId: ticket?.id, ...form })).errors).toEqual([]);
    expect(await tryToOpen(service, carla, opening)).toEqual({ ticket: null, errors: [], failed: 'NOT_FOUND' });
    expect(await act(service, carla, 'replyToTicket', reply)).toEqual({ ticket: null, errors: [], failed: 'NOT_FOUND' });
  });

  it('stays so: filed as anything else it would be shown to a queue and to the client’s administrators', async () => {
    const { id } = await open(service, bruno, 'relationship.ombudsman');
    const form = await fillForm(service, bruno, 'technical-support');
    expect((await classify(otavio, { ticketId: id, ...form })).errors).toEqual([
      expect.objectContaining({ code: 'FORBIDDEN', field: ['input', 'formId'] }),
    ]);
    expect((await classify(carla, { ticketId: id, ...form })).failed).toBe('NOT_FOUND');
    const own = await formFor(id, 'relationship.ombudsman', { subject: 'Completado' }, otavio);
    expect((await classify(otavio, { ticketId: id, ...own })).errors).toEqual([]);
    expect(await read(id)).toMatchObject({ restricted: true, groupId: group('ombudsman'), subject: 'Completado' });
  });
});
