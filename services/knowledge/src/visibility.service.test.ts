import { ARTICLE_AUDIENCES } from '@atende/events';
import type { Viewer } from '@atende/service';
import { demoId } from '@atende/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { seesArticle } from './article.policy.ts';
import { ARTICLE_STATUSES } from './article-status.ts';
import { bruno, carla, classOfClients, classOfStaff, gisele, nobody, rita, type Testbed, testbed } from './testing/testbed.ts';

// Three walls say who sees an article: the policy, row-level security, and the functions of the search. They must say the same.

const viewers: Record<string, Viewer> = { nobody, bruno, gisele, rita, carla, classOfClients, classOfStaff };
const words = ['abacaxi', 'bergamota', 'caqui', 'damasco', 'figueira', 'goiaba', 'jaca', 'kiwi', 'laranja'];
const kinds = ARTICLE_STATUSES.flatMap((status) => ARTICLE_AUDIENCES.map((audience) => ({ status, audience }))).map((kind, index) => ({
  ...kind,
  word: words[index] ?? '',
}));
const wordOf = (wanted: Omit<(typeof kinds)[number], 'word'>): string =>
  kinds.find(({ status, audience }) => status === wanted.status && audience === wanted.audience)?.word ?? '';
const ids = new Map<string, string>();
let bed: Testbed;
let unchecked: Testbed;

async function fill(into: Testbed): Promise<void> {
  for (const { status, audience, word } of kinds) {
    const { article } = await into.save(carla, { title: word, body: word, audience });
    if (status !== 'DRAFT') await into.act(carla, 'publishArticle', { articleId: article.id });
    if (status === 'RETIRED') await into.act(carla, 'retireArticle', { articleId: article.id });
    if (into === unchecked) ids.set(word, article.id);
  }
}
beforeAll(async () => {
  bed = await testbed();
  unchecked = await testbed({ applicationChecks: false });
  await fill(bed);
  await fill(unchecked);
}, 60_000);
afterAll(async () => {
  await bed[Symbol.asyncDispose]();
  await unchecked[Symbol.asyncDispose]();
});

describe.each(Object.entries(viewers))('%s', (_, viewer) => {
  const seen = kinds.filter((kind) => seesArticle.allows(viewer, kind)).map(({ word }) => word);
  const LIST = '{ articles(first: 100) { edges { node { title } } } }';

  it('sees in lists what the policy says, with and without the application’s checks', async () => {
    for (const asked of [bed, unchecked]) {
      const { data } = await asked.service.ask(viewer, LIST);
      expect(data.articles.edges.map(({ node }: { node: { title: string } }) => node.title).toSorted()).toEqual(seen.toSorted());
    }
  });

  it('finds and is suggested what the policy says and is not retired, with and without the application’s checks', async () => {
    for (const asked of [bed, unchecked]) {
      for (const { word, status } of kinds) {
        const expected = seen.includes(word) && status !== 'RETIRED' ? [word] : [];
        expect([word, await asked.titles(viewer, word)]).toEqual([word, expected]);
        if (viewer.kind === 'ANONYMOUS') continue;
        const { data } = await asked.suggest(viewer, `${word} `);
        expect(data.suggestArticles.map(({ article }: { article: { title: string } }) => article.title)).toEqual(expected);
      }
    }
  });

  it('gets by id, without the application’s checks, what the policy says; the rest is like what never was', async () => {
    const query =
      'query ($id: ID!, $of: [_Any!]!) { article(id: $id) { title body html editions { number } draft { savedAt } votes { helpful } } _entities(representations: $of) { ... on Article { title } } }';
    const ask = async (id: string) =>
      JSON.stringify(await unchecked.service.ask(viewer, query, { id, of: [{ __typename: 'Article', id }] }));
    const absent = await ask(demoId('art', 'absent'));
    for (const { word } of kinds) {
      const text = await ask(ids.get(word) ?? '');
      if (seen.includes(word)) expect(text).toContain(word);
      else expect(text).toBe(absent);
    }
  });
});

it('editions and drafts are staff’s in the database too', async () => {
  const id = ids.get(wordOf({ status: 'PUBLISHED', audience: 'PUBLIC' })) ?? '';
  await unchecked.save(carla, { articleId: id, expectedVersion: 2, title: 'Em preparo' });
  const fields = 'draft { content { title } } editions { number }';
  expect(await unchecked.look(bruno, id, fields)).toEqual({ draft: null, editions: [] });
  expect(await unchecked.look(carla, id, fields)).toEqual({ draft: { content: { title: 'Em preparo' } }, editions: [{ number: 1 }] });
});

describe('without the application’s checks', () => {
  it('the database lets readers write nothing', async () => {
    const id = ids.get(wordOf({ status: 'PUBLISHED', audience: 'PUBLIC' })) ?? '';
    expect((await unchecked.save(bruno)).article).toBeNull();
    for (const mutation of ['publishArticle', 'retireArticle'])
      expect((await unchecked.act(bruno, mutation, { articleId: id })).article).toBeNull();
    const internal = ids.get(wordOf({ status: 'PUBLISHED', audience: 'INTERNAL' })) ?? '';
    expect((await unchecked.act(bruno, 'voteArticle', { articleId: internal, helpful: true })).failed).toBe('NOT_FOUND');
  });
});

describe('the role of requests', () => {
  const asApp = async (sql: string): Promise<string> => {
    const client = new pg.Client({ connectionString: bed.service.database.urls.app });
    await client.connect();
    try {
      const answers = [await client.query(sql)].flat();
      return JSON.stringify(answers.map(({ rows }) => rows));
    } catch (error) {
      return (error as Error).message;
    } finally {
      await client.end();
    }
  };

  it.each(['article_head', 'article_text', 'article_word', 'article_lexeme'])(
    'cannot read %s, which holds words of every article',
    async (table) => {
      expect(await asApp(`select * from ${table}`)).toBe(`permission denied for table ${table}`);
    },
  );

  it('gets out of the search’s functions themselves only what the viewer may see, and nothing of what else there is', async () => {
    const asked = (word: string) => `'[["${word}"]]'::jsonb, '{pt-BR}'`;
    const found = async (word: string, settings: string): Promise<string[]> => {
      const sql = `select ${settings}; select article_id from article_search(${asked(word)}, 9) union select article_id from article_suggest(${asked(word)}, null, 9)`;
      return (await asApp(sql)).match(/art_\w+/g) ?? [];
    };
    const nobodys = "set_config('app.roles', '', false), set_config('app.organizations', '', false)";
    const contacts = "set_config('app.roles', 'CONTACT', false), set_config('app.organizations', 'org_1', false)";
    const staffs = "set_config('app.roles', 'ANALYST', false)";
    for (const { word, status, audience } of kinds) {
      const counts = [await found(word, nobodys), await found(word, contacts), await found(word, staffs)].map(({ length }) => length);
      const published = status === 'PUBLISHED';
      expect([word, ...counts]).toEqual([
        word,
        published && audience === 'PUBLIC' ? 1 : 0,
        published && audience !== 'INTERNAL' ? 1 : 0,
        status === 'RETIRED' ? 0 : 1,
      ]);
    }
  });

  it('cannot count words, rewrite an edition or take an article away', async () => {
    expect(await asApp('select count_article_words()')).toBe('permission denied for function count_article_words');
    expect(await asApp("update article_edition set content = '{}'")).toBe('permission denied for table article_edition');
    expect(await asApp('delete from article')).toBe('permission denied for table article');
  });
});
