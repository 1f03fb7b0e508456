import { demoId, type Viewer } from '@atende/service';
import type { TestService } from '@atende/service/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TicketEventRow } from '../history/ticket-event.ts';
import { fold } from '../history/ticket-ledger.ts';
import { bruno, carla, gisele, hugo } from '../seed/demo-people.ts';
import { fillForm, startTickets, testDeps, tryToOpen } from '../testing-tickets.ts';
import { Ticket } from '../ticket/ticket.ts';
import { type Mail, openByMail } from './mail-opening.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTickets();
}, 60_000);
afterAll(() => service[Symbol.asyncDispose]());

const read = (id: string): Promise<Ticket> => service.worker().findOneOrFail(Ticket, id);
const group = (code: string): string => demoId('grp', code);
const onBehalfOf = { organizationId: bruno.contacts[0]?.organizationId, contactId: bruno.contacts[0]?.id };

describe('a call', () => {
  const phone = { onBehalfOf, channel: 'PHONE' };
  const call = async (answers: object[], requestType = 'technical-support') =>
    tryToOpen(service, carla, { ...phone, formId: demoId('frm', `${requestType}@1`), answers, watchers: ['chefe@acme.example'] });

  it('may leave required answers open: it is to be classified, in the triage group, and routing has not run', async () => {
    const { ticket, errors } = await call([{ field: 'subject', value: 'Servidor parado' }], 'value-added.cloud');
    expect(errors).toEqual([]);
    expect(await read(ticket?.id ?? '')).toMatchObject({
      ...{ classification: 'TO_CLASSIFY', groupId: group('n1-software'), routing: null, status: 'NEW', channel: 'PHONE' },
      ...{ subject: 'Servidor parado', requesterId: onBehalfOf.contactId, openedById: carla.analystId, analystIds: [carla.analystId] },
    });
  });

  it('with every answer is as complete as any other', async () => {
    const { answers } = await fillForm(service, carla, 'value-added.cloud', {}, phone);
    const { ticket } = await call(answers, 'value-added.cloud');
    expect(await read(ticket?.id ?? '')).toMatchObject({ classification: 'COMPLETE', groupId: group('cloud') });
  });

  it('is judged in all that is said, and shown the same on the way', async () => {
    const { answers } = await fillForm(service, bruno, 'technical-support');
    const product = answers.find(({ field }) => field === 'product')?.value;
    const wrong = [
      { field: 'product', value: product },
      { field: 'subject', value: 'x'.repeat(300) },
      { field: 'nonsense', value: 1 },
    ];
    const { errors } = await call(wrong);
    const told = ({ code, field }: { code: string; field: string[] }) => `${code} ${field.filter((at) => at !== 'input').join('.')}`;
    expect(errors.map(told).sort()).toEqual([
      'OPTION_OF_ANOTHER_PARENT answers.product',
      'TOO_LONG answers.subject',
      'UNKNOWN_FIELD answers.nonsense',
    ]);
    const { data } = await service.ask(
      carla,
      'query ($f: ID!, $a: [AnswerInput!]!, $c: OpeningContextInput) { evaluateForm(formId: $f, answers: $a, context: $c) { errors { code field } } }',
      { f: demoId('frm', 'technical-support@1'), a: wrong, c: phone },
    );
    expect(data.evaluateForm.errors.map(told).sort()).toEqual(errors.map(told).sort());
  });

  it('needs somebody in whose name, an entitlement, and staff', async () => {
    const bare = { formId: demoId('frm', 'technical-support@1'), answers: [], channel: 'PHONE' };
    const faults = async (viewer: Viewer, more = {}) =>
      (await tryToOpen(service, viewer, { ...bare, ...more })).errors.map(({ code, field }) => `${code} ${field.join('.')}`);
    expect(await faults(carla)).toContain('REQUIRED input.onBehalfOf');
    const globex = { organizationId: demoId('org', 'GLBX01'), contactId: gisele.contacts[0]?.id };
    expect(await faults(carla, { onBehalfOf: globex })).toEqual(['NOT_ENTITLED input.channel']);
    expect(await faults(bruno)).toContain('CHANNEL_NOT_ALLOWED input.channel');
  });
});

