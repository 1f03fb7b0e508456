import { goldenSamples } from '@atende/events/samples';
import { type Consumer, demoId, makeLog } from '@atende/service';
import type { TestService } from '@atende/service/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { consumers } from '../consumers.ts';
import { ContactFact, GroupFact, OrganizationFact } from '../facts.ts';
import { TicketEventRow } from '../history/ticket-event.ts';
import { ana, bruno, carla } from '../seed/demo-people.ts';
import { type Receipts, startReceipts } from '../testing/receipts.ts';
import { act, fillForm, open, startTickets, tryToOpen } from '../testing-tickets.ts';

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

const file = (name: string, changes: object = {}) =>
  receipts.sign(
    { attachmentId: demoId('att', name), personId: bruno.personId, organizations: [demoId('org', 'ACME01')], ...changes },
    service.clock.now(),
  );
const lastEvent = async (ticketId: string) =>
  (await service.worker().find(TicketEventRow, { aggregate: ticketId }, { orderBy: { version: 'desc' } }))[0];

describe('files of an opening', () => {
  it('go with its event, and stand among the answers', async () => {
    const attachmentIds = [await file('opening')];
    const { id } = await open(service, bruno, 'technical-support', { attachmentIds });
    const [opened] = await service.worker().find(TicketEventRow, { aggregate: id, type: 'ticket.opened' });
    expect(opened?.data.attachmentIds).toEqual([demoId('att', 'opening')]);
  });

  it('must be of a type that the form takes', async () => {
    const cloud = await fillForm(service, ana, 'value-added.cloud');
    const own = { personId: ana.personId };
    const { errors } = await tryToOpen(service, ana, {
      ...cloud,
      attachmentIds: [await file('text', own), await file('zip', { ...own, extension: 'zip' })],
    });
    expect(errors).toEqual([expect.objectContaining({ code: 'FILE_REFUSED', field: ['input', 'attachmentIds', '0'] })]);
  });

  it('are refused together with everything else that is wrong: of another person, forged, too many, of a wrong type or size', async () => {
    const { formId } = await fillForm(service, ana, 'value-added.cloud');
    const own = { personId: ana.personId, extension: 'zip' };
    const twelve = await Promise.all(Array.from({ length: 12 }, (_, at) => file(`many-${at}`, own)));
    const large = await file('large', { ...own, size: 200 * 1024 ** 2 + 1 });
    const attachmentIds = [
      await file('bruno', { extension: 'zip' }),
      'forged',
      await file('plain', { ...own, extension: null }),
      large,
      ...twelve,
    ];
    const { errors } = await tryToOpen(service, ana, { formId, answers: [{ field: 'client', value: 'ACME01' }], attachmentIds });
    expect(errors.map(({ code, field }) => `${code} ${field.slice(1).join('.')}`)).toEqual([
      ...['RECEIPT_INVALID attachmentIds.0', 'RECEIPT_INVALID attachmentIds.1', 'COMPUTED_FIELD answers.client'],
      ...['originCountry', 'origin', 'effect', 'moduleProduct', 'processRoutine', 'subject', 'summary', 'incident'].map(
        (key) => `REQUIRED answers.${key}`,
      ),
      ...['FILE_REFUSED attachmentIds.2', 'FILE_REFUSED attachmentIds.3', 'TOO_MANY attachmentIds'],
    ]);
  });

  it('uploaded for a certain ticket open no other', async () => {
    const { errors } = await tryToOpen(service, bruno, {
      ...(await fillForm(service, bruno, 'technical-support')),
      attachmentIds: [await file('bound', { ticketId: demoId('tkt', 'x') })],
    });
    expect(errors).toEqual([expect.objectContaining({ code: 'RECEIPT_INVALID', field: ['input', 'attachmentIds', '0'] })]);
  });
});

describe('files of a message', () => {
  it('go with its event; those of a note with an internal one', async () => {
    const { id } = await open(service, bruno);
    await act(service, bruno, 'replyToTicket', { ticketId: id, body: 'Segue.', attachmentIds: [await file('reply')] });
    expect(await lastEvent(id)).toMatchObject({ audience: 'PUBLIC', data: { attachmentIds: [demoId('att', 'reply')] } });
    await act(service, carla, 'addInternalNote', {
      ticketId: id,
      body: 'Log.',
      attachmentIds: [await file('note', { personId: carla.personId, organizations: [] })],
    });
    expect(await lastEvent(id)).toMatchObject({ audience: 'INTERNAL', data: { attachmentIds: [demoId('att', 'note')] } });
  });

  it('obey the form that the ticket was opened with', async () => {
    const { id } = await open(service, ana, 'value-added.cloud');
    const attachmentIds = [await file('later', { personId: ana.personId })];
    expect((await act(service, ana, 'replyToTicket', { ticketId: id, body: 'Segue.', attachmentIds })).errors).toEqual([
      expect.objectContaining({ code: 'FILE_REFUSED', field: ['input', 'attachmentIds', '0'] }),
    ]);
  });
});

