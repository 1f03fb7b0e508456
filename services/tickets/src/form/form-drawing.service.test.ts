import { demoId, type Viewer } from '@atende/service';
import type { TestService } from '@atende/service/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bruno, carla, gisele } from '../seed/demo-people.ts';
import { fillForm, startTickets, tryToOpen } from '../testing-tickets.ts';
import { option } from './form-testing.ts';

let service: TestService;
const log: string[] = [];
beforeAll(async () => {
  service = await startTickets({ logTo: { write: (line) => log.push(line) } });
}, 60_000);
afterAll(() => service[Symbol.asyncDispose]());

const QUERY = (fields: string): string => `query ($formId: ID!, $answers: [AnswerInput!]!, $context: OpeningContextInput) {
  evaluateForm(formId: $formId, answers: $answers, context: $context) { ${fields} } }`;

async function evaluated(viewer: Viewer, type: string, fields: string, given: Record<string, unknown> = {}, context: object = {}) {
  const form = await service.ask(viewer, 'query ($type: String!) { requestForm(requestType: $type) { id } }', { type });
  const answers = Object.entries(given).map(([field, value]) => ({ field, value }));
  const answer = await service.ask(viewer, QUERY(fields), { formId: form.data.requestForm.id, answers, context });
  return answer.data.evaluateForm;
}

const ofBruno = { organizationId: demoId('org', 'ACME01'), contactId: demoId('con', 'bruno@acme.example') };

describe('a form is drawn from its evaluation alone', () => {
  it('each field with its step, its limits, and where its value goes', async () => {
    const fields = 'fields { key step kind path mustBeOn parent maxLength maxItems dependsOn hasOptions }';
    const drawn = await evaluated(bruno, 'technical-support', fields);
    const field = (key: string) => drawn.fields.find((one: { key: string }) => one.key === key);
    const none = { mustBeOn: false, parent: null, maxLength: null, maxItems: null, dependsOn: [], hasOptions: false };
    expect(field('module')).toEqual({
      ...{ ...none, key: 'module', step: 'classification', kind: 'SELECT', path: ['answers', 'module'] },
      ...{ parent: 'product', dependsOn: ['product'], hasOptions: true },
    });
    expect(field('directToBso')).toMatchObject({ kind: 'BOOLEAN', mustBeOn: true });
    expect(field('subject')).toMatchObject({ step: 'details', kind: 'TEXT', maxLength: 255 });
    expect(field('watchers')).toMatchObject({ kind: 'EMAIL_LIST', path: ['watchers'], maxItems: 20 });
    expect(field('attachments')).toMatchObject({ kind: 'FILES', path: ['attachmentIds'], maxItems: 10 });
  });

  it('its steps, buttons and files with it, and the checklist like any other field', async () => {
    const fields = `form { title steps { key title submitLabel } attachmentPolicy { archivesOnly } }
      guidance { key label help kind step required value visible hasOptions maxItems } completeness { score missing }`;
    const drawn = await evaluated(bruno, 'value-added.cloud', fields, { systemVersion: '12.1.2410' });
    expect(drawn.form).toEqual({
      title: 'Cloud Computing',
      steps: [{ key: 'ticket', title: 'Cloud Computing', submitLabel: 'Abrir chamado' }],
      attachmentPolicy: { archivesOnly: true },
    });
    const line = (key: string) => drawn.guidance.find((one: { key: string }) => one.key === key);
    expect(line('systemVersion')).toMatchObject({ kind: 'TEXT', step: null, required: false, value: '12.1.2410', visible: true });
    expect(line('evidence')).toMatchObject({ kind: 'MULTI_SELECT', hasOptions: true, maxItems: 50 });
    expect(line('testEnvironment')).toMatchObject({ visible: false });
    expect(drawn.completeness.missing).not.toContain('systemVersion');
  });

  it('and names whom an automatic field shows, for identity to say their names', async () => {
    const fields = 'fields { key value displayValue party { __typename ... on Organization { id } ... on Contact { id } } }';
    const drawn = await evaluated(carla, 'value-added.cloud', fields, {}, { onBehalfOf: ofBruno });
    const field = (key: string) => drawn.fields.find((one: { key: string }) => one.key === key);
    expect(field('client')).toEqual({
      ...{ key: 'client', value: 'ACME01', displayValue: 'ACME01' },
      party: { __typename: 'Organization', id: ofBruno.organizationId },
    });
    expect(field('clientContact').party).toEqual({ __typename: 'Contact', id: ofBruno.contactId });
    expect(field('subject').party).toBeNull();
  });

  it('and options lie below what holds in the field above, whoever chose it', async () => {
    const { id } = (await service.ask(bruno, '{ requestForm(requestType: "technical-support") { id } }')).data.requestForm;
    const offered = async (field: string, given: Record<string, string>) => {
      const answers = Object.entries(given).map(([key, value]) => ({ field: key, value }));
      const query = `query ($id: ID!, $field: String!, $answers: [AnswerInput!]) {
        fieldOptions(formId: $id, field: $field, answers: $answers, first: 1) { edges { node { code } } } }`;
      const { data } = await service.ask(bruno, query, { id, field, answers });
      return data.fieldOptions.edges.map(({ node }: { node: { code: string } }) => node.code);
    };
    expect(await offered('environmentDetail', { environment: option('erp/rm') })).toEqual(['production']);
    expect(await offered('environmentDetail', {})).toEqual([]);
    expect(await offered('module', { macroSegment: option('erp'), product: option('erp/rm') })).toHaveLength(1);
    expect(await offered('module', { macroSegment: option('logistics'), product: option('erp/rm') })).toEqual([]);
  });

  it('what is asked beside the fields follows from who opens', async () => {
    const asks = async (viewer: Viewer, type: string, context: object = {}) => (await evaluated(viewer, type, 'asks', {}, context)).asks;
    expect(await asks(bruno, 'software.rm')).toEqual([]);
    expect(await asks({ ...bruno, contacts: [...bruno.contacts, ...gisele.contacts] }, 'software.rm')).toEqual(['ORGANIZATION']);
    expect(await asks(carla, 'technical-support')).toEqual(['ON_BEHALF']);
    expect(await asks(carla, 'technical-support', { onBehalfOf: ofBruno })).toEqual(['ON_BEHALF', 'PHONE']);
    expect(await asks(carla, 'software.rm')).toEqual([]);
  });
});

describe('a personal number', () => {
  it('is pointed out to whoever types it, and neither refused, kept nor logged', async () => {
    const number = '529.982.247-25';
    const given = { subject: `CPF ${number}` };
    const hint = 'privacyHints { field message masked numbers { kind start end } } errors { field }';
    const drawn = await evaluated(bruno, 'technical-support', hint, given);
    expect(drawn.privacyHints).toEqual([
      {
        ...{ field: 'subject', masked: 'CPF •••.•••.•••-••', numbers: [{ kind: 'CPF', start: 4, end: 18 }] },
        message: '“Assunto” parece conter um CPF. Envie só se for necessário, ou oculte os números.',
      },
    ]);
    expect(drawn.errors).not.toContainEqual({ field: ['answers', 'subject'] });
    expect((await tryToOpen(service, bruno, await fillForm(service, bruno, 'technical-support', given))).errors).toEqual([]);
    const stored = await service.worker().execute(`select * from event where data::text like '%${number}%' or data::text like '%CPF%'`);
    expect(stored).toEqual([]);
    expect(log.length).toBeGreaterThan(0);
    expect(log.join('')).not.toContain(number);
  });
});
