import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bruno, carla, classOfClients, modules, nobody, products, rita, type Testbed, testbed } from './testing/testbed.ts';

let bed: Testbed;
beforeAll(async () => {
  bed = await testbed();
  const write = (title: string, more: object = {}) => bed.published({ title, audience: 'CLIENTS', ...more });
  await write('Erro ao calcular férias coletivas', {
    productIds: [products.rm],
    moduleIds: [modules.labore],
    summary: 'Valor nulo em campo obrigatório.',
  });
  await write('Férias coletivas no armazém', { productIds: [products.wms] });
  await write('Férias: programação e recibo', { audience: 'PUBLIC' });
  await write('Erro ao importar pedidos', { productIds: [products.wms], body: 'O arquivo traz o código ZX81 na primeira linha.' });
  await write('Erro ao imprimir boletos');
  await write('Roteiro de férias para analistas', { audience: 'INTERNAL' });
  await write('Errors in collective vacations', { language: 'en' });
}, 60_000);
afterAll(() => bed[Symbol.asyncDispose]());

type Suggestion = { article: { id: string; title: string }; snippet: string; score: number };
const suggest = async (title: string, more: object = {}, viewer = bruno): Promise<Suggestion[]> =>
  (await bed.suggest(viewer, title, more as Record<string, unknown>)).data.suggestArticles;
const titles = async (...asked: Parameters<typeof suggest>) => (await suggest(...asked)).map(({ article }) => article.title);

