import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bruno, carla, classOfClients, nobody, rita, type Testbed, testbed } from './testing/testbed.ts';

let bed: Testbed;
beforeAll(async () => {
  bed = await testbed();
  await bed.published({
    title: 'Emissão de nota fiscal eletrônica',
    summary: 'Como emitir a NF-e pela rotina de faturamento.',
    labels: ['nfe', 'sefaz'],
  });
  await bed.published({
    title: 'Rejeição 539 da SEFAZ',
    summary: 'Duplicidade de chave.',
    body: 'A SEFAZ rejeita quando a **nota fiscal** já foi autorizada.\n\n- Consulte a chave\n- Inutilize as numerações puladas',
  });
  await bed.published({
    title: 'Férias coletivas',
    summary: 'Programação e cálculo.',
    body: 'Calcule as férias por filial e confira os recibos.',
    audience: 'CLIENTS',
  });
  await bed.published({ title: 'Papéis e permissões de usuários', body: 'Os canais fiscais e as imagens usuais ficam no portal.' });
  await bed.published({
    title: 'Certificado digital vencido',
    body: 'Troque o certificado no servidor de aplicação (RM.Host), evento S-1200.',
  });
  await bed.published({ title: 'Roteiro interno de triagem', body: 'Senha mestra do laboratório: zebrafone.', audience: 'INTERNAL' });
  await bed.published({
    language: 'en',
    title: 'Issuing invoices',
    summary: 'How to issue an electronic invoice.',
    body: 'Open the billing routine.',
  });
  await bed.published({
    language: 'es',
    title: 'Emisión de facturas',
    summary: 'Cómo emitir una factura.',
    body: 'Abra la rutina de facturación.',
  });
  await bed.save(carla, { title: 'Rascunho sobre quimera', body: 'Ainda não está pronto.' });
}, 60_000);
afterAll(() => bed[Symbol.asyncDispose]());

const titles = (text: string) => bed.titles(bruno, text);
const snippets = async (text: string): Promise<string[]> =>
  (await bed.search(bruno, text)).data._entities[0].articles.edges.map(({ snippet }: { snippet: string }) => snippet);

describe('a search finds', () => {
  it.each([
    ['the words as they stand', 'férias coletivas', 'Férias coletivas'],
    ['without their accents', 'ferias coletivas', 'Férias coletivas'],
    ['with accents that nobody wrote', 'fériás cólétivas', 'Férias coletivas'],
    ['in capitals', 'FÉRIAS', 'Férias coletivas'],
    ['another form of a verb', 'calculando férias', 'Férias coletivas'],
    ['a plural for its singular', 'emissões', 'Emissão de nota fiscal eletrônica'],
    ['a plural without accents', 'emissoes notas', 'Emissão de nota fiscal eletrônica'],
    ['a singular for its plural', 'papel permissao', 'Papéis e permissões de usuários'],
    ['a singular without accents', 'numeracao', 'Rejeição 539 da SEFAZ'],
    ['irregular plurals', 'canal fiscal imagem usual', 'Papéis e permissões de usuários'],
    ['words of the body', 'inutilizar', 'Rejeição 539 da SEFAZ'],
    ['labels', 'nfe', 'Emissão de nota fiscal eletrônica'],
    ['numbers', '539', 'Rejeição 539 da SEFAZ'],
    ['codes with their signs', 'S-1200', 'Certificado digital vencido'],
    ['codes without their signs', 's 1200', 'Certificado digital vencido'],
    ['names with a dot', 'rm.host', 'Certificado digital vencido'],
    ['a word with a letter missing', 'certificdo', 'Certificado digital vencido'],
    ['a word with a letter too many', 'coletivvas', 'Férias coletivas'],
    ['a word misheard', 'certifikado digitau', 'Certificado digital vencido'],
    ['a word that nobody wrote beside others', 'férias xyzzyq', 'Férias coletivas'],
    ['whatever stop words stand between', 'a emissão das notas para o que é de uma', 'Emissão de nota fiscal eletrônica'],
    ['words that the dictionaries know by their accents only', 'não está até já: férias', 'Férias coletivas'],
    ['the same without accents', 'nao esta ate ja ferias', 'Férias coletivas'],
  ])('%s', async (_, text, title) => {
    expect((await titles(text))[0]).toBe(title);
  });

  it('articles with all the words, and only where there is none, those with the most telling', async () => {
    expect(await titles('nota fiscal')).toEqual(['Emissão de nota fiscal eletrônica', 'Rejeição 539 da SEFAZ']);
    expect(await titles('nota sefaz duplicidade')).toEqual(['Rejeição 539 da SEFAZ']);
    expect(await titles('certificado férias duplicidade')).toHaveLength(3);
  });

  it('a word in the title before the same in a summary, a label or a body', async () => {
    await bed.published({ title: 'Outro assunto', body: 'quadrante '.repeat(20) });
    await bed.published({ title: 'Sobre quadrante' });
    await bed.published({ title: 'Terceiro assunto', summary: 'Com quadrante.' });
    expect(await titles('quadrante')).toEqual(['Sobre quadrante', 'Terceiro assunto', 'Outro assunto']);
  });

  it('articles of every language by its own grammar, the caller’s first', async () => {
    expect(await bed.titles(nobody, 'invoice', 'en')).toEqual(['Issuing invoices']);
    expect(await bed.titles(nobody, 'facturaciones', 'es')).toEqual(['Emisión de facturas']);
    expect(await bed.titles(nobody, 'emision factura')).toEqual(['Emisión de facturas']);
    await bed.published({ title: 'Portal', body: 'x' });
    await bed.published({ title: 'Portal', language: 'es', summary: 'es', body: 'x' });
    const languages = async (language: string) => {
      const { data } = await bed.search(nobody, 'portal', { language, first: 2 });
      return Promise.all(
        data._entities[0].articles.edges.map(({ node }: { node: { id: string } }) => bed.look(nobody, node.id, 'language')),
      );
    };
    expect(await languages('es')).toEqual([{ language: 'es' }, { language: 'pt-BR' }]);
    expect(await languages('pt-BR')).toEqual([{ language: 'pt-BR' }, { language: 'es' }]);
  });

  it('what was published, at once, and no longer what was taken away', async () => {
    const id = await bed.published({ title: 'Ornitorrinco' });
    expect(await titles('ornitorrincos')).toEqual(['Ornitorrinco']);
    await bed.save(carla, { articleId: id, expectedVersion: 2, title: 'Equidna' });
    expect([await titles('ornitorrinco'), await titles('equidna')]).toEqual([['Ornitorrinco'], []]);
    await bed.act(carla, 'publishArticle', { articleId: id });
    expect([await titles('ornitorrinco'), await titles('equidna')]).toEqual([[], ['Equidna']]);
  });
});

