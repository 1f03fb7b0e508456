import { demoId, type KeyScope, type Viewer } from '@atende/service';
import type { TestService } from '@atende/service/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CatalogueRow } from '../catalogue/catalogue-entry.ts';
import { DecisionTable } from '../criticality/decision-table.ts';
import { ContactFact, GroupFact, OrganizationFact } from '../facts.ts';
import { FormVersion } from '../form/form-version.ts';
import { ana, bruno, carla, elisa, gisele, otavio } from '../seed/demo-people.ts';
import { act, clientKey, fillForm, open, startTickets, tryToOpen } from '../testing-tickets.ts';
import { Ticket } from '../ticket/ticket.ts';

let service: TestService;
type Filled = Awaited<ReturnType<typeof fillForm>>;
let support: Filled;
beforeAll(async () => {
  service = await startTickets();
  support = await fillForm(service, bruno, 'technical-support');
}, 60_000);
afterAll(() => service[Symbol.asyncDispose]());

const onBehalfOf = (viewer: Viewer) => ({ organizationId: viewer.contacts[0]?.organizationId, contactId: viewer.contacts[0]?.id });
const stored = (): Promise<number> => service.worker().count(Ticket);
const read = (id: string): Promise<Ticket> => service.worker().findOneOrFail(Ticket, id);

describe('opening, again and at once', () => {
  it('is once per person and key: 64 callers make one ticket, on a pool of eight', async () => {
    const before = await stored();
    const input = { clientKey: clientKey(), ...support };
    const answers = await Promise.all(Array.from({ length: 64 }, () => tryToOpen(service, bruno, input)));
    expect(new Set(answers.map(({ ticket }) => ticket?.id)).size).toBe(1);
    expect(await stored()).toBe(before + 1);
    expect((await tryToOpen(service, bruno, { ...input, watchers: ['x@y.example'] })).failed).toBe('CONFLICT');
  }, 60_000);

  it('is the same for a day, whichever replica is asked and whatever was restarted meanwhile', async () => {
    const input = { clientKey: clientKey(), ...support };
    const before = await stored();
    const first = await startTickets({ beside: service });
    const answers = await Promise.all(Array.from({ length: 32 }, (_, index) => tryToOpen(index % 2 ? first : service, bruno, input)));
    await first[Symbol.asyncDispose]();
    const DAY = 86_400_000; // ms
    service.clock.advance(DAY - 1);
    await using second = await startTickets({ beside: service });
    answers.push(await tryToOpen(second, bruno, input));
    expect(new Set(answers.map(({ ticket }) => ticket?.id)).size).toBe(1);
    expect(await stored()).toBe(before + 1);
    expect((await tryToOpen(second, bruno, { ...input, watchers: ['x@y.example'] })).failed).toBe('CONFLICT');
  }, 60_000);

  it('gives numbers that people can say, each once, to whoever opens at the same time on two replicas', async () => {
    await using replica = await startTickets({ beside: service });
    const numbers: string[] = [];
    const opener = async (index: number): Promise<void> => {
      for (let count = 0; count < 13; count++) {
        const { ticket } = await tryToOpen(index % 2 ? replica : service, index % 3 ? bruno : ana, support);
        numbers.push(ticket?.number ?? 'none');
      }
    };
    await Promise.all(Array.from({ length: 16 }, (_, index) => opener(index)));
    expect(new Set(numbers).size).toBe(16 * 13);
    expect(numbers.filter((number) => !/^[1-9]\d{5}$/.test(number))).toEqual([]);
  }, 60_000);

  it('takes another person’s key as a key of one’s own', async () => {
    const key = clientKey();
    const one = await tryToOpen(service, bruno, { ...support, clientKey: key });
    const other = await tryToOpen(service, ana, { ...support, clientKey: key });
    expect([other.errors, other.failed]).toEqual([[], undefined]);
    expect(other.ticket?.id).not.toBe(one.ticket?.id);
  });

  it('forgets the key of what was refused', async () => {
    const key = clientKey();
    expect((await tryToOpen(service, bruno, { clientKey: key, formId: support.formId, answers: [] })).ticket).toBeNull();
    expect((await tryToOpen(service, bruno, { clientKey: key, ...support })).ticket).not.toBeNull();
  });
});

