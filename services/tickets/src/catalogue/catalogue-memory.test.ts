import { searchWords } from '@atende/service';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { catalogue, option } from '../form/form-testing.ts';
import { sameText, text } from '../form/form-text.ts';
import { entry } from '../seed/outline.ts';
import { type OptionPageRequest, type OptionScope, ROOTS, type TreeScope } from './catalogue.ts';
import { MemoryCatalogue } from './catalogue-memory.ts';

const pageOf = (scope: Partial<OptionScope>, request: Partial<OptionPageRequest> = {}) =>
  catalogue.page(
    { levels: ['MODULE'], below: 'erp/rm', depth: 'CHILDREN', ...scope },
    { search: null, language: 'pt-BR', first: 100, after: null, ...request },
  );
const names = ({ entries }: Awaited<ReturnType<typeof pageOf>>) => entries.map((one) => one.labels['pt-BR']);

describe('a page of options', () => {
  it('lists what stands below the node, by id or by path', async () => {
    expect(names(await pageOf({}))).toContain('RM Labore');
    expect(await pageOf({ below: option('erp/rm') })).toEqual(await pageOf({}));
    expect(names(await pageOf({ below: 'erp/gone' }))).toEqual([]);
  });

  it('reaches deeper only when asked to', async () => {
    expect(names(await pageOf({ levels: ['ROUTINE'] }))).toEqual([]);
    expect(names(await pageOf({ levels: ['ROUTINE'], depth: 'DESCENDANTS' }))).toContain('Cálculo mensal');
    expect(names(await pageOf({ levels: ['ROUTINE'], depth: 'DESCENDANTS', below: 'erp/rm/labore' }))).not.toContain('Custo médio');
  });

  it('says which options have something below them', async () => {
    expect((await pageOf({})).entries.every((one) => one.children)).toBe(true);
    expect((await pageOf({ levels: ['ROUTINE'], depth: 'DESCENDANTS' })).entries.some((one) => one.children)).toBe(false);
  });

  it('is sorted by label in the language of the reader, Brazil first among countries', async () => {
    const countries = { levels: ['COUNTRY'], below: null };
    expect(names(await pageOf(countries, { first: 4 }))).toEqual(['Brasil', 'Afeganistão', 'África do Sul', 'Albânia']);
    const { entries } = await pageOf(countries, { first: 300, language: 'es' });
    expect(entries.slice(0, 3).map((one) => one.labels.es)).toEqual(['Brasil', 'Afganistán', 'Albania']);
    expect(entries).toHaveLength(249);
  });

  it('keeps the order that a short list has of its own', async () => {
    expect((await pageOf({ levels: ['IMPACT'], below: null })).entries.map((one) => one.code)).toEqual([
      'QUESTION',
      'WORKAROUND',
      'NON_CRITICAL',
      'CRITICAL_NO_WORKAROUND',
    ]);
  });

  it('goes on after a cursor until nothing is left, and meets each option once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 60 }), fc.constantFrom('', 'a', 'ilhas'), async (first, search) => {
        const scope = { levels: ['COUNTRY'], below: null };
        const seen: string[] = [];
        let after: string | null = null;
        for (let more = true; more; ) {
          const page = await pageOf(scope, { first, after, search });
          seen.push(...page.entries.map((one) => one.id));
          after = page.cursors.at(-1) ?? null;
          more = page.hasNextPage;
        }
        expect(seen).toEqual((await pageOf(scope, { first: 300, search })).entries.map((one) => one.id));
      }),
      { numRuns: 30 },
    );
  });

  it('knows whether it is the last, also when it is just full', async () => {
    const impacts = { levels: ['IMPACT'], below: null };
    expect((await pageOf(impacts, { first: 3 })).hasNextPage).toBe(true);
    expect((await pageOf(impacts, { first: 4 })).hasNextPage).toBe(false);
  });

  it('starts anew at a cursor that is none of ours', async () => {
    expect(names(await pageOf({}, { after: 'not a cursor' }))).toEqual(names(await pageOf({})));
  });
});