describe('a search shows', () => {
  it('nobody what is not for them, not even by a typo or by what else would be shown', async () => {
    for (const text of ['zebrafone', 'zebrafne', 'triagem', 'laboratório']) {
      expect(await bed.titles(carla, text)).toEqual(['Roteiro interno de triagem']);
      for (const reader of [nobody, bruno, rita, classOfClients]) expect(await bed.titles(reader, text)).toEqual([]);
    }
    expect(await bed.titles(carla, 'quimera')).toEqual(['Rascunho sobre quimera']);
    expect(await bed.titles(bruno, 'quimera')).toEqual([]);
    expect(await bed.titles(classOfClients, 'férias')).toEqual(['Férias coletivas']);
    expect([await bed.titles(nobody, 'férias'), await bed.titles(rita, 'férias')]).toEqual([[], []]);
  });

  it('the words around its hits, marked, everything else escaped', async () => {
    expect(await snippets('duplicidade nota')).toEqual([
      '<mark>Duplicidade</mark> de chave. — A SEFAZ rejeita quando a <mark>nota</mark> fiscal já foi autorizada. Consulte a chave Inutilize as numerações puladas',
    ]);
    await bed.published({ title: 'Marcação', summary: 'Use <b>"giroflê"</b> & \ue000nunca\ue001 <script>alert(1)</script> 2 > 1' });
    expect(await snippets('giroflês')).toEqual(['Use &quot;<mark>giroflê</mark>&quot; &amp; nunca alert(1) 2 &gt; 1 — Texto']);
    expect((await snippets('emissoes'))[0]).toContain('Como emitir a NF-e');
  });

  it('page after page, each hit once', async () => {
    for (let index = 0; index < 7; index++) await bed.published({ title: `Paginado ${index}`, body: 'mesma coisa' });
    const seen: string[] = [];
    for (let after: string | null = null; ; ) {
      const { data } = await bed.search(nobody, 'paginados', { first: 3, after });
      const { edges, pageInfo } = data._entities[0].articles;
      seen.push(...edges.map(({ node }: { node: { title: string } }) => node.title));
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(seen.toSorted()).toEqual(Array.from({ length: 7 }, (_, index) => `Paginado ${index}`));
  });
});

describe('a search of', () => {
  it.each([
    ['stop words only', 'o que é de uma para não'],
    ['signs only', '!!! ??? — … "" \'\''],
    ['operators of a query', '& | ! ( ) :* <->'],
    ['nothing that is a letter', '٪ ☃ 🙂'],
    ['single letters', 'a b c d'],
  ])('%s finds nothing', async (_, text) => {
    expect(await titles(text)).toEqual([]);
  });

  it.each([
    ['operators among words', 'férias & !coletivas | (x:*) <-> :A'],
    ['quotes and backslashes', "férias' \\' \"coletivas\\"],
    ['wildcards', '%férias% _ coletivas*'],
    ['a zero byte', 'férias\0coletivas'],
    ['half a character', 'férias coletivas \ud800'],
    ['lines and tabs', 'férias\n\tcoletivas'],
    ['SQL', "férias'; drop table article; -- coletivas"],
  ])('%s finds its words', async (_, text) => {
    expect(await titles(text)).toContain('Férias coletivas');
  });

  it('10,000 characters, or none, is refused', async () => {
    for (const text of ['x'.repeat(10_000), 'férias '.repeat(1_429), '', '   '])
      expect((await bed.search(bruno, text)).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('two hundred characters of anything is answered', async () => {
    for (const text of ['ç'.repeat(200), 'ab '.repeat(66), '(((('.repeat(50), "'\\".repeat(100), '\u0301'.repeat(200), '漢字'.repeat(100)])
      expect((await bed.search(bruno, text)).errors).toBeUndefined();
  });

  it('anything without a page size, or after a cursor of another list, is refused', async () => {
    const code = async (page: object) => (await bed.search(bruno, 'férias', page)).errors?.[0]?.extensions.code;
    expect([await code({ first: 0 }), await code({ first: 101 }), await code({ first: 1e9 })]).toEqual(Array(3).fill('FIRST_REQUIRED'));
    const cursors = ['x', Buffer.from('["x","y"]').toString('base64url'), Buffer.from('[1e300,"y"]').toString('base64url')];
    for (const after of cursors) expect(await code({ after })).toBe('BAD_USER_INPUT');
  });
});
