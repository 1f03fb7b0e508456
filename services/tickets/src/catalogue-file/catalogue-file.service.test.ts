import { anonymous, demoId, type Viewer } from '@atende/service';
import type { Answer, TestService } from '@atende/service/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CatalogueRow } from '../catalogue/catalogue-entry.ts';
import { FormLibrary } from '../form/form-library.ts';
import { option } from '../form/form-testing.ts';
import { TicketEventRow } from '../history/ticket-event.ts';
import { bruno, carla, elisa } from '../seed/demo-people.ts';
import { clientKey, startTickets } from '../testing-tickets.ts';
import { CatalogueImport, forgetImports } from './catalogue-import.ts';
import { CataloguePart } from './catalogue-part.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTickets();
}, 60_000);
afterAll(() => service[Symbol.asyncDispose]());

const otherSupervisor: Viewer = { ...elisa, personId: demoId('per', 'other'), analystId: demoId('ana', 'other') };
const IMPORT = `mutation ($input: ImportCatalogueInput!, $first: Int!, $outcome: [CatalogueOutcome!]) { importCatalogue(input: $input) {
  report { applied created changed retired unchanged refused lines(first: $first, outcome: $outcome) {
    edges { node { line outcome errors { code field message } } } pageInfo { hasNextPage } } } errors { code field message } } }`;
const ask = async (viewer: Viewer, query: string, variables: object): Promise<Answer['data']> => {
  const { data, errors } = await service.ask(viewer, query, variables as Record<string, unknown>, { 'accept-language': 'pt-BR' });
  return { ...(Object.values(data ?? {})[0] as object), failed: errors?.[0]?.extensions.code };
};
const importing = (input: object, viewer = elisa) =>
  ask(viewer, IMPORT, { input: { clientKey: clientKey(), format: 'CSV', ...input }, first: 10 });
const table = (...rows: string[]) => ['parent;level;code;nome;aliases;agrupador;retired;replaced by', ...rows].join('\n');
const counted = (...counts: [created: number, changed: number, retired: number, unchanged: number, refused: number]) => {
  const [created, changed, retired, unchanged, refused] = counts;
  return { applied: refused === 0, created, changed, retired, unchanged, refused };
};
const rowAt = (path: string) => service.worker().findOne(CatalogueRow, { path });
const told = (type: string) => service.worker().find(TicketEventRow, { type }, { orderBy: { id: 'asc' } });
const moduleNames = async (search: string): Promise<string[]> => {
  const { edges } = await ask(
    elisa,
    'query ($search: String!) { catalogueEntries(filter: { deep: true, level: ["MODULE"], search: $search }, first: 100) { edges { node { path } } } }',
    { search },
  );
  return (edges as { node: { path: string } }[]).map(({ node }) => node.path);
};