describe('a search among options', () => {
  it.each([
    ['labore', ['RM Labore']],
    ['LABORE', ['RM Labore']],
    ['folha pag', ['RM Labore']],
    ['esocial', ['RM Labore']],
    ['financeiro', ['RM Fluxus']],
    ['automacao de ponto', ['RM Chronus']],
    ['abore', []],
    ['labore xyz', []],
  ])('finds for "%s" %j', async (search, expected) => {
    expect(names(await pageOf({}, { search }))).toEqual(expected);
  });

  it('finds words whatever their accents, in any language', async () => {
    const routines = { levels: ['ROUTINE'], depth: 'DESCENDANTS' as const };
    expect(names(await pageOf(routines, { search: 'emissao nf' }))).toEqual(['Emissão de NF-e', 'Emissão de NFS-e']);
    expect(names(await pageOf(routines, { search: 'average cost' }))).toEqual(['Custo médio']);
  });

  it('reads no more of a search than anyone types', () => {
    expect(searchWords('a '.repeat(10_000)).length).toBeLessThanOrEqual(100);
  });
});

describe('an entry as it counts', () => {
  const top = entry(null, { level: 'PRODUCT', code: 'p', labels: sameText('P'), serviceGroup: 'group', retired: true });
  const child = entry(top, { level: 'MODULE', code: 'm', labels: text('M', 'M', 'M') });
  const leaf = entry(child, { level: 'ROUTINE', code: 'r', labels: sameText('R'), serviceGroup: 'own' });
  const small = new MemoryCatalogue([leaf, child, top]);

  it('inherits service group and retirement, and knows the nodes above it', () => {
    expect(small.byPath('p/m')).toMatchObject({ serviceGroup: 'group', retired: true, trail: [sameText('P')] });
    expect(small.byPath('p/m/r')).toMatchObject({ serviceGroup: 'own', retired: true, trail: [sameText('P'), sameText('M')] });
  });

  it('is not offered when it is retired', async () => {
    const scope = { levels: ['MODULE'], below: 'p', depth: 'CHILDREN' as const };
    expect((await small.load({ ids: [], paths: [], scopes: [scope] })).filled).toEqual([false]);
  });

  it('cannot stand below nothing', () => {
    expect(() => new MemoryCatalogue([child])).toThrow('p/m stands below an entry that is not there');
  });
});

describe('a catalogue after an edit', () => {
  const small = fc.record({
    pt: fc.constantFrom('A', 'b', 'É'),
    group: fc.constantFrom(null, 'g'),
    retired: fc.boolean(),
    level: fc.constantFrom('MODULE', 'ROUTINE'),
  });
  const scopes = [
    { levels: ['MODULE'], below: 'top', depth: 'DESCENDANTS' },
    { levels: ['ROUTINE', 'MODULE'], below: 'top/n0', depth: 'CHILDREN' },
    { levels: null, below: ROOTS, depth: 'CHILDREN', state: 'ANY' },
    { levels: ['ROUTINE'], below: null, depth: 'CHILDREN', state: 'OUT_OF_USE' },
  ] as const satisfies TreeScope[];
  const everyPage = async (of: MemoryCatalogue) =>
    Promise.all(
      scopes.flatMap((scope) =>
        (['pt-BR', 'en'] as const).map((language) => of.page(scope, { search: 'a', language, first: 100, after: null })),
      ),
    );

  it('is the one that is made of all its entries, in every list and language', async () => {
    const top = entry(null, { level: 'PRODUCT', code: 'top', labels: sameText('A top') });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(7), fc.nat(7), small), { maxLength: 25 }), async (edits) => {
        let edited = new MemoryCatalogue([top]);
        const known = new Map([[top.path, top]]);
        for (const [at, below, { pt, group, retired, level }] of edits) {
          const [first, above = top] = [known.get(`top/n${at}`), known.get(`top/n${below}`)];
          const made = first ?? entry(above, { level, code: above === top ? `n${at}` : `m${at}`, labels: sameText(pt) });
          const changed = { ...made, labels: text(`a ${pt}`, `A ${at}`, pt), serviceGroup: group, retired, version: made.version + 1 };
          known.set(changed.path, changed);
          await everyPage(edited); // lists that exist are mended
          edited = new MemoryCatalogue([changed], edited);
        }
        const anew = new MemoryCatalogue([...known.values()]);
        expect(await everyPage(edited)).toEqual(await everyPage(anew));
      }),
      { numRuns: 60 },
    );
  });
});
