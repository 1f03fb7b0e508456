import { describe, expect, it } from '@jest/globals';
import { fieldsOf } from '../form/form.ts';
import type { FormContext } from '../form/form-context.ts';
import { buildOrganization, catalogue, evaluate, inPortuguese, option, seedForm, stateOf } from '../form/form-testing.ts';
import { validateForm } from '../form/form-validation.ts';
import { seedForms } from './forms.ts';

// The form table of domain.md, section 2, transcribed from there and not derived from the forms.
// R required, O optional, A automatic and shown, C computed, F fixed; a number is the wizard's step; "-" is absent.
// What differs by situation follows the common cell: `staff:` vendor staff opening, `bso:` client of the managed service,
// `any:` the product chosen above has entries of its own.
const table = `
key               | SW          | REL      | CLD      | INF      | BPO      | TS
service           | -           | -        | F        | F        | F        | -
client            | -           | A        | A        | A        | A        | -
clientContact     | -           | A        | A        | A        | A        | -
organization      | -           | -        | -        | -        | -        | A 1
onBehalfOfClient  | - staff:O   | -        | -        | -        | -        | -
originCountry     | R           | R        | R        | R        | -        | R 1 bso:F
category          | R           | -        | -        | -        | -        | -
origin            | R           | -        | R        | -        | -        | -
effect            | R           | -        | R        | -        | -        | -
impact            | -           | -        | -        | -        | -        | R 1
solicitationType  | -           | -        | -        | -        | -        | R 1 bso:F
environment       | R           | -        | -        | -        | -        | R 1
environmentDetail | -           | -        | -        | -        | -        | - 1 any:R
version           | R           | -        | -        | -        | -        | R 1
versionDetail     | -           | -        | -        | -        | -        | - 1 any:R
moduleProduct     | R           | -        | R        | R        | -        | -
processRoutine    | R           | -        | R        | R        | -        | -
product           | -           | -        | -        | -        | R        | -
routine           | -           | -        | -        | -        | R        | -
macroSegment      | -           | -        | -        | -        | -        | R 1
product           | -           | -        | -        | -        | -        | R 1
module            | -           | -        | -        | -        | -        | R 1
routineGroup      | -           | -        | -        | -        | -        | R 1
directToBso       | -           | -        | -        | -        | -        | - 1 bso:R
subject           | -           | R        | R        | R        | R        | R 2
summary           | R           | R        | R        | R        | R        | -
incident          | R           | R        | R        | R        | R        | -
description       | -           | -        | -        | -        | -        | R 2
criticality       | C shown     | C hidden | C hidden | C hidden | C hidden | C hidden 2
watchers          | O           | O        | O        | O        | O        | O 2
attachments       | O           | O        | O        | O        | O        | O 2
`;

const labels: Record<string, string> = {
  service: 'Serviço',
  client: 'Cliente (código e razão social)',
  clientContact: 'Contato do cliente',
  organization: 'Organização',
  onBehalfOfClient: 'Deseja incluir o chamado em nome do cliente?',
  originCountry: 'País de procedência',
  category: 'Categoria',
  origin: 'Origem',
  effect: 'Efeito',
  impact: 'Impacto',
  solicitationType: 'Tipo da solicitação',
  environment: 'Ambiente',
  environmentDetail: 'Ambiente › RM',
  version: 'Versão',
  versionDetail: 'Versão › RM',
  moduleProduct: 'Módulo/Produto',
  processRoutine: 'Processo ou rotina',
  product: 'Produto',
  routine: 'Rotina',
  macroSegment: 'Macrossegmento',
  module: 'Módulo',
  routineGroup: 'Agrupador de rotina',
  directToBso: 'Direciona atendimento para BSO',
  subject: 'Assunto',
  summary: 'Resumo',
  incident: 'Incidente',
  description: 'Descrição',
  criticality: 'Criticidade',
  watchers: 'E-mails adicionais',
  attachments: 'Anexo',
};

const ownLabels: Record<string, Record<string, string>> = {
  'technical-support': { originCountry: 'País', watchers: 'Usuários em cópia' },
  'value-added.bpo-hr': { clientContact: 'Contato' },
};

const columns: Record<string, string[]> = {
  SW: ['software.rm', 'software.protheus', 'software.datasul', 'software.logix', 'software.winthor', 'software.wms'],
  REL: ['relationship.cst', 'relationship.ombudsman'],
  CLD: ['value-added.cloud', 'value-added.datacenter'],
  INF: ['value-added.infra', 'value-added.rmo'],
  BPO: ['value-added.bpo-hr'],
  TS: ['technical-support'],
};

const kinds: Record<string, string> = {
  DISPLAY: 'client clientContact organization',
  ON_BEHALF: 'onBehalfOfClient',
  BOOLEAN: 'directToBso',
  TEXT: 'subject summary',
  LONG_TEXT: 'incident description',
  COMPUTED: 'criticality',
  EMAIL_LIST: 'watchers',
  FILES: 'attachments',
};

const [head = [], ...rows] = table
  .trim()
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()));

const inColumn = (column: string) =>
  rows.map((row) => ({ key: row[0] ?? '', cell: row[head.indexOf(column)] ?? '' })).filter(({ cell }) => cell !== '-');

interface Situation {
  name: string;
  context: Partial<FormContext>;
  answers: Record<string, unknown>;
}

