import { readFileSync } from 'node:fs';
import { demoId, type Viewer } from '@atende/service';
import type { TestService } from '@atende/service/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CatalogueRow } from '../catalogue/catalogue-entry.ts';
import { printForms } from '../form/form-print.ts';
import { option } from '../form/form-testing.ts';
import { startTickets, testDeps } from '../testing-tickets.ts';
import { checklist, checklistOptions } from './checklist-testing.ts';
import { bruno, carla, gisele } from './demo-people.ts';
import { columns, formTable, kinds, labels, optionMeanings } from './form-table-testing.ts';

const everyForm = columns.flatMap(([column, types, submit, extensions]) => types.map((type) => ({ column, type, submit, extensions })));

const kindOf = (key: string): string => Object.keys(kinds).find((kind) => kinds[kind]?.split(' ').includes(key)) ?? 'SELECT';

const onBehalfOf = ({ contacts: [contact] }: Viewer) => ({
  onBehalfOf: { organizationId: contact?.organizationId, contactId: contact?.id },
});
const chosen = (path: string) => ['environment', 'version'].map((field) => ({ field, value: option(path) }));
const situations: [name: string, marks: string[], viewer: Viewer, context: object, answers?: object[]][] = [
  ['a contact of a PRIME client', [], bruno, {}],
  ['the same by API key', [], { ...bruno, apiKey: { id: demoId('key', 'bruno'), scopes: ['READ'] } }, {}],
  ['a contact of a STANDARD client with BSO', ['bso'], gisele, {}],
  ['staff for a client', ['staff'], carla, onBehalfOf(bruno)],
  ['staff who were called', ['staff'], carla, { ...onBehalfOf(bruno), channel: 'PHONE' }],
  ['staff for a BSO client', ['staff', 'bso'], carla, onBehalfOf(gisele)],
  ['a product with entries of its own', ['any'], bruno, {}, chosen('erp/rm')],
  ['a product without', [], bruno, {}, chosen('value-added/bpo-hr')],
];

const [head = [], ...rows] = formTable
  .trim()
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()));
const inColumn = (column: string) =>
  rows.map((row) => ({ key: row[0] ?? '', cell: row[head.indexOf(column)] ?? '' })).filter(({ cell }) => cell !== '-');

/** What a cell asks for in a situation: `R 1 bso:F` is F for a BSO client and R for everybody else. */
function expectedIn(cell: string, marks: string[]): string {
  const special = marks.flatMap((mark) => new RegExp(`\\b${mark}:(\\w)`).exec(cell)?.[1] ?? []);
  return special[0] ?? cell.replace(/\s*\b(\w+:\w|\d)\b/g, '').trim();
}

/** The same letters, read from what a front end is told. */
function drawn({ kind, visible, fixed, required, value, party }: State): string {
  if (kind === 'COMPUTED') return visible ? 'C shown' : 'C hidden';
  if (!visible) return '-';
  if (kind === 'DISPLAY') return value === null || party === null ? 'nothing to show' : 'A';
  if (fixed) return value === null ? 'fixed to nothing' : 'F';
  return required ? 'R' : 'O';
}

interface State {
  key: string;
  label: string;
  kind: string;
  step: string;
  visible: boolean;
  required: boolean;
  fixed: boolean;
  value: unknown;
  displayValue: string | null;
  mustBeOn: boolean;
  help: string | null;
  party: object | null;
}
interface Drawn {
  form: { steps: { key: string; submitLabel: string }[]; attachmentPolicy: { extensions: string[] | null; archivesOnly: boolean } };
  fields: State[];
}

let service: TestService;
const ids = new Map<string, string>();
beforeAll(async () => {
  service = await startTickets();
  // A product line whose versions are all out of use has none to ask for.
  await service.worker().nativeUpdate(CatalogueRow, { path: { $like: 'value-added/bpo-hr/version:%' } }, { retired: true });
  const { data } = await service.ask(carla, '{ serviceAreas { requestTypes { code formId } } }');
  for (const { requestTypes } of data.serviceAreas) for (const { code, formId } of requestTypes) ids.set(code, formId);
}, 60_000);
afterAll(() => service[Symbol.asyncDispose]());