describe('who opens', () => {
  it('in several organizations says for which, and nobody opens for a foreign one', async () => {
    const [acme] = bruno.contacts;
    const [globex] = gisele.contacts;
    const both = { ...bruno, contacts: [acme, globex] } as Viewer;
    expect((await tryToOpen(service, both, support)).errors).toContainEqual(
      expect.objectContaining({ code: 'ORGANIZATION_REQUIRED', field: ['input', 'organizationId'] }),
    );
    const opened = await open(service, { ...both, personId: demoId('per', 'both') }, 'technical-support', {
      ...support,
      organizationId: acme?.organizationId,
    });
    expect(await read(opened.id)).toMatchObject({ organizationId: acme?.organizationId, requesterId: acme?.id });
    const foreign = await tryToOpen(service, bruno, { ...support, organizationId: globex?.organizationId });
    const absent = await tryToOpen(service, bruno, { ...support, organizationId: demoId('org', 'nowhere') });
    expect(foreign).toEqual(absent);
    expect(foreign.errors).toEqual([expect.objectContaining({ code: 'NOT_FOUND', field: ['input', 'organizationId'] })]);
  });

  it('needs the right to open, with its contact or in its name', async () => {
    const mute = { ...bruno, contacts: bruno.contacts.map((contact) => ({ ...contact, mayOpen: false })) };
    expect((await tryToOpen(service, mute, support)).errors).toEqual([
      expect.objectContaining({ code: 'NOT_ALLOWED_TO_OPEN', field: ['input'] }),
    ]);
    const menu = await service.ask(mute, '{ serviceAreas { code } }');
    expect(menu.data).toEqual({ serviceAreas: [] });
  });

  it('of the staff opens in the name of an active contact of that organization only', async () => {
    const faults = async (who: object) =>
      (await tryToOpen(service, carla, { ...support, onBehalfOf: who })).errors.map(({ code, field }) => `${code} ${field.join('.')}`);
    const { organizationId, contactId } = onBehalfOf(bruno);
    expect(await faults({ organizationId: demoId('org', 'GLBX01'), contactId })).toContain('NOT_FOUND input.onBehalfOf');
    expect(await faults({ organizationId, contactId: demoId('con', 'nobody') })).toContain('NOT_FOUND input.onBehalfOf');
    expect(await faults({ organizationId: '\u0000', contactId: "' or 1=1" })).toContain('NOT_FOUND input.onBehalfOf');
    const em = service.worker();
    await em.nativeUpdate(ContactFact, { id: contactId ?? '' }, { active: false });
    expect(await faults({ organizationId, contactId })).toContain('NOT_FOUND input.onBehalfOf');
    await em.nativeUpdate(ContactFact, { id: contactId ?? '' }, { active: true });
    expect((await tryToOpen(service, carla, support)).errors).toContainEqual(
      expect.objectContaining({ code: 'REQUIRED', field: ['input', 'onBehalfOf'] }),
    );
    expect(await faults({ organizationId, contactId })).toEqual([]);
  });

  it('of the staff opens by the rules and entitlements of the client', async () => {
    const faults = async (requestType: string, who: object) => {
      const { errors } = await tryToOpen(service, carla, { formId: demoId('frm', `${requestType}@1`), answers: [], onBehalfOf: who });
      return errors.map(({ code, field }) => `${code} ${field.join('.')}`);
    };
    expect(await faults('value-added.cloud', onBehalfOf(gisele))).toContain('NOT_ENTITLED input.formId');
    expect(await faults('value-added.cloud', onBehalfOf(bruno))).not.toContain('NOT_ENTITLED input.formId');
    // BSO clients direct their tickets to the BSO group, who else does not.
    const form = await fillForm(service, carla, 'technical-support', {}, { onBehalfOf: onBehalfOf(gisele) });
    const { ticket } = await tryToOpen(service, carla, { ...form, onBehalfOf: onBehalfOf(gisele) });
    expect(await read(ticket?.id ?? '')).toMatchObject({ organizationId: demoId('org', 'GLBX01'), groupId: demoId('grp', 'bso-ams') });
    const em = service.worker();
    await em.nativeUpdate(ContactFact, { id: bruno.contacts[0]?.id ?? '' }, { mayOpen: false });
    expect(await faults('technical-support', onBehalfOf(bruno))).toContain('NOT_ALLOWED_TO_OPEN input.onBehalfOf');
    await em.nativeUpdate(ContactFact, { id: bruno.contacts[0]?.id ?? '' }, { mayOpen: true });
  });

  it('names watchers: each once, in one spelling, twenty at most, and every bad one at its place', async () => {
    const watchers = ['Chefe@ACME.example ', 'chefe@acme.example', 'fiscal@acme.example'];
    const { id } = await open(service, bruno, 'technical-support', { watchers });
    expect((await read(id)).watchers).toEqual(['chefe@acme.example', 'fiscal@acme.example']);
    const many = ['nobody', ...Array.from({ length: 20 }, (_, index) => `w${index}@acme.example`), 'a b@c.example'];
    const { errors } = await tryToOpen(service, bruno, { ...support, watchers: many });
    expect(errors.map(({ code, field }) => `${code} ${field.join('.')}`)).toEqual([
      'NOT_AN_EMAIL input.watchers.0',
      'TOO_MANY input.watchers',
    ]);
  });

  it('of the clients cannot open in somebody’s name, nor say the channel', async () => {
    const { errors } = await tryToOpen(service, bruno, { ...support, onBehalfOf: onBehalfOf(ana), channel: 'PHONE' });
    expect(errors.map(({ code, field }) => `${code} ${field.join('.')}`)).toEqual(
      expect.arrayContaining(['HIDDEN_FIELD input.onBehalfOf', 'CHANNEL_NOT_ALLOWED input.channel']),
    );
    for (const channel of ['API', 'EMAIL'])
      expect((await tryToOpen(service, carla, { ...support, onBehalfOf: onBehalfOf(bruno), channel })).errors).toContainEqual(
        expect.objectContaining({ code: 'CHANNEL_NOT_ALLOWED' }),
      );
  });

  it('by API key needs its scope, and the channel says so, of what follows a closed ticket too', async () => {
    const by = (...scopes: KeyScope[]): Viewer => ({ ...bruno, apiKey: { id: demoId('key', 'bruno'), scopes } });
    expect((await tryToOpen(service, by('READ'), support)).failed).toBe('FORBIDDEN');
    const key = by('WRITE_TICKETS');
    for (const channel of ['PORTAL', 'EMAIL', 'PHONE'])
      expect((await tryToOpen(service, key, { ...support, channel })).errors).toContainEqual(
        expect.objectContaining({ code: 'CHANNEL_NOT_ALLOWED' }),
      );
    const { ticket } = await tryToOpen(service, key, { ...support, channel: 'API' });
    expect(await read(ticket?.id ?? '')).toMatchObject({ channel: 'API', openedById: bruno.contacts[0]?.id });
    await act(service, carla, 'proposeSolution', { ticketId: ticket?.id, body: 'Feito.', resolution: 'OTHER' });
    await act(service, key, 'acceptSolution', { ticketId: ticket?.id });
    const followUp = await act(service, key, 'replyToTicket', { ticketId: ticket?.id, body: 'Voltou a acontecer.' });
    expect(await read(followUp.ticket?.id ?? '')).toMatchObject({ channel: 'API', followUpOfId: ticket?.id });
  });

  it('opens an ombudsman ticket in somebody’s name only as the ombudsman, who alone sees it', async () => {
    const form = await fillForm(service, bruno, 'relationship.ombudsman');
    for (const viewer of [carla, elisa])
      expect((await tryToOpen(service, viewer, { ...form, onBehalfOf: onBehalfOf(bruno) })).errors).toEqual([
        expect.objectContaining({ code: 'FORBIDDEN', field: ['input', 'formId'] }),
      ]);
    const { ticket } = await tryToOpen(service, otavio, { ...form, onBehalfOf: onBehalfOf(bruno) });
    expect(await read(ticket?.id ?? '')).toMatchObject({ restricted: true, openedById: otavio.analystId });
  });

  it('waits for an organization that is not known here yet', async () => {
    const stranger = { ...bruno, contacts: bruno.contacts.map((contact) => ({ ...contact, organizationId: demoId('org', 'tomorrow') })) };
    expect((await tryToOpen(service, stranger, support)).failed).toBe('DEPENDENCY_UNAVAILABLE');
  });
});

