import { describe, expect, it } from '@jest/globals';
import type { Stack } from '../stack.ts';
import { withStack } from '../testing/with-stack.ts';
import { clientKey, open } from './filling.ts';
import { type Person, Portal } from './portal.ts';

let stack: Stack;
let portal: Portal;
let bruno: Person;
let carla: Person;
withStack(async (started) => {
  stack = started;
  portal = new Portal(stack.url);
  [bruno, carla] = await Promise.all([portal.as('bruno@acme.example'), portal.as('carla@support.example')]);
});

const SEARCH = 'query ($text: String!) { search(text: $text) { articles(first: 5) { edges { node { id title audience } snippet } } } }';
const READ = 'query ($id: ID!) { article(id: $id) { title html language products { id } } }';
type Found = { node: { id: string; title: string; audience: string }; snippet: string }[];
const found = async (who: Portal | Person, text: string): Promise<Found> => {
  const { data, errors } = await who.ask(SEARCH, { text });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.search.articles.edges;
};

describe('the knowledge base', () => {
  it('a visitor finds a public article with a typo and without accents, and reads it without signing in', async () => {
    const [hit] = await found(portal, 'certficado digital vencdo');
    expect(hit).toMatchObject({ node: { title: 'Trocar o certificado digital vencido no servidor de aplicação', audience: 'PUBLIC' } });
    expect((await found(portal, 'situacoes do chamado'))[0]?.node.title).toBe('O que significa cada situação do chamado');
    const { data, errors } = await portal.ask(READ, { id: hit?.node.id });
    expect(errors).toBeUndefined();
    expect(data.article.html).toContain('<strong>usuário que executa o serviço</strong>');
  });

  it('a contact finds what is for clients too, with names of the catalogue that tickets keeps', async () => {
    const text = 'onda de separacao presa';
    expect((await found(portal, text)).filter(({ node }) => node.audience !== 'PUBLIC')).toEqual([]);
    const [hit] = await found(bruno, text);
    expect(hit).toMatchObject({ node: { audience: 'CLIENTS' }, snippet: expect.stringContaining('<mark>') });
    const { article } = await bruno.get('query ($id: ID!) { article(id: $id) { products { label } modules { label } } }', {
      id: hit?.node.id,
    });
    expect(article).toEqual({ products: [{ label: 'WMS' }], modules: [{ label: 'Expedição' }] });
  });

  it('is suggested while a title is typed', async () => {
    const { suggestArticles } = await bruno.get(
      'query ($title: String!) { suggestArticles(title: $title, first: 3) { article { title } snippet score } }',
      {
        title: 'Nota fiscal não transm',
      },
    );
    expect(suggestArticles[0].article.title).toBe('NF-e não transmite e fica em “aguardando retorno”');
  });

  it('an analyst writes and publishes an article, and a contact finds it; what nobody may see is like what never was', async () => {
    const input = { kind: 'TIP', language: 'pt-BR', audience: 'CLIENTS', title: 'Atalho do quadrimotor', body: 'Use **Ctrl+Q**.' };
    const { saveArticle } = await carla.get(
      'mutation ($input: SaveArticleInput!) { saveArticle(input: $input) { article { id version } errors { code field message } } }',
      { input: { clientKey: clientKey(), ...input } },
    );
    expect(saveArticle.errors).toEqual([]);
    const { id, version } = saveArticle.article;
    const absent = id.replace(/.$/, (last: string) => (last === '0' ? '1' : '0'));
    const ask = async (who: Portal | Person, asked: string) =>
      JSON.stringify(await who.ask('query ($id: ID!) { article(id: $id) { title } node(id: $id) { id } }', { id: asked })).replaceAll(
        asked,
        'ID',
      );
    expect(await ask(bruno, id)).toBe(await ask(bruno, absent));
    expect(await found(bruno, 'quadrimotor')).toEqual([]);
    const { publishArticle } = await carla.get(
      'mutation ($input: ArticleActionInput!) { publishArticle(input: $input) { article { status edition } errors { code } } }',
      { input: { articleId: id, expectedVersion: version } },
    );
    expect(publishArticle).toEqual({ article: { status: 'PUBLISHED', edition: 1 }, errors: [] });
    expect((await found(bruno, 'quadrimotores')).map(({ node }) => node.id)).toEqual([id]);
    expect((await bruno.get('query ($id: ID!) { node(id: $id) { ... on Article { title } } }', { id })).node).toEqual({
      title: input.title,
    });
    expect(await found(portal, 'quadrimotor')).toEqual([]);
    expect(JSON.stringify(await portal.ask(READ, { id }))).toBe(JSON.stringify(await portal.ask(READ, { id: absent })));
    const refused = await bruno.ask('mutation ($input: ArticleActionInput!) { retireArticle(input: $input) { article { id } } }', {
      input: { articleId: id },
    });
    expect(refused.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('answers a ticket by its subject and product, for whoever sees the ticket what they may see', async () => {
    const { id } = await open(bruno, 'software.rm', {}, { summary: 'Erro ao calcular férias coletivas da filial 2' });
    const query =
      'query ($id: ID!) { ticket(id: $id) { subject product { label } suggestedArticles(first: 3) { score article { title } } } }';
    const { ticket } = await bruno.get(query, { id });
    expect(ticket).toMatchObject({ product: { label: 'RM' } });
    expect(ticket.suggestedArticles[0].article.title).toBe('Férias coletivas: erro “valor nulo em campo obrigatório” no cálculo');
    expect((await carla.get(query, { id })).ticket.suggestedArticles.length).toBeGreaterThan(0);
    const gisele = await portal.as('gisele@globex.example');
    expect((await gisele.get(query, { id })).ticket).toBeNull();
  });
});