async function draw(type: string, viewer: Viewer, context: object = {}, answers: object[] = [], language = 'pt-BR'): Promise<Drawn> {
  const { data, errors } = await service.ask(
    viewer,
    `query ($id: ID!, $answers: [AnswerInput!]!, $context: OpeningContextInput) { evaluateForm(formId: $id, answers: $answers, context: $context) {
      form { steps { key submitLabel } attachmentPolicy { extensions archivesOnly } }
      fields { key label kind step visible required fixed value displayValue mustBeOn help party { __typename } } } }`,
    { id: ids.get(type), answers, context },
    { 'accept-language': language },
  );
  if (!data) throw new Error(JSON.stringify(errors));
  return data.evaluateForm;
}

describe('the published forms, cell by cell', () => {
  it('are one for every request type', () => {
    expect([...ids.keys()].sort()).toEqual(everyForm.map(({ type }) => type).sort());
  });

  describe.each(situations)('for %s', (_, marks, viewer, context, answers) => {
    it.each(everyForm.filter(({ column }) => !answers || column === 'TS'))(
      '$type asks what column $column says',
      async ({ column, type }) => {
        const { fields } = await draw(type, viewer, context, answers);
        const expected = inColumn(column).map(({ key, cell }) => `${key} ${kindOf(key)}: ${expectedIn(cell, marks)}`);
        expect(fields.map((state) => `${state.key} ${state.kind}: ${drawn(state)}`)).toEqual(expected);
      },
    );
  });

  it.each(everyForm)(
    '$type is called, stepped and sent as the table says, in three languages',
    async ({ column, type, submit, extensions }) => {
      const cells = inColumn(column);
      for (const language of ['pt-BR', 'en', 'es'] as const) {
        const { form, fields } = await draw(type, bruno, {}, column === 'TS' ? chosen('erp/rm') : [], language);
        const expected = cells.map(({ key }) => `${key}: ${(labels[`${key} ${column}`] ?? labels[key])?.[language]}`);
        expect(fields.map(({ key, label }) => `${key}: ${label}`)).toEqual(expected);
        expect(form.steps.map(({ submitLabel }) => submitLabel)).toEqual(submit.map((words) => words[language]));
        expect(fields.map(({ step }) => form.steps.findIndex(({ key }) => key === step) + 1)).toEqual(
          cells.map(({ cell }) => Number(/\b\d\b/.exec(cell)?.[0] ?? 1)),
        );
        expect(form.attachmentPolicy).toEqual({ extensions, archivesOnly: extensions !== null });
        expect(fields.find(({ kind }) => kind === 'FILES')?.help).toMatch(privacyNote[language]);
      }
    },
  );
});

const privacyNote = {
  'pt-BR': /^Não envie imagens ou vídeos com rostos ou documentos oficiais.*extremamente necessário\.$/,
  en: /^Send no images or videos with faces or official documents.*extremely necessary\.$/,
  es: /^No envíe imágenes ni videos con rostros o documentos oficiales.*extremadamente necesario\.$/,
};

it('docs/guides/what-is-required-when.md is what the published forms say', async () => {
  const { library } = testDeps(service);
  const forms = await Promise.all(everyForm.map(async ({ type }) => (await library.ofType(type)) ?? null));
  const guide = readFileSync(new URL('../../../../docs/guides/what-is-required-when.md', import.meta.url), 'utf8');
  // Stale? `npm run build && npm run print-forms` in services/tickets, and review the difference.
  expect(guide).toBe(printForms(forms.flatMap((version) => (version ? [library.formOf(version)] : []))));
});

