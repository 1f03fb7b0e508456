import { demoId } from '@atende/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contentOf } from '../article.ts';
import { readContent } from '../article-content.ts';
import { htmlOf } from '../markdown.ts';
import { bruno, carla, nobody, type Testbed, testbed } from '../testing/testbed.ts';
import { demoArticles, seedDemo } from './demo.ts';

let bed: Testbed;
beforeAll(async () => {
  bed = await testbed({ demo: true });
}, 60_000);
afterAll(() => bed[Symbol.asyncDispose]());

describe('the demo', () => {
  it('has forty articles in Portuguese, some in English and Spanish, of every kind and for every audience, and drafts', () => {
    const count = (language: string) => demoArticles.filter(({ content }) => content.language === language).length;
    expect([count('pt-BR'), count('en'), count('es')]).toEqual([40, 5, 5]);
    expect(new Set(demoArticles.map(({ content }) => content.kind)).size).toBe(5);
    expect(new Set(demoArticles.map(({ content }) => content.audience)).size).toBe(3);
    expect(demoArticles.filter(({ draft }) => draft)).toHaveLength(2);
    expect(new Set(demoArticles.map(({ code }) => code)).size).toBe(demoArticles.length);
  });

  it.each(demoArticles.map(({ code, content }) => [code, content] as const))('%s keeps to what people may write', (_, content) => {
    expect(readContent(content)).toEqual(content);
    expect(content.summary).not.toBe('');
    expect(htmlOf(content.body)).not.toMatch(/<a>|&lt;|\|/); // nothing in it that the renderer did not understand
  });

  it('is written once, the same every time', async () => {
    await seedDemo({ em: bed.service.worker(), now: bed.service.clock.now() });
    const [counted] = await bed.service
      .worker()
      .execute<{ articles: string; editions: string }[]>(
        'select (select count(*) from article) as articles, (select count(*) from article_edition) as editions',
      );
    expect([Number(counted?.articles), Number(counted?.editions)]).toEqual([50, 48]);
    expect(await bed.look(carla, demoId('art', 'nfe-aguardando-retorno'), 'status edition products { id }')).toEqual({
      status: 'PUBLISHED',
      edition: 1,
      products: ['erp/rm', 'erp/protheus', 'erp/datasul'].map((path) => ({ id: demoId('opt', path) })),
    });
  });

  // What the demo's tickets are about (services/tickets/src/seed/demo-stories.ts).
  it.each([
    ['Erro ao calcular férias coletivas', 'ferias-coletivas-valor-nulo'],
    ['Nota fiscal não transmite', 'nfe-aguardando-retorno'],
    ['Dúvida sobre rateio por centro de custo', 'rateio-centro-de-custo'],
    ['Relatório de folha desalinhado', 'relatorio-folha-desalinhado'],
    ['Lentidão na consulta de pedidos', 'consulta-de-pedidos-lenta'],
    ['Usuário sem acesso ao ambiente de homologação', 'sem-acesso-a-homologacao'],
    ['Integração bancária devolve arquivo vazio', 'cnab-retorno-vazio'],
    ['Certificado digital vencido no servidor', 'certificado-digital-vencido'],
    ['Saldo do estoque diferente do inventário', 'saldo-diferente-do-inventario'],
    ['eSocial recusa o evento S-1200', 'esocial-s1200-recusado'],
  ])('has an answer to “%s”', async (subject, code) => {
    const { data } = await bed.suggest(bruno, subject);
    expect(data.suggestArticles[0].article.id).toBe(demoId('art', code));
  });

  it.each([
    ['nota fiscl trasmite', 'nfe-aguardando-retorno'],
    ['certficado vencdo', 'certificado-digital-vencido'],
    ['danfe brnco', 'danfe-em-branco'],
  ])('shows a visitor who types “%s” what they mean', async (text, code) => {
    const { data } = await bed.search(nobody, text);
    expect(data._entities[0].articles.edges[0].node.id).toBe(demoId('art', code));
  });

  it('is content that the row gives back as it was', async () => {
    const { Article } = await import('../article.ts');
    const row = await bed.service.worker().findOneOrFail(Article, { id: demoId('art', 'danfe-em-branco') });
    expect(contentOf(row)).toEqual(demoArticles.find(({ code }) => code === 'danfe-em-branco')?.content);
  });
});
