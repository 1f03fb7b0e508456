import { describe, expect, it } from '@jest/globals';
import { eventually } from '../faults/eventually.ts';
import type { Stack } from '../stack.ts';
import { withStack } from '../testing/with-stack.ts';
import { clientKey, type Filled, fill, receiptOf } from './filling.ts';
import { type Person, Portal } from './portal.ts';

let stack: Stack;
let portal: Portal;
let phone: Person;
let desk: Person;
withStack(async (started) => {
  stack = started;
  portal = new Portal(stack.url);
  phone = await portal.as('bruno@acme.example');
  desk = await portal.as('bruno@acme.example');
});

const DRAFT = `{ id version answers { field value } dropped { field label displayValue } form { id version } attachments { fileName status }
  context { attachmentIds } evaluation { errors { code field } similarTickets { number } } }`;
const SAVE = `mutation ($input: SaveDraftInput!) { saveDraft(input: $input) { draft ${DRAFT} errors { code field } } }`;
const OPEN = `mutation ($input: OpenTicketInput!) { openTicket(input: $input) { ticket { id number subject } errors { code field } } }`;

describe('a draft', () => {
  let whole: Filled;
  let receipt: string;
  let draft: { id: string; version: number; answers: Filled['answers'] };
  const save = async (device: Person, input: object) =>
    (await device.get(SAVE, { input: { formId: whole.formId, ...input } })).saveDraft.draft;
  const look = async (device: Person) => (await device.get(`query ($id: ID!) { draft(id: $id) ${DRAFT} }`, { id: draft.id })).draft;
  const codes = ({ evaluation }: { evaluation: { errors: { code: string; field: string[] }[] } }): string[] =>
    evaluation.errors.map(({ code, field }) => `${code} ${field.join('.')}`);
  const half = (): Filled['answers'] => [
    ...whole.answers.filter(({ field }) => !['summary', 'incident', 'originCountry'].includes(field)),
    { field: 'originCountry', value: 'Brasil' },
    { field: 'incident', value: 'A tela fecha ao gravar a nota' },
  ];

  it('is begun on the phone, with a file, half filled in and partly wrong', async () => {
    whole = await fill(phone, 'software.rm', { summary: 'Tela fecha ao gravar' });
    draft = await save(phone, { clientKey: clientKey(), answers: half() });
    const file = { clientKey: clientKey(), fileName: 'tela.txt', contentType: 'text/plain', formId: whole.formId, draftId: draft.id };
    receipt = await receiptOf(phone, await phone.upload(file, Buffer.from('a tela')));
    draft = await save(phone, { draftId: draft.id, expectedVersion: 1, answers: half(), context: { attachmentIds: [receipt] } });
    expect(draft).toMatchObject({ version: 2, answers: half() });
  });

  it('is on the desk after the service was killed, as it was typed, with all that is wrong and its file', async () => {
    stack.process('tickets').kill('SIGKILL');
    await stack.process('tickets').ready();
    const seen = await eventually(
      () => look(desk),
      (found) => found !== null,
    );
    expect(seen).toMatchObject({ answers: half(), attachments: [{ fileName: 'tela.txt', status: 'AVAILABLE' }], dropped: [] });
    expect(codes(seen)).toEqual(expect.arrayContaining(['NOT_AN_OPTION answers.originCountry', 'REQUIRED answers.summary']));
  });

  it('saved on both at once is one of them, whole, and the other is told', async () => {
    const saves = await Promise.all(
      [phone, desk].map((device, index) => {
        const answers = [...half(), { field: 'summary', value: `Do aparelho ${index}` }];
        const input = { formId: whole.formId, draftId: draft.id, expectedVersion: 2, answers, context: { attachmentIds: [receipt] } };
        return device.ask(SAVE, { input });
      }),
    );
    expect(saves.flatMap(({ errors = [] }) => errors.map(({ extensions }) => extensions.code))).toEqual(['CONFLICT']);
    const kept = saves.find(({ data }) => data?.saveDraft)?.data.saveDraft.draft;
    draft = await look(desk);
    expect(draft).toMatchObject({ version: 3, answers: kept.answers });
  });

  it('is carried to the form that a supervisor publishes meanwhile: what has no place there any more is named', async () => {
    const elisa = await portal.as('elisa@support.example');
    const newer = await withoutVersion(elisa);
    const seen = await eventually(
      () => look(phone),
      ({ form }) => form.id === newer,
    );
    expect(seen.dropped).toEqual([expect.objectContaining({ field: 'version', label: 'Versão' })]);
    expect(seen.dropped[0].displayValue).not.toBe('');
    expect(seen.answers).toEqual(draft.answers.filter(({ field }) => field !== 'version'));
    expect((await look(desk)).dropped).toHaveLength(1); // reading it again loses nothing
    const answers = [...whole.answers.filter(({ field }) => field !== 'version'), ...half().slice(-1)];
    whole = { formId: newer, answers: [...new Map(answers.map((answer) => [answer.field, answer])).values()] };
  });

  it('ends with the opening, which a fault puts off; opened again with the same key it is the same ticket', async () => {
    const input = { clientKey: clientKey(), ...whole, draftId: draft.id, attachmentIds: [receipt] };
    const refused = (await desk.get(OPEN, { input: { ...input, answers: [] } })).openTicket;
    expect([refused.ticket, (await look(phone)).version]).toEqual([null, 3]);
    const { ticket, errors } = (await desk.get(OPEN, { input })).openTicket;
    expect([ticket?.subject, errors]).toEqual(['Tela fecha ao gravar', []]);
    expect((await phone.get(OPEN, { input })).openTicket.ticket).toEqual(ticket);
    expect(await phone.get(`{ drafts { id } }`)).toEqual({ drafts: [] });
    const again = (await phone.get(OPEN, { input: { ...input, clientKey: clientKey() } })).openTicket;
    expect(again.errors).toContainEqual({ code: 'NOT_FOUND', field: ['input', 'draftId'] });
    const files = 'query ($id: ID!) { ticket(id: $id) { attachments { fileName } } }';
    const linked = await eventually(
      async () => (await desk.get(files, { id: ticket.id })).ticket.attachments,
      (found) => found?.length > 0,
    );
    expect(linked).toEqual([{ fileName: 'tela.txt' }]);
  });

  it('begun anew is warned of that ticket, and may start from what it was opened for', async () => {
    const { lastForm, recentOptions } = await phone.get(
      `{ lastForm(requestType: "software.rm") { version answers { field value } } recentOptions(field: "moduleProduct", first: 1) { id label } }`,
    );
    const kept = lastForm.answers.map(({ field }: { field: string }) => field);
    expect(kept).toEqual(expect.arrayContaining(['originCountry', 'moduleProduct', 'environment']));
    expect(kept).not.toEqual(expect.arrayContaining(['summary']));
    expect(recentOptions[0].id).toBe(whole.answers.find(({ field }) => field === 'moduleProduct')?.value);
    const answers = [...lastForm.answers, { field: 'summary', value: 'Telas que fecham quando gravo' }];
    const begun = await save(desk, { clientKey: clientKey(), answers });
    expect(begun.evaluation.similarTickets).toHaveLength(1);
    const ana = await portal.as('ana@acme.example');
    expect(await ana.get('query ($id: ID!) { draft(id: $id) { id } drafts { id } node(id: $id) { id } }', { id: begun.id })).toEqual({
      draft: null,
      drafts: [],
      node: null,
    });
  });
});

/** Publishes the form of RM without the question for the version, by the supervisor's own way; gives the id of the version. */
async function withoutVersion(elisa: Person): Promise<string> {
  const edit = async (mutation: string, kind: string, input: object) => {
    const answer = await elisa.get(
      `mutation ($input: ${kind}!) { ${mutation}(input: $input) { formVersion { id revision definition defects { path message } } errors { code field } } }`,
      { input },
    );
    if (!answer[mutation].formVersion) throw new Error(JSON.stringify(answer));
    return answer[mutation].formVersion;
  };
  const {
    id: formId,
    revision,
    definition,
  } = await edit('saveFormDraft', 'SaveFormDraftInput', {
    clientKey: clientKey(),
    requestType: 'software.rm',
  });
  const form = JSON.parse(definition);
  for (const step of form.steps) step.fields = step.fields.filter(({ key }: { key: string }) => key !== 'version');
  const saved = await edit('saveFormDraft', 'SaveFormDraftInput', { formId, expectedVersion: revision, definition: JSON.stringify(form) });
  return (await edit('publishForm', 'FormVersionInput', { formId, expectedVersion: saved.revision })).id;
}