describe('a mail', () => {
  const receive = async (changes: Partial<Omit<Mail, 'mailbox'>> & { mailbox?: Partial<Mail['mailbox']> } = {}): Promise<Ticket> => {
    const mail: Mail = {
      ...{ id: demoId('tkt', `mail-${changes.subject}`), organizationId: demoId('org', 'GLBX01'), contactId: hugo.contacts[0]?.id ?? '' },
      ...{ subject: 'Nota não transmite', text: 'Bom dia,\r\na transmissão para.', files: [] },
      ...changes,
      mailbox: { requestType: 'software.rm', productLine: 'erp/rm', bso: false, triageGroup: 'bso-ams', ...changes.mailbox },
    };
    const request = { now: service.clock.now(), deps: testDeps(service) };
    await service.worker().transactional((em) => openByMail(request, em, mail));
    return read(mail.id);
  };

  it('opens a ticket in the sender’s name that waits in the mailbox’s triage group', async () => {
    const files = [{ id: demoId('att', 'print'), extension: 'png', bytes: 9 }];
    const ticket = await receive({ files });
    expect(ticket).toMatchObject({
      ...{ channel: 'EMAIL', status: 'NEW', classification: 'TO_CLASSIFY', groupId: group('bso-ams'), routing: null, restricted: false },
      ...{ requestType: 'software.rm', requesterId: hugo.contacts[0]?.id, openedById: hugo.contacts[0]?.id, analystIds: [], watchers: [] },
      ...{ subject: 'Nota não transmite', description: 'Bom dia,\na transmissão para.', severity: ticket.criticality },
    });
    expect(ticket.answers.map(({ field, value }) => [field, value])).toEqual(
      expect.arrayContaining([
        ['summary', 'Nota não transmite'],
        ['incident', 'Bom dia,\na transmissão para.'],
      ]),
    );
    const history = await service.worker().find(TicketEventRow, { aggregate: ticket.id }, { orderBy: { version: 'asc' } });
    expect(history.map(({ type }) => type)).toEqual(['ticket.opened', 'ticket.access']);
    expect(history[0]).toMatchObject({ actor: hugo.contacts[0]?.id, data: { attachmentIds: [demoId('att', 'print')] } });
    expect(fold(history)).toEqual(ticket.state());
  });

  it('is never refused for what it says: too much is cut off, what does not fit the form is no answer, files are not judged', async () => {
    const subject = 'a'.repeat(300);
    const ticket = await receive({
      ...{ subject, text: 'b'.repeat(70_000), files: [{ id: demoId('att', 'exe'), extension: 'exe', bytes: 1 }] },
      mailbox: { requestType: 'value-added.cloud', triageGroup: 'nowhere' },
    });
    expect([ticket.subject.length, ticket.description?.length]).toEqual([255, 60_000]);
    expect(ticket.answers.map(({ field }) => field)).toContain('subject');
    expect(ticket.answers.map(({ field }) => field)).not.toContain('incident');
    expect(ticket.groupId).toBe(group('n1-software')); // who takes what no other does
  });

  it('is about the mailbox’s product line where the form does not say', async () => {
    const wms = await receive({ subject: 'Coletor', mailbox: { requestType: 'relationship.cst', productLine: 'logistics/wms' } });
    expect(wms.productId).toBe(demoId('opt', 'logistics/wms'));
    expect((await receive({ subject: 'CST', mailbox: { requestType: 'relationship.cst', productLine: null } })).productId).toBeNull();
  });

  it('to the ombudsman is seen by no triage group', async () => {
    const confided = await receive({ subject: 'Reclamação', mailbox: { requestType: 'relationship.ombudsman' } });
    expect(confided).toMatchObject({ restricted: true, groupId: group('ombudsman'), classification: 'TO_CLASSIFY' });
  });

  it('of somebody who is not known here yet waits until identity has told of them', async () => {
    await expect(receive({ subject: 'Cedo', contactId: demoId('con', 'tomorrow') })).rejects.toMatchObject({
      extensions: { code: 'DEPENDENCY_UNAVAILABLE' },
    });
  });
});