describe('a form', () => {
  it('that nobody published cannot open, a superseded one does for a day', async () => {
    const em = service.worker();
    const published = await em.findOneOrFail(FormVersion, support.formId);
    const draft = em.create(FormVersion, {
      ...published,
      id: demoId('frm', 'draft'),
      version: 2,
      status: 'DRAFT',
      publishedAt: null,
      supersededAt: null,
    });
    await em.flush();
    for (const formId of [draft.id, demoId('frm', 'nothing'), '\u0000']) {
      expect((await tryToOpen(service, bruno, { ...support, formId })).errors).toEqual([
        expect.objectContaining({ code: 'NOT_FOUND', field: ['input', 'formId'] }),
      ]);
    }
    const HOUR = 3_600_000; // ms
    const now = service.clock.now().getTime();
    expect(
      Object.assign(published, { status: 'SUPERSEDED', supersededAt: new Date(now - 24 * HOUR + 1) }).isOpen(service.clock.now()),
    ).toBe(true);
    expect(Object.assign(published, { supersededAt: new Date(now - 24 * HOUR) }).isOpen(service.clock.now())).toBe(false);
  });

  it('that is outdated is said to be, in the language asked for, with everything else that is wrong', async () => {
    await using other = await startTickets();
    const em = other.worker();
    const form = await em.findOneOrFail(FormVersion, { requestType: 'technical-support' });
    Object.assign(form, { status: 'SUPERSEDED', supersededAt: new Date(other.clock.now().getTime() - 90_000_000) });
    await em.flush();
    const { errors } = await tryToOpen(other, bruno, { formId: form.id, answers: [] }, { 'accept-language': 'en' });
    expect(errors[0]).toEqual({
      ...{ code: 'FORM_OUTDATED', field: ['input', 'formId'] },
      message: expect.stringContaining('more than a day ago'),
    });
    expect(errors).toContainEqual(expect.objectContaining({ code: 'REQUIRED', field: ['input', 'answers', 'subject'] }));
  });

  it('shows on the way what opening will say: every fault with its sentence, and the same criticality', async () => {
    const query = `query ($formId: ID!, $answers: [AnswerInput!]!, $context: OpeningContextInput) {
      evaluateForm(formId: $formId, answers: $answers, context: $context) { errors { code field message } criticality { value rule } } }`;
    const software = await fillForm(service, bruno, 'software.rm');
    const evaluated = await service.ask(
      bruno,
      query,
      { ...software, context: { attachmentIds: ['forged'], channel: 'PHONE' } },
      { 'accept-language': 'en' },
    );
    const { errors } = evaluated.data.evaluateForm;
    expect(errors.map(({ code, field }: { code: string; field: string[] }) => `${code} ${field.join('.')}`).sort()).toEqual([
      'CHANNEL_NOT_ALLOWED channel',
      'RECEIPT_INVALID attachmentIds.0',
    ]);
    for (const { code, message } of errors) expect(message).not.toBe(code);
    const { criticality } = (await service.ask(bruno, query, software)).data.evaluateForm;
    const { id } = await open(service, bruno, 'software.rm', software);
    expect(await read(id)).toMatchObject({
      criticality: criticality.value,
      criticalityRule: criticality.rule,
      severity: criticality.value,
    });
  });
});