describe('what other services tell', () => {
  const tell = async (type: string, changes: object = {}): Promise<void> => {
    const [sample] = goldenSamples().filter((envelope) => envelope.type === type);
    const consumer = consumers.find(({ event }) => event.type === type) as Consumer;
    const context = { now: service.clock.now(), log: makeLog('tickets', 'silent') };
    await service.worker().transactional(async (em) => {
      await consumer.handle({ ...sample, ...changes } as never, { em, ...context });
    });
  };

  it('of files becomes the ticket’s own history, for the audience of the message', async () => {
    const { id } = await open(service, bruno);
    await tell('attachment.linked', { aggregate: demoId('att', 'a'), data: { ticketId: id, commentId: null, visibility: 'PUBLIC' } });
    expect(await lastEvent(id)).toMatchObject({
      type: 'ticket.attachments_changed',
      audience: 'PUBLIC',
      data: { addedIds: [demoId('att', 'a')] },
    });
    await tell('attachment.linked', { aggregate: demoId('att', 'b'), data: { ticketId: id, commentId: null, visibility: 'INTERNAL' } });
    expect(await lastEvent(id)).toMatchObject({ audience: 'INTERNAL' });
    const { data } = await service.ask(bruno, 'query ($id: ID!) { ticket(id: $id) { history(first: 20) { edges { node { type } } } } }', {
      id,
    });
    expect(data.ticket.history.edges.filter(({ node }: { node: { type: string } }) => node.type === 'ATTACHMENTS_CHANGED')).toHaveLength(1);
  });

  it('waits for who writes on the ticket in the same moment', async () => {
    const { id } = await open(service, bruno);
    const linked = (index: number) =>
      tell('attachment.linked', {
        aggregate: demoId('att', `at-once-${index}`),
        data: { ticketId: id, commentId: null, visibility: 'PUBLIC' },
      });
    const said = (index: number) => act(service, bruno, 'replyToTicket', { ticketId: id, body: `Mensagem ${index}` });
    const answers = await Promise.all([0, 1, 2, 3, 4].map(async (index) => (await Promise.all([said(index), linked(index)]))[0]));
    expect(answers.map(({ failed }) => failed)).toEqual(answers.map(() => undefined));
    expect(await service.worker().count(TicketEventRow, { aggregate: id })).toBe(12); // opened, access, five and five
  });

  it('of a ticket that is not there is left alone', async () => {
    await tell('attachment.linked', { data: { ticketId: demoId('tkt', 'gone'), commentId: null, visibility: 'PUBLIC' } });
  });

  it.each([
    [
      'organization.saved',
      OrganizationFact,
      { code: 'NEW01', plan: 'PRIME', bso: true, country: 'BR', entitlements: ['PHONE'], active: false },
      { clientCode: 'NEW01', plan: 'PRIME', bso: true, entitlements: ['PHONE'], active: false },
    ],
    [
      'contact.saved',
      ContactFact,
      { organizationId: demoId('org', 'NEW01'), active: false, mayOpen: true },
      { organizationId: demoId('org', 'NEW01'), active: false, mayOpen: true },
    ],
    ['group.saved', GroupFact, { code: 'new', active: false }, { code: 'new', active: false }],
  ] as const)('%s is kept, and what is older than it changes nothing', async (type, Row, data, kept) => {
    const id = demoId('xxx', type);
    const read = () => service.worker().findOne(Row as never, { id } as never);
    await tell(type, { aggregate: id, version: 2, data });
    expect(await read()).toMatchObject({ ...kept, version: 2 });
    await tell(type, { aggregate: id, version: 1, data: { ...data, active: true } });
    expect(await read()).toMatchObject({ active: false, version: 2 });
    await tell(type, { aggregate: id, version: 3, data: { ...data, active: true } });
    expect(await read()).toMatchObject({ active: true, version: 3 });
  });

  it('is every version that was ever published', () => {
    const types = new Set<string>(consumers.map(({ event }) => event.type));
    for (const envelope of goldenSamples().filter(({ type }) => types.has(type))) {
      const consumer = consumers.find(({ event }) => event.type === envelope.type);
      expect(consumer?.event.data.safeParse(envelope.data).success).toBe(true);
    }
  });
});
