import { expect, it } from '@jest/globals';
import { withStack } from '../testing/with-stack.ts';
import { clientKey, fill } from './filling.ts';
import { type Person, Portal } from './portal.ts';

let elisa: Person;
let bruno: Person;
withStack(async ({ url }) => {
  const portal = new Portal(url);
  [elisa, bruno] = [await portal.as('elisa@support.example'), await portal.as('bruno@acme.example')];
});

const TYPE = 'software.rm';
const IMPORT = `mutation ($input: ImportCatalogueInput!) { importCatalogue(input: $input) {
  report { applied created unchanged refused lines(first: 9, outcome: [REFUSED]) { edges { node { line errors { code field } } } } } errors { code } } }`;
const EXPORT = 'query ($format: CatalogueFormat!, $after: String) { catalogueExport(format: $format, after: $after) { content next } }';
const STAGE = 'mutation ($input: StageCatalogueFileInput!) { stageCatalogueFile(input: $input) { parts } }';
const RETIRE = 'mutation ($id: ID!) { retireCatalogueEntry(input: { id: $id }) { entry { retired } errors { code } } }';
const OFFERED = `query ($formId: ID!, $search: String) {
  fieldOptions(formId: $formId, field: "moduleProduct", search: $search, first: 5) { edges { node { id label } } } }`;
const OPEN = `mutation ($input: OpenTicketInput!) { openTicket(input: $input) { ticket { id } errors { code field } } }`;
const SHOWN = 'query ($id: ID!) { ticket(id: $id) { answers { field displayValue } } }';

const HEAD = 'parent;level;code;label pt-BR;aliases;service group';
const MODULE = 'erp/rm;MODULE;frota;Gestão de Frotas;veículos | carros;rm-frota';
const ROUTINE = 'erp/rm/frota;ROUTINE;multas;Multas de trânsito;;';

const imported = async (content: string) =>
  (await elisa.get(IMPORT, { input: { clientKey: clientKey(), format: 'CSV', content } })).importCatalogue.report;
async function found(formId: string, search: string): Promise<{ id: string; label: string } | undefined> {
  return (await bruno.get(OFFERED, { formId, search })).fieldOptions.edges[0]?.node;
}
async function exported(format: string, after: string | null = null): Promise<string[]> {
  const { content, next } = (await elisa.get(EXPORT, { format, after })).catalogueExport;
  return [content, ...(next === null ? [] : await exported(format, next))];
}

it('a supervisor brings a module by file, a client chooses it, and it is retired', async () => {
  const refused = await imported([HEAD, MODULE, ROUTINE, 'erp/nowhere;MODULE;x;X;;'].join('\n'));
  expect(refused).toMatchObject({
    applied: false,
    refused: 1,
    lines: { edges: [{ node: { line: 4, errors: [{ code: 'NOT_FOUND', field: ['parent'] }] } }] },
  });
  const { formId, answers } = await fill(bruno, TYPE);
  expect(await found(formId, 'frotas')).toBeUndefined();

  expect(await imported([HEAD, ROUTINE, MODULE].join('\n'))).toMatchObject({ applied: true, created: 2, refused: 0 });
  const module = await found(formId, 'veiculos');
  expect(module?.label).toContain('Gestão de Frotas');
  const others = answers.filter(({ field }) => !['moduleProduct', 'processRoutine'].includes(field));
  const chosen = [...others, { field: 'moduleProduct', value: module?.id }];
  const { fieldOptions } = await bruno.get(
    'query ($formId: ID!, $answers: [AnswerInput!]) { fieldOptions(formId: $formId, field: "processRoutine", answers: $answers, first: 5) { edges { node { id label } } } }',
    { formId, answers: chosen },
  );
  expect(fieldOptions.edges.map(({ node }: { node: { label: string } }) => node.label)).toEqual(['Multas de trânsito']);
  const input = { formId, answers: [...chosen, { field: 'processRoutine', value: fieldOptions.edges[0].node.id }] };
  const { ticket, errors } = (await bruno.get(OPEN, { input: { clientKey: clientKey(), ...input } })).openTicket;
  expect(errors).toEqual([]);

  for (const format of ['CSV', 'JSON']) {
    const pieces = await exported(format);
    expect(pieces.join('')).toContain('Multas de trânsito');
    const key = clientKey();
    for (const [at, content] of pieces.entries()) await elisa.get(STAGE, { input: { clientKey: key, part: at + 1, content } });
    const again = await elisa.get(IMPORT, { input: { clientKey: key, format, parts: pieces.length } });
    expect(again.importCatalogue.report).toMatchObject({ applied: true, created: 0, refused: 0, unchanged: expect.any(Number) });
  }

  expect((await elisa.get(RETIRE, { id: module?.id })).retireCatalogueEntry).toEqual({ entry: { retired: true }, errors: [] });
  const late = (await bruno.get(OPEN, { input: { clientKey: clientKey(), ...input } })).openTicket;
  expect(late.errors).toContainEqual({ code: 'OPTION_RETIRED', field: ['input', 'answers', 'moduleProduct'] });
  const { answers: shown } = (await bruno.get(SHOWN, { id: ticket.id })).ticket;
  expect(shown).toContainEqual({ field: 'processRoutine', displayValue: 'Multas de trânsito' });
});

it('nobody but a supervisor touches the catalogue or takes it away', async () => {
  const codeOf = async (query: string, variables = {}) => (await bruno.ask(query, variables)).errors?.[0]?.extensions.code;
  expect([
    await codeOf(IMPORT, { input: { clientKey: clientKey(), format: 'CSV', content: `${HEAD}\n${MODULE}` } }),
    await codeOf('{ catalogueExport(format: CSV) { content } }'),
    await codeOf('{ catalogueEntries(first: 1) { edges { node { code } } } }'),
  ]).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
});