describe('criticality on the way', () => {
  it('is decided for the plan of the organization', async () => {
    await using other = await startTickets();
    const em = other.worker();
    const reason = { 'pt-BR': 'Plano', en: 'Plan', es: 'Plan' };
    const rows = [
      { id: 'prime', when: { plan: ['PRIME' as const] }, value: 'CRITICAL' as const, reason },
      { id: 'rest', when: {}, value: 'LOW' as const, reason },
    ];
    em.create(DecisionTable, { edition: 2, rows, at: other.clock.now() });
    await em.flush();
    const query = 'query ($f: ID!) { evaluateForm(formId: $f, answers: []) { criticality { value rule } } }';
    const of = async (viewer: Viewer) =>
      (await other.ask(viewer, query, { f: demoId('frm', 'software.rm@1') })).data.evaluateForm.criticality;
    expect([await of(bruno), await of(gisele)]).toEqual([
      { value: 'CRITICAL', rule: 'prime' },
      { value: 'LOW', rule: 'rest' },
    ]);
  });
});

describe('what was chosen', () => {
  it('keeps its words after the catalogue changed', async () => {
    const { id } = await open(service, bruno);
    const kept = (await read(id)).answers.find(({ field }) => field === 'product');
    await service
      .worker()
      .nativeUpdate(CatalogueRow, { id: String(kept?.value) }, { labels: { 'pt-BR': 'Outro nome', en: 'Other', es: 'Otro' } });
    const { data } = await service.ask(bruno, 'query ($id: ID!) { ticket(id: $id) { answers { field displayValue } } }', { id });
    expect(data.ticket.answers).toContainEqual({ field: 'product', displayValue: kept?.display['pt-BR'] });
  });

  it('goes to the group of its route; to the fallback where that group is not active', async () => {
    const em = service.worker();
    const cloud = demoId('grp', 'cloud');
    expect((await read((await open(service, ana, 'value-added.cloud')).id)).groupId).toBe(cloud);
    await em.nativeUpdate(GroupFact, { id: cloud }, { active: false });
    expect((await read((await open(service, ana, 'value-added.cloud')).id)).groupId).toBe(demoId('grp', 'n1-software'));
    await em.nativeUpdate(GroupFact, { id: cloud }, { active: true });
  });

  it('is refused for an organization that is no longer a client', async () => {
    const em = service.worker();
    const id = demoId('org', 'GLBX01');
    await em.nativeUpdate(OrganizationFact, { id }, { active: false });
    const { errors } = await tryToOpen(service, carla, { ...support, onBehalfOf: onBehalfOf(gisele) });
    expect(errors).toContainEqual(expect.objectContaining({ code: 'NOT_FOUND', field: ['input', 'onBehalfOf'] }));
    await em.nativeUpdate(OrganizationFact, { id }, { active: true });
  });
});