describe('importing a file', () => {
  const csv = table(
    'erp/rm/gestao-x/r;ROUTINE;calculo;Cálculo X;;;;',
    'erp/rm;MODULE;gestao-x;Gestão X;gx | módulo x;rm-x;;',
    'erp/rm/gestao-x;ROUTINE_GROUP;r;Rotinas X;;;;',
    'erp/rm;MODULE;labore;RM Labore;folha;;;',
    ';ORIGIN;BETA_OR_PILOT;Cliente beta ou piloto;;;sim;origin:PRODUCTION',
  );

  it('does all of it at once, tells other services, and does nothing the second time', async () => {
    const first = await importing({ content: csv });
    expect(first).toMatchObject({ errors: [], report: counted(3, 1, 1, 0, 0) });
    const [module, group] = [await rowAt('erp/rm/gestao-x'), await rowAt('erp/rm/gestao-x/r')];
    expect(module).toMatchObject({ aliases: ['gx', 'módulo x'], serviceGroup: 'rm-x', parentId: option('erp/rm') });
    expect(group?.parentId).toBe(module?.id);
    expect(await moduleNames('modulo x')).toEqual(['erp/rm/gestao-x']);
    const imported = (await told('catalogue.imported')).at(-1);
    expect(imported).toMatchObject({ actor: elisa.analystId, data: { created: 3, changed: 1, retired: 1, unchanged: 0 } });
    const ofIt = await service.worker().find(TicketEventRow, { aggregate: imported?.aggregate as string }, { orderBy: { version: 'asc' } });
    expect(ofIt.map(({ type, version }) => `${version} ${type}`)).toEqual([
      '1 options.offered',
      '2 options.changed',
      '3 catalogue.imported',
    ]);
    expect(JSON.stringify(ofIt[0]?.data)).toContain(module?.id);
    expect((await told('option.retired')).map(({ aggregate, version, data }) => [aggregate, version, data.replacedById])).toContainEqual([
      ...[option('origin:BETA_OR_PILOT'), 1, option('origin:PRODUCTION')],
    ]);
    const events = await service.worker().count(TicketEventRow, {});
    expect((await importing({ content: csv })).report).toMatchObject(counted(0, 0, 0, 5, 0));
    expect(await service.worker().count(TicketEventRow, {})).toBe(events);
  });

  it('does nothing of it when any line is wrong, and says what is wrong with each in the caller’s language', async () => {
    const before = await service.worker().count(CatalogueRow, {});
    const { report } = await importing({
      content: table('erp/rm;MODULE;certo;Certo;;;;', 'erp/nada;MODULE;a b;;;;;', 'erp/rm;MODULE;labore'),
    });
    expect(report).toMatchObject({
      ...counted(1, 0, 0, 0, 2),
      lines: {
        edges: [
          { node: { line: 2, outcome: 'CREATED', errors: [] } },
          {
            node: {
              line: 3,
              outcome: 'REFUSED',
              errors: [
                { code: 'BAD_USER_INPUT', field: ['code'], message: 'Valor inválido.' },
                { code: 'NOT_FOUND', field: ['parent'], message: 'Não encontrado.' },
                { code: 'REQUIRED', field: ['labels', 'ptBR'], message: 'Preencha este campo.' },
              ],
            },
          },
          { node: { line: 4, outcome: 'REFUSED', errors: [{ code: 'NOT_CSV', field: [] }] } },
        ],
      },
    });
    expect(await service.worker().count(CatalogueRow, {})).toBe(before);
  });

  it('dry says the same and writes nothing', async () => {
    const events = await service.worker().count(TicketEventRow, {});
    const content = table('erp/rm;MODULE;seco;Seco;;;;', 'erp/rm;MODULE;labore;RM Labore;outra;;;');
    const { report } = await importing({ content, dryRun: true });
    expect(report).toMatchObject({ ...counted(1, 1, 0, 0, 0), applied: false });
    expect([await rowAt('erp/rm/seco'), await service.worker().count(TicketEventRow, {})]).toEqual([null, events]);
  });

  it('is done once per key; a refused file leaves its key free, another file under it is a conflict', async () => {
    const key = clientKey();
    const refused = await importing({ clientKey: key, content: table('erp/rm;MODULE;uma;;;;;') });
    expect(refused.report).toMatchObject(counted(0, 0, 0, 0, 1));
    const input = { clientKey: key, content: table('erp/rm;MODULE;uma;Uma vez;;;;') };
    const answers = await Promise.all([1, 2, 3].map(() => importing(input)));
    for (const { report } of answers) expect(report).toMatchObject(counted(1, 0, 0, 0, 0));
    expect(await rowAt('erp/rm/uma')).toMatchObject({ version: 0 });
    expect((await importing({ ...input, content: table('erp/rm;MODULE;uma;Outra;;;;') })).failed).toBe('CONFLICT');
  });

  it('sent in parts is one file, and its parts are forgotten after a day', async () => {
    const content = table('erp/rm;MODULE;partes;Em partes — çã;;;;');
    const stage = (part: number, text: string, key: string, viewer = elisa) =>
      ask(viewer, 'mutation ($input: StageCatalogueFileInput!) { stageCatalogueFile(input: $input) { parts errors { code field } } }', {
        input: { clientKey: key, part, content: text },
      });
    const key = clientKey();
    expect(await stage(2, content.slice(30), key)).toMatchObject({ parts: 1 });
    expect((await importing({ clientKey: key, parts: 2 })).errors).toMatchObject([{ code: 'NOT_FOUND', field: ['input', 'parts'] }]);
    expect(await stage(1, content.slice(0, 30), key)).toMatchObject({ parts: 2 });
    expect(await stage(1, content.slice(0, 30), key)).toMatchObject({ parts: 2 });
    expect((await stage(1, 'other', key)).failed).toBe('CONFLICT');
    expect((await importing({ clientKey: key, parts: 2 }, otherSupervisor)).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect((await importing({ clientKey: key, parts: 2 })).report).toMatchObject(counted(1, 0, 0, 0, 0));
    const keys = Array.from({ length: 10 }, clientKey); // more than there are connections
    await Promise.all(keys.map((one, at) => stage(1, table(`erp/rm;MODULE;together-${at};Junto ${at};;;;`), one)));
    const together = await Promise.all(keys.map((one) => importing({ clientKey: one, parts: 1 })));
    expect(together.map(({ report }) => report?.created)).toEqual(keys.map(() => 1));
    expect(await stage(0, '', '')).toMatchObject({
      errors: [{ field: ['input', 'clientKey'] }, { field: ['input', 'content'] }, { code: 'TOO_MANY', field: ['input', 'part'] }],
    });
    expect((await stage(1, content, key, carla)).failed).toBe('FORBIDDEN');
    await forgetImports(service.worker(), new Date(service.clock.now().getTime() + 26 * 3_600_000));
    expect([await service.worker().count(CataloguePart, {}), await service.worker().count(CatalogueImport, {})]).toEqual([0, 0]);
  });

  it('by two supervisors at once loses nothing: a line with a version that is past is refused', async () => {
    await importing({ content: table('erp/rm;MODULE;dois;Dois;;;;') });
    const renamed = (name: string) => `parent,level,code,nome,version\nerp/rm,MODULE,dois,${name},0`;
    const both = await Promise.all([importing({ content: renamed('A') }), importing({ content: renamed('B') }, otherSupervisor)]);
    const refused = both.filter(({ report }) => (report as { refused: number }).refused > 0);
    expect(refused.map(({ report }) => JSON.stringify(report))).toEqual([expect.stringContaining('"CONFLICT"')]);
    expect(await rowAt('erp/rm/dois')).toMatchObject({ version: 1 });
  });

  it.each([
    ['an analyst', carla, 'FORBIDDEN'],
    ['a contact', bruno, 'FORBIDDEN'],
    ['nobody', anonymous, 'UNAUTHENTICATED'],
  ])('is not for %s, nor is the export', async (_, viewer, code) => {
    expect((await importing({ content: csv }, viewer)).failed).toBe(code);
    expect((await ask(viewer, '{ catalogueExport(format: CSV) { content } }', {})).failed).toBe(code);
  });
});

describe('an entry', () => {
  const SAVE = `mutation ($input: SaveCatalogueEntryInput!) { saveCatalogueEntry(input: $input) {
    entry { id path level labels { ptBR en es } aliases serviceGroup effectiveServiceGroup kind retired outOfUse trail version children }
    errors { code field } } }`;
  const saving = (input: object, viewer = elisa) => ask(viewer, SAVE, { input });
  const faults = async (input: object) =>
    ((await saving(input)).errors as { code: string; field: string[] }[]).map(({ code, field }) => `${code} ${field.join('.')}`);
  const module = { parentId: option('erp/rm'), level: 'MODULE', labels: { ptBR: 'Novo módulo', en: 'New module' } };

  it('is made once per key, and offered at once; another replica has it at its next look', async () => {
    const other = new FormLibrary(() => service.worker());
    await other.catalogue();
    const input = { ...module, clientKey: clientKey(), code: 'novo', aliases: ['apelido'] };
    const all = await Promise.all([saving(input), saving(input)]);
    const [{ entry }] = all as never as [{ entry: { id: string } }];
    expect(all.map((one) => (one.entry as { id: string }).id)).toEqual([entry.id, entry.id]);
    expect(entry).toMatchObject({
      ...{ path: 'erp/rm/novo', labels: { ptBR: 'Novo módulo', en: 'New module', es: 'Novo módulo' }, aliases: ['apelido'] },
      ...{ serviceGroup: null, effectiveServiceGroup: 'rm-backoffice', trail: ['Gestão Empresarial (ERP)', 'RM'], version: 0 },
    });
    expect(await moduleNames('apelido')).toEqual(['erp/rm/novo']);
    expect((await other.catalogue()).byPath('erp/rm/novo')).toBeUndefined();
    await other.refresh();
    expect((await other.catalogue()).byPath('erp/rm/novo')?.id).toBe(entry.id);
  });

  it('changes what is said; what is below inherits it; who saw an older one gets a CONFLICT', async () => {
    const id = option('erp/rm/fluxus');
    const changed = await saving({ id, expectedVersion: 0, serviceGroup: 'rm-caixa', aliases: ['tesouraria'] });
    expect(changed.entry).toMatchObject({ serviceGroup: 'rm-caixa', aliases: ['tesouraria'], version: 1, children: true });
    const below = await ask(
      elisa,
      'query ($id: ID!) { catalogueEntries(filter: { parentId: $id }, first: 100) { edges { node { effectiveServiceGroup } } } }',
      { id },
    );
    expect(new Set((below.edges as { node: { effectiveServiceGroup: string } }[]).map(({ node }) => node.effectiveServiceGroup))).toEqual(
      new Set(['rm-caixa']),
    );
    expect((await saving({ id, expectedVersion: 0, serviceGroup: null })).failed).toBe('CONFLICT');
    expect((await saving({ id, expectedVersion: 1, serviceGroup: null })).entry).toMatchObject({
      serviceGroup: null,
      effectiveServiceGroup: 'rm-backoffice',
    });
    const both = await Promise.all(['a', 'b'].map((alias) => saving({ id, expectedVersion: 2, aliases: [alias] })));
    expect(both.map(({ failed }) => failed ?? 'done').sort()).toEqual(['CONFLICT', 'done']);
  });

  it('is refused for everything that is wrong at once', async () => {
    expect(await faults({ ...module, clientKey: 'x', parentId: demoId('opt', 'no'), level: 'x', labels: null })).toEqual([
      ...['BAD_USER_INPUT input.level', 'REQUIRED input.code', 'REQUIRED input.labels.ptBR', 'NOT_FOUND input.parentId'],
    ]);
    expect(await faults({ ...module, code: 'x' })).toEqual(['REQUIRED input.clientKey']);
    expect(await faults({ ...module, clientKey: 'y', code: 'labore' })).toEqual(['CODE_TAKEN input.code']);
    expect(
      await faults({ id: option('erp/rm/labore'), code: 'other', level: 'ROUTINE', parentId: option('erp'), labels: { ptBR: '' } }),
    ).toEqual([...['REQUIRED input.labels.ptBR', 'FIXED_FIELD input.parentId', 'FIXED_FIELD input.level', 'FIXED_FIELD input.code']]);
    expect((await saving({ id: demoId('opt', 'no') })).failed).toBe('NOT_FOUND');
    expect((await saving({ id: option('erp') }, carla)).failed).toBe('FORBIDDEN');
  });
});

it('the tree is read level by level, retired entries too, page by page', async () => {
  const page = (filter: object | null, first = 100, after: string | null = null, viewer = elisa) =>
    ask(
      viewer,
      `query ($filter: CatalogueFilter, $first: Int!, $after: String) { catalogueEntries(filter: $filter, first: $first, after: $after) {
        edges { node { path retired outOfUse } } pageInfo { hasNextPage endCursor } } }`,
      { filter, first, after },
    ) as never as Promise<{ edges: { node: { path: string; outOfUse: boolean } }[]; pageInfo: { endCursor: string }; failed?: string }>;
  const pathsOf = ({ edges }: Awaited<ReturnType<typeof page>>) => edges.map(({ node }) => node.path);
  expect(pathsOf(await page({ level: ['MACRO_SEGMENT'] }))).toEqual(['erp', 'distribution', 'logistics', 'value-added']);
  const first = await page({ parentId: option('erp') }, 2);
  const next = await page({ parentId: option('erp') }, 100, first.pageInfo.endCursor);
  expect([...pathsOf(first), ...pathsOf(next)].sort()).toEqual(['erp/datasul', 'erp/logix', 'erp/protheus', 'erp/rm']);
  expect(pathsOf(await page({ deep: true, state: 'OUT_OF_USE' }))).toContain('origin:BETA_OR_PILOT');
  expect(pathsOf(await page({ deep: true, state: 'IN_USE', level: ['ORIGIN'] }))).not.toContain('origin:BETA_OR_PILOT');
  expect((await page(null, 0)).failed).toBe('FIRST_REQUIRED');
  expect((await page(null, 1, 'not a cursor')).failed).toBe('BAD_USER_INPUT');
  expect((await page(null, 1, null, carla)).failed).toBe('FORBIDDEN');
});
