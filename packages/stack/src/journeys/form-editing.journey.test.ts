import { describe, expect, it } from '@jest/globals';
import { eventually } from '../faults/eventually.ts';
import { withStack } from '../testing/with-stack.ts';
import { clientKey, fill, open } from './filling.ts';
import { type Person, Portal } from './portal.ts';

let portal: Portal;
let elisa: Person;
let bruno: Person;
withStack(async ({ url }) => {
  portal = new Portal(url);
  elisa = await portal.as('elisa@support.example');
  bruno = await portal.as('bruno@acme.example');
});

const TYPE = 'value-added.cloud';
const SAVE = `mutation ($input: SaveFormDraftInput!) { saveFormDraft(input: $input) {
  formVersion { id revision definition defects { rule path message } author { id } } errors { code } } }`;
const PUBLISH = `mutation ($input: FormVersionInput!) { publishForm(input: $input) { formVersion { version status } errors { code field message } } }`;
const DRAWN =
  'query ($type: String!) { requestForm(requestType: $type) { id version steps { fields { key label } } attachmentPolicy { extensions } } }';
const NEW_FIELDS = [
  {
    key: 'maintenanceWindow',
    label: { 'pt-BR': 'Janela de manutenção', en: 'Maintenance window', es: 'Ventana de mantenimiento' },
    kind: 'TEXT',
    maxLength: 100,
    visible: { field: 'origin', is: ['PRODUCTION'] },
    required: true,
  },
  {
    key: 'affectedCountry',
    label: { 'pt-BR': 'País afetado', en: 'Affected country', es: 'País afectado' },
    kind: 'SELECT',
    options: { levels: ['COUNTRY'] },
  },
];

describe('a supervisor changes a form without a deploy', () => {
  let old: { id: string };
  let superseded: Awaited<ReturnType<typeof fill>>;
  let draft: { id: string; revision: number; definition: string };
  let published: { id: string };

  it('begins with the version in use, adds a field with a condition, and sees what changed', async () => {
    old = await open(bruno, TYPE);
    superseded = await fill(bruno, TYPE);
    const begun = await elisa.get(SAVE, { input: { clientKey: clientKey(), requestType: TYPE } });
    draft = begun.saveFormDraft.formVersion;
    const form = JSON.parse(draft.definition);
    form.steps[0].fields.push(...NEW_FIELDS);
    form.attachmentPolicy = { ...form.attachmentPolicy, extensions: ['zip', 'rar', 'txt'], archivesOnly: false };
    const saved = await elisa.get(SAVE, { input: { formId: draft.id, expectedVersion: 1, definition: JSON.stringify(form) } });
    expect(saved.saveFormDraft).toMatchObject({ formVersion: { revision: 2, defects: [] }, errors: [] });
    draft = saved.saveFormDraft.formVersion;
    const { formDiff } = await elisa.get('query ($from: ID!, $to: ID!) { formDiff(from: $from, to: $to) { message } }', {
      from: superseded.formId,
      to: draft.id,
    });
    expect(formDiff.map(({ message }: { message: string }) => message)).toEqual([
      '“Formulário”, tipos de arquivo: de zip, rar para zip, rar, txt.',
      '“Formulário”, só arquivos compactados: de sim para não.',
      '“Janela de manutenção” foi incluído: “Cloud Computing”, depois de “Anexo”.',
      '“País afetado” foi incluído: “Cloud Computing”, depois de “Janela de manutenção”.',
    ]);
  });

  it('nobody else knows of it before it is published, and of two who publish it one is told so', async () => {
    const { requestForm, formVersions } = await bruno.get(
      'query ($type: String!) { requestForm(requestType: $type, version: 2) { id } formVersions(requestType: $type) { version status definition } }',
      { type: TYPE },
    );
    expect([requestForm, formVersions]).toEqual([null, [{ version: 1, status: 'PUBLISHED', definition: null }]]);
    const input = { formId: draft.id, expectedVersion: draft.revision };
    const tried = await Promise.all([elisa, await portal.as('elisa@support.example')].map((person) => person.ask(PUBLISH, { input })));
    expect(tried.map(({ data, errors }) => errors?.[0]?.extensions.code ?? data.publishForm.formVersion.status).sort()).toEqual([
      'CONFLICT',
      'PUBLISHED',
    ]);
  });

  it('the next opening has the field, where its condition holds', async () => {
    const { requestForm } = await bruno.get(DRAWN, { type: TYPE });
    expect([requestForm.version, requestForm.steps[0].fields.at(-2)]).toEqual([
      2,
      { key: 'maintenanceWindow', label: 'Janela de manutenção' },
    ]);
    published = requestForm;
    const { fieldOptions } = await bruno.get(
      'query ($formId: ID!) { fieldOptions(formId: $formId, field: "origin", first: 10) { edges { node { id code } } } }',
      { formId: published.id },
    );
    const window = async (origin: string) => {
      const { id } = fieldOptions.edges.map(({ node }: { node: object }) => node).find(({ code }: { code: string }) => code === origin);
      const query = `query ($formId: ID!, $answers: [AnswerInput!]!) { evaluateForm(formId: $formId, answers: $answers) { fields { key visible required } } }`;
      const { evaluateForm } = await bruno.get(query, { formId: published.id, answers: [{ field: 'origin', value: id }] });
      return evaluateForm.fields.find(({ key }: { key: string }) => key === 'maintenanceWindow');
    };
    expect(await window('PRODUCTION')).toMatchObject({ visible: true, required: true });
    expect(await window('IMPLEMENTATION')).toMatchObject({ visible: false, required: false });
    expect((await open(bruno, TYPE, {}, { maintenanceWindow: 'Domingo, 2h' })).id).toMatch(/^tkt_/);
  });

  it('the old ticket is drawn without it; the form that was open may still be sent', async () => {
    const { ticket } = await bruno.get(
      'query ($id: ID!) { ticket(id: $id) { formVersion form { version steps { fields { key } } } } }',
      old,
    );
    expect([ticket.formVersion, ticket.form.version]).toEqual([1, 1]);
    expect(JSON.stringify(ticket.form)).not.toContain('maintenanceWindow');
    const { openTicket } = await bruno.get(
      'mutation ($input: OpenTicketInput!) { openTicket(input: $input) { ticket { formVersion } errors { code } } }',
      { input: { clientKey: clientKey(), ...superseded } },
    );
    expect(openTicket).toEqual({ ticket: { formVersion: 1 }, errors: [] });
  });

  it('attachments take the files that it allows, and favorites know its list', async () => {
    const upload = (formId: string) =>
      bruno.ask('mutation ($input: CreateUploadInput!) { createUpload(input: $input) { uploadUrl errors { code } } }', {
        input: { clientKey: clientKey(), fileName: 'erro.txt', size: 3, contentType: 'text/plain', formId },
      });
    await eventually(
      () => upload(published.id),
      ({ data }) => data?.createUpload.uploadUrl,
    );
    expect((await upload(superseded.formId)).data.createUpload.errors).toMatchObject([{ code: 'FILE_TYPE_REFUSED' }]);
    const list = '{ favoriteList(field: "affectedCountry") { version } }';
    expect(
      await eventually(
        () => bruno.ask(list),
        ({ errors }) => !errors,
      ),
    ).toMatchObject({ data: { favoriteList: { version: 0 } } });
  });
});