describe('the follow-up of a closed ticket', () => {
  const closed = async (): Promise<string> => {
    const { id } = await open(service, bruno);
    await act(service, carla, 'proposeSolution', { ticketId: id, body: 'Feito.', resolution: 'OTHER' });
    await act(service, bruno, 'acceptSolution', { ticketId: id });
    return id;
  };

  it('is one per message, linked both ways, with the message as its description', async () => {
    const id = await closed();
    const input = { clientKey: clientKey(), ticketId: id, body: 'Voltou a acontecer.' };
    const answers = await Promise.all([1, 2, 3].map(() => act(service, bruno, 'replyToTicket', input)));
    const ids = new Set(answers.map(({ ticket }) => (ticket as unknown as { id: string }).id));
    expect(ids.size).toBe(1);
    const [next = ''] = ids;
    const links = `query ($id: ID!) { ticket(id: $id) { description comments(first: 5) { edges { node { id } } } links { type ticket { id } } } }`;
    expect((await service.ask(bruno, links, { id: next })).data.ticket).toEqual({
      description: 'Voltou a acontecer.',
      comments: { edges: [] },
      links: [{ type: 'CONTINUES', ticket: { id } }],
    });
    expect((await service.ask(bruno, links, { id })).data.ticket.links).toEqual([{ type: 'CONTINUED_BY', ticket: { id: next } }]);
    expect((await read(id)).status).toBe('CLOSED');
  });

  it('takes the right to open, and is not for support', async () => {
    const id = await closed();
    const mute = { ...bruno, contacts: bruno.contacts.map((contact) => ({ ...contact, mayOpen: false })) };
    for (const viewer of [mute, carla]) {
      expect((await act(service, viewer, 'replyToTicket', { ticketId: id, body: 'Mais uma coisa' })).errors).toMatchObject([
        { code: 'CLOSED_TICKET_CANNOT_BE_REPLIED' },
      ]);
      const { data } = await service.ask(viewer, 'query ($id: ID!) { ticket(id: $id) { allowedActions } }', { id });
      expect(data.ticket.allowedActions).not.toContain('REPLY');
    }
  });
});
