import { demoId } from '@atende/service/ids';
import { describe, expect, it } from '@jest/globals';
import { eventually } from '../faults/eventually.ts';
import { unfoldable } from '../faults/invariants.ts';
import type { Stack } from '../stack.ts';
import { withStack } from '../testing/with-stack.ts';
import { clientKey, receiptOf } from './filling.ts';
import { fillIn } from './front-end.ts';
import { type Person, Portal, type Watch } from './portal.ts';

let stack: Stack;
let portal: Portal;
withStack((started) => {
  stack = started;
  portal = new Portal(stack.url);
});

const PHONE = { channel: 'PHONE', onBehalfOf: { organizationId: demoId('org', 'ACME01'), contactId: demoId('con', 'bruno@acme.example') } };
const CHANGED = `subscription ($filter: TicketFilter) { ticketsChanged(filter: $filter) { type matches ticket { id classification requestType } } }`;
const READ = `query ($id: ID!) { ticket(id: $id) { number status subject classification requestType formVersion watchers group { id } openedBy { __typename }
  attachments { fileName } allowedActions routingTrace { winner } criticality { rule } history(first: 20) { edges { node { type actor { __typename ... on Analyst { name } }
  changes { field before after } formChange { before { requestType formVersion subject answers { field } } after { requestType subject } } } } } } }`;
const FILE = Buffer.from('o registro do erro');

/** The push of such an event; those before it are of no matter. */
async function until(watch: Watch, type: string) {
  let { ticketsChanged } = await watch.next(15_000);
  while (ticketsChanged.type !== type) ({ ticketsChanged } = await watch.next(15_000));
  return ticketsChanged;
}

describe('a call', () => {
  let bruno: Person;
  let carla: Person;
  let ticket: { id: string; number: string };
  let toClassify: Watch;
  let cloud: Watch;
  const read = async (person: Person) => (await person.get(READ, { id: ticket.id })).ticket;

  it('is written down as far as it was understood, and waits in triage; who watches what is to be classified sees it come', async () => {
    [bruno, carla] = await Promise.all([portal.as('bruno@acme.example'), portal.as('carla@support.example')]);
    const elisa = await portal.as('elisa@support.example');
    toClassify = elisa.watch(CHANGED, { filter: { classification: 'TO_CLASSIFY' } });
    cloud = bruno.watch(CHANGED, { filter: { requestType: ['value-added.cloud'] } });
    await Promise.all([toClassify.open, cloud.open]);
    const said = [{ field: 'subject', value: 'Servidor parado' }];
    const { openTicket } = await carla.get(
      'mutation ($input: OpenTicketInput!) { openTicket(input: $input) { ticket { id number classification group { id } openedBy { __typename } } errors { code } } }',
      {
        input: {
          clientKey: clientKey(),
          formId: demoId('frm', 'technical-support@1'),
          answers: said,
          watchers: ['chefe@acme.example'],
          ...PHONE,
        },
      },
    );
    const waiting = { classification: 'TO_CLASSIFY', group: { id: demoId('grp', 'n1-software') }, openedBy: { __typename: 'Analyst' } };
    expect(openTicket).toMatchObject({ errors: [], ticket: waiting });
    ticket = openTicket.ticket;
    expect((await toClassify.next(15_000)).ticketsChanged).toMatchObject({ type: 'OPENED', matches: true, ticket: { id: ticket.id } });
  });

  it('gets a file from the caller, of any type, while it waits', async () => {
    const name = { clientKey: clientKey(), fileName: 'erro.log', contentType: 'text/plain', ticketId: ticket.id };
    const attachmentIds = [await receiptOf(bruno, await bruno.upload(name, FILE))];
    await bruno.get('mutation ($input: TicketMessageInput!) { replyToTicket(input: $input) { errors { code } } }', {
      input: { clientKey: clientKey(), ticketId: ticket.id, body: 'Segue o registro.', attachmentIds },
    });
    await until(toClassify, 'ATTACHMENTS_CHANGED');
  });

  it('is completed by N1 under another form, drawn like any form; nobody else may', async () => {
    expect((await read(bruno)).allowedActions).not.toContain('CLASSIFY');
    expect((await read(carla)).allowedActions).toContain('CLASSIFY');
    const typist = { person: carla, client: null, file: FILE };
    const { context, ...filled } = await fillIn(typist, {
      formId: demoId('frm', 'value-added.cloud@1'),
      answers: [],
      context: { ticketId: ticket.id },
    });
    expect(context).toEqual({ ticketId: ticket.id });
    const classify = (person: Person) =>
      person.ask(
        'mutation ($input: ClassifyTicketInput!) { classifyTicket(input: $input) { ticket { number classification } errors { code field } } }',
        {
          input: { ticketId: ticket.id, ...filled },
        },
      );
    expect((await classify(bruno)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await classify(carla)).data.classifyTicket).toEqual({
      ticket: { number: ticket.number, classification: 'COMPLETE' },
      errors: [],
    });
  });

  it('leaves one list and enters the other, live', async () => {
    const now = { id: ticket.id, classification: 'COMPLETE', requestType: 'value-added.cloud' };
    expect(await until(toClassify, 'CLASSIFIED')).toEqual({ type: 'CLASSIFIED', matches: false, ticket: now });
    expect(await until(cloud, 'CLASSIFIED')).toEqual({ type: 'CLASSIFIED', matches: true, ticket: now });
    expect(await until(cloud, 'ROUTED')).toMatchObject({ matches: true });
    await Promise.all([toClassify.close(), cloud.close()]);
  });

  it('is the same ticket with another form: number, watchers and file stayed, the history tells what it said before', async () => {
    const seen = await read(bruno);
    expect(seen).toMatchObject({
      ...{ number: ticket.number, status: 'NEW', requestType: 'value-added.cloud', formVersion: 1, watchers: ['chefe@acme.example'] },
      ...{ group: { id: demoId('grp', 'cloud') }, attachments: [{ fileName: 'erro.log' }], routingTrace: null },
    });
    expect((await read(carla)).routingTrace).toEqual({ winner: 'cloud' });
    const told = seen.history.edges.map((edge: { node: { type: string } }) => edge.node);
    expect(told.find((one: { type: string }) => one.type === 'CLASSIFIED')).toMatchObject({
      actor: { name: 'Carla Nogueira' },
      changes: expect.arrayContaining([{ field: 'classification', before: 'TO_CLASSIFY', after: 'COMPLETE' }]),
      formChange: {
        before: { requestType: 'technical-support', formVersion: 1, subject: 'Servidor parado' },
        after: { requestType: 'value-added.cloud', subject: seen.subject },
      },
    });
    expect(await unfoldable(stack)).toEqual([]);
  });

  it('is held to the new form by the files that come now', async () => {
    const announce = async () =>
      (
        await bruno.get('mutation ($input: CreateUploadInput!) { createUpload(input: $input) { errors { code } } }', {
          input: { clientKey: clientKey(), fileName: 'outro.log', size: 9, contentType: 'text/plain', ticketId: ticket.id },
        })
      ).createUpload.errors;
    const errors = await eventually(announce, ({ length }) => length > 0); // as soon as attachments has heard of it
    expect(errors).toEqual([{ code: 'FILE_TYPE_REFUSED' }]);
  });
});