describe('values that the forms give themselves', () => {
  it('a BSO client gets Brasil and Suporte Técnico, and is directed to BSO, which must stay on', async () => {
    const { fields } = await draw('technical-support', gisele);
    const given = (key: string) => fields.find((state) => state.key === key);
    expect(given('originCountry')?.displayValue).toBe('Brasil');
    expect(given('solicitationType')?.displayValue).toBe('Suporte Técnico');
    expect(given('directToBso')).toMatchObject({ value: true, mustBeOn: true });
  });

  it.each(everyForm.filter(({ type }) => type.startsWith('value-added')))('$type is about its own service', async ({ type }) => {
    const { fields } = await draw(type, bruno);
    expect(fields.find(({ key }) => key === 'service')?.value).toBe(option(type.replace('.', '/')));
  });
});

describe('options with a meaning', () => {
  it.each([
    ['category', 'software.rm'],
    ['origin', 'software.rm'],
    ['origin', 'value-added.cloud'],
    ['impact', 'technical-support'],
  ])('%s of %s shows it as help, in three languages', async (field, type) => {
    const query =
      'query ($id: ID!, $field: String!) { fieldOptions(formId: $id, field: $field, first: 100) { edges { node { code label help } } } }';
    for (const language of ['pt-BR', 'en', 'es'] as const) {
      const { data } = await service.ask(bruno, query, { id: ids.get(type), field }, { 'accept-language': language });
      const expected = optionMeanings[field]?.map(([code, label, help]) => ({
        code,
        label: label[language],
        help: help?.[language] ?? null,
      }));
      expect(data.fieldOptions.edges.map((edge: { node: object }) => edge.node)).toEqual(expected);
    }
  });
});

describe('the checklist', () => {
  const lines = checklist.flatMap(([, ...asked]) => asked);
  const STOPPAGE = ['businessStoppage', 'inClientCustomization'];
  const query = `query ($id: ID!, $answers: [AnswerInput!]!) { evaluateForm(formId: $id, answers: $answers) {
    guidance { key kind label required visible help } completeness { score missing } } }`;
  const guide = async (type: string, answers: object[] = [], language = 'pt-BR') =>
    (await service.ask(bruno, query, { id: ids.get(type), answers }, { 'accept-language': language })).data.evaluateForm;

  it.each(everyForm)('of $type asks line by line what the text asks, and nothing must be answered', async ({ column, type }) => {
    for (const language of ['pt-BR', 'en', 'es'] as const) {
      const { guidance }: { guidance: State[] } = await guide(type, [], language);
      const expected = column === 'REL' ? [] : lines.map(([key, kind, label]) => `${key} ${kind} ${label[language]}`);
      const asked = guidance.filter(({ key }) => !STOPPAGE.includes(key));
      expect(asked.map(({ key, kind, label }) => `${key} ${kind} ${label}`)).toEqual(expected);
      expect(guidance.filter(({ required }) => required)).toEqual([]);
    }
  });

  it.each(Object.entries(checklistOptions))('offers for %s at least %s', async (field, codes) => {
    const options =
      'query ($id: ID!, $field: String!) { fieldOptions(formId: $id, field: $field, first: 100) { edges { node { code } } } }';
    const { data } = await service.ask(bruno, options, { id: ids.get('technical-support'), field });
    expect(data.fieldOptions.edges.map((edge: { node: { code: string } }) => edge.node.code)).toEqual(
      expect.arrayContaining(codes.split(' ')),
    );
  });

  it('says where the version is found, asks for the test environment in the cloud only, and counts what is missing', async () => {
    const { guidance, completeness } = await guide('technical-support');
    const seen = guidance.filter(({ visible }: State) => visible).map(({ key }: State) => key);
    expect(guidance.find(({ key }: State) => key === 'systemVersion').help).toBe('Em Ambiente › Sobre › Mais Info, ou na aba Sistema.');
    expect(completeness).toEqual({ score: 0, missing: seen });
    expect(seen).not.toContain('testEnvironment');
    const answers = [
      { field: 'deployment', value: option('deployment:CLOUD') },
      { field: 'errorText', value: 'ORA-00942' },
    ];
    const cloud = await guide('technical-support', answers);
    expect(cloud.completeness.missing).toEqual(lines.map(([key]) => key).filter((key) => !['deployment', 'errorText'].includes(key)));
    expect(cloud.completeness.score).toBe(Math.round((2 / lines.length) * 100));
  });
});