const situations: Situation[] = [
  { name: 'contact', context: {}, answers: {} },
  { name: 'staff', context: { staff: true, onBehalfOf: { organizationId: 'org_1', contactId: 'con_1' } }, answers: {} },
  { name: 'bso', context: { organization: buildOrganization({ bso: true }) }, answers: {} },
];
const anyEntries: Situation = { name: 'any', context: {}, answers: { environment: option('erp/rm'), version: option('erp/rm') } };

/** What the table asks for in a situation: `R 1 bso:F` is F for a BSO client and R for everybody else. */
function expectedIn(cell: string, situation: string): string {
  const special = new RegExp(`\\b${situation}:(\\w)`).exec(cell)?.[1];
  return special ?? cell.replace(/\s*\b(\w+:\w|\d)\b/g, '').trim();
}

/** The same letters, read from what a front end is told. */
async function drawn(requestType: string, key: string, { context, answers }: Situation): Promise<string> {
  const form = seedForm(requestType);
  const state = stateOf(await evaluate(form, answers, context), key);
  const kind = fieldsOf(form).find((field) => field.key === key)?.kind;
  if (!state) return 'not on the form';
  if (kind === 'COMPUTED') return state.visible ? 'C shown' : 'C hidden';
  if (!state.visible) return '-';
  if (kind === 'DISPLAY') return state.value === null ? 'nothing to show' : 'A';
  if (state.fixed) return state.value === null ? 'fixed to nothing' : 'F';
  return state.required ? 'R' : 'O';
}

const everyForm = Object.entries(columns).flatMap(([column, types]) => types.map((type) => ({ column, type })));

describe('the published forms, cell by cell', () => {
  it('are one for every request type', () => {
    expect(seedForms.map((form) => form.requestType).sort()).toEqual(everyForm.map(({ type }) => type).sort());
  });

  it.each(everyForm)('$type has the fields of column $column in their order', ({ column, type }) => {
    const form = seedForm(type);
    expect(form.steps.flatMap((step) => step.fields).map((field) => field.key)).toEqual(inColumn(column).map(({ key }) => key));
  });

  it.each(everyForm)('$type asks what column $column says, in every situation', async ({ column, type }) => {
    const onTechnicalSupport = type === 'technical-support' ? [anyEntries] : [];
    for (const situation of [...situations, ...onTechnicalSupport]) {
      for (const { key, cell } of inColumn(column)) {
        const seen = `${key} for ${situation.name}: ${await drawn(type, key, situation)}`;
        expect(seen).toBe(`${key} for ${situation.name}: ${expectedIn(cell, situation.name)}`);
      }
    }
  });

  it.each(everyForm)('$type calls its fields as the table does', async ({ column, type }) => {
    const { fields } = await evaluate(seedForm(type), type === 'technical-support' ? anyEntries.answers : {});
    const expected = Object.fromEntries(inColumn(column).map(({ key }) => [key, ownLabels[type]?.[key] ?? labels[key]]));
    expect(Object.fromEntries(fields.map((state) => [state.key, inPortuguese(state.label)]))).toEqual(expected);
  });

  it.each(everyForm)('$type draws each field with its kind', ({ type }) => {
    const expected = (key: string) => Object.keys(kinds).find((kind) => kinds[kind]?.split(' ').includes(key)) ?? 'SELECT';
    for (const field of seedForm(type).steps.flatMap((step) => step.fields)) {
      expect(`${field.key} ${field.kind}`).toBe(`${field.key} ${expected(field.key)}`);
    }
  });

  it.each(everyForm.filter(({ column }) => column === 'TS'))('$type puts each field on its step', ({ column, type }) => {
    const steps = seedForm(type).steps.map((step) => step.fields.map((field) => field.key));
    const on = (step: string) =>
      inColumn(column)
        .filter(({ cell }) => cell.includes(step))
        .map(({ key }) => key);
    expect(steps).toEqual([on('1'), on('2')]);
  });

  it.each([
    ['SW', ['Continuar']],
    ['CLD', ['Abrir chamado']],
    ['INF', ['Abrir chamado']],
    ['BPO', ['Abrir chamado']],
    ['TS', ['Avançar', 'Cadastrar novo ticket']],
  ])('column %s has the submit labels %j', (column, expected) => {
    for (const type of columns[column] ?? []) expect(seedForm(type).steps.map((step) => inPortuguese(step.submitLabel))).toEqual(expected);
  });

  it.each([
    ['SW', null],
    ['REL', null],
    ['CLD', ['zip', 'rar']],
    ['INF', ['zip', 'rar']],
    ['BPO', ['zip', 'rar']],
    ['TS', null],
  ])('column %s takes the files %j', (column, extensions) => {
    for (const type of columns[column] ?? []) {
      expect(seedForm(type).attachmentPolicy).toMatchObject({ extensions, archivesOnly: extensions !== null });
    }
  });

  it.each(everyForm)('$type is a valid form', ({ type }) => {
    expect(validateForm(seedForm(type)).defects).toEqual([]);
  });

  it.each(everyForm)('$type names only what the catalogue has', ({ type }) => {
    const form = seedForm(type);
    const literals = fieldsOf(form)
      .filter((field) => field.options)
      .flatMap((field) => [...field.fixed, ...field.default].map((one) => one.value));
    const roots = fieldsOf(form).flatMap((field) => field.options?.root ?? []);
    for (const path of [...literals, ...roots, form.product ?? 'erp/rm']) expect(catalogue.byPath(String(path))).toBeDefined();
  });
});