describe('suggestions', () => {
  it('come while a title is typed, from three letters on, better with every word', async () => {
    expect(await titles('f')).toEqual([]);
    expect(await titles('fe')).toEqual([]);
    expect(await titles('fér')).toHaveLength(3);
    expect((await titles('erro ao calc'))[0]).toBe('Erro ao calcular férias coletivas');
    expect((await titles('Erro ao calcular férias coletivas na filial 2'))[0]).toBe('Erro ao calcular férias coletivas');
  });

  it('take a word as ended when something stands behind it', async () => {
    expect(await titles('bol')).toEqual(['Erro ao imprimir boletos']);
    expect(await titles('bol ')).toEqual([]);
  });

  it('put the product that was chosen first', async () => {
    expect((await titles('férias coletivas', { product: products.rm }))[0]).toBe('Erro ao calcular férias coletivas');
    expect((await titles('férias coletivas', { product: products.wms }))[0]).toBe('Férias coletivas no armazém');
    expect((await titles('férias coletivas', { product: modules.labore }))[0]).toBe('Erro ao calcular férias coletivas');
  });

  it('say how well they fit: all words in the title of the same product is 1', async () => {
    const [best, other] = await suggest('férias coletivas', { product: products.rm });
    expect(best?.score).toBe(1);
    expect(other?.score).toBeLessThan(1);
    const [first, ...more] = await suggest('erro ao calcular férias coletivas');
    for (const { score } of more) expect(score).toBeLessThan(first?.score ?? 0);
  });

  it('weigh a rare word more than one that stands everywhere', async () => {
    await bed.service.worker().execute('select count_article_words()');
    const scores = new Map((await suggest('erro de boletos', { first: 20 })).map(({ article, score }) => [article.title, score]));
    expect(scores.get('Erro ao imprimir boletos')).toBe(1);
    expect(scores.get('Erro ao importar pedidos')).toBeLessThan(0.5);
  });

  it('forgive a typo, and words that nobody wrote', async () => {
    expect((await titles('ferias coletvas'))[0]).toContain('coletivas');
    expect((await titles('sistema não deixa imprimir boletos desde ontem'))[0]).toBe('Erro ao imprimir boletos');
  });

  it('find in a body what no title has', async () => {
    expect(await titles('mensagem ZX81')).toEqual(['Erro ao importar pedidos']);
  });

  it('mark their hits, escaped', async () => {
    const [best] = await suggest('valor nulo campo');
    expect(best?.snippet).toBe('<mark>Valor</mark> <mark>nulo</mark> em <mark>campo</mark> obrigatório');
  });

  it('are in the language asked for, the caller’s when none is', async () => {
    expect(await titles('vacation', { language: 'en' })).toEqual(['Errors in collective vacations']);
    expect(await titles('vacation')).toEqual([]);
    const { data } = await bed.service.ask(
      bruno,
      '{ suggestArticles(title: "vacations") { article { title } } }',
      {},
      { 'accept-language': 'en' },
    );
    expect(data.suggestArticles).toEqual([{ article: { title: 'Errors in collective vacations' } }]);
  });

  it('are what the person may see', async () => {
    expect(await titles('roteiro analistas', {}, carla)).toEqual(['Roteiro de férias para analistas']);
    for (const viewer of [bruno, rita, classOfClients]) expect(await titles('roteiro analistas', {}, viewer)).toEqual([]);
    expect(await titles('férias', {}, rita)).toEqual(['Férias: programação e recibo']);
    expect((await titles('férias', {}, classOfClients)).length).toBe(3);
    expect((await bed.suggest(nobody, 'férias')).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('are five unless said, twenty at most', async () => {
    for (let index = 0; index < 6; index++) await bed.published({ title: `Repetido ${index}` });
    expect(await titles('repetido')).toHaveLength(5);
    expect(await titles('repetido', { first: 6 })).toHaveLength(6);
    expect(await titles('repetido', { first: 1 })).toHaveLength(1);
    for (const first of [0, -1, 21]) expect((await bed.suggest(bruno, 'x', { first })).errors?.[0]?.extensions.code).toBe('FIRST_REQUIRED');
  });

  it.each([
    ['nothing', '', []],
    ['10,000 characters', 'férias '.repeat(1_429), 3],
    ['one word of 10,000 letters', 'f'.repeat(10_000), []],
    ['stop words', 'o que é de uma para', []],
    ['operators', "fér & ! | ( :* 'coletivas\\", 3],
    ['a zero byte', 'f\0érias coletivas', 3],
  ])('of %s are answered', async (_, title, found) => {
    const { data, errors } = await bed.suggest(bruno, title);
    expect(errors).toBeUndefined();
    if (typeof found === 'number') expect(data.suggestArticles.length).toBeGreaterThan(0);
    else expect(data.suggestArticles).toEqual(found);
  });

  it('of a product that is none, or another language, are as for none, or refused', async () => {
    for (const product of ['', 'x\0', 'opt_1', "opt_' | 'x", products.rm.toUpperCase()])
      expect((await titles('férias coletivas', { product })).length).toBeGreaterThan(0);
    expect((await bed.suggest(bruno, 'férias', { language: 'fr' })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});

describe('a ticket', () => {
  const TICKET =
    'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Ticket { suggestedArticles(first: 2) { article { title } } } } }';
  const of = async (viewer: typeof bruno, ...tickets: object[]) => {
    const { data, errors } = await bed.service.ask(viewer, TICKET, {
      of: tickets.map((ticket) => ({ __typename: 'Ticket', id: 'tkt_1', ...ticket })),
    });
    if (errors) throw new Error(errors[0]?.extensions.code);
    return data._entities.map((ticket: { suggestedArticles: { article: { title: string } }[] }) =>
      ticket.suggestedArticles.map(({ article }) => article.title),
    );
  };

  it('has suggestions by the subject and product that the gateway brings', async () => {
    expect(
      await of(
        bruno,
        { subject: 'Férias coletivas', product: { __typename: 'FieldOption', id: products.wms } },
        { id: 'tkt_2', subject: 'Férias coletivas', product: { id: products.rm } },
        { id: 'tkt_3', subject: 'Boletos', product: null },
      ),
    ).toEqual([
      ['Férias coletivas no armazém', 'Erro ao calcular férias coletivas'],
      ['Erro ao calcular férias coletivas', 'Férias coletivas no armazém'],
      ['Erro ao imprimir boletos'],
    ]);
  });

  it('of which nothing was brought has none; nothing is known of it here', async () => {
    expect(await of(bruno, {}, { subject: null, product: null })).toEqual([[], []]);
    expect(await of(nobody, { subject: 'férias' })).toEqual([['Férias: programação e recibo']]);
  });
});
