import {
  type Connection,
  connection,
  decodePageCursor,
  isId,
  type Language,
  languages,
  type PageArguments,
  pageOf,
  pageSize,
} from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Article } from './article.ts';
import { type AskedWord, askedWords } from './asked-words.ts';
import { headlineOptions, snippetOf } from './snippet.ts';

/** An article that was found. */
export interface Hit {
  article: Article;
  /** HTML: text with its hits in `<mark>`. */
  snippet: string;
  /** 0 to 1. */
  score: number;
}

interface FoundRow {
  id: string;
  /** Millionths. */
  score: number;
  marked: string;
}

const DEEPEST = 200; // hits of one search: who does not find it among these asks with another word
const BEST = 2_000_000; // above every score
const SLIGHTEST = 200_000; // a suggestion that matches less is none

const inOrder = (first: Language): Language[] => [first, ...languages.filter((language) => language !== first)];

/** A page of what a text finds, among what the viewer may see: articles with all its words, or, where there is none, with the most telling. */
export async function searchPage(
  em: EntityManager,
  text: string,
  language: Language,
  page: Pick<PageArguments, 'first' | 'after'>,
): Promise<Connection<Hit>> {
  const { size } = pageSize(page);
  const [score = BEST, id = ''] = page.after ? decodePageCursor(page.after, 2) : [];
  const words = askedWords(text);
  const found: FoundRow[] =
    words.length === 0 ? [] : await em.execute(SEARCH, [asJson(words), asArray(inOrder(language)), DEEPEST, score, id, size + 1]);
  const { edges, pageInfo } = connection(pageOf(found, page, (row) => [row.score, row.id]));
  const hits = await withArticles(em, found.slice(0, size));
  return {
    edges: edges.flatMap(({ node, cursor }) => hits.filter((hit) => hit.article.id === node.id).map((hit) => ({ node: hit, cursor }))),
    pageInfo,
  };
}

export interface Suggesting {
  title: string;
  /** Prefer what is about this product or module. */
  product: string | null;
  language: Language;
  first: number;
  /** The title is still being typed: its last word may go on. */
  typing: boolean;
}

/** The articles that may answer a title, the best first. */
export async function suggestionsFor(em: EntityManager, { title, product, language, first, typing }: Suggesting): Promise<Hit[]> {
  const words = askedWords(title, { typing });
  if (words.length === 0) return [];
  const wanted = isId('opt', product) ? product : null;
  const found: FoundRow[] = await em.execute(SUGGEST, [asJson(words), asArray([language]), wanted, first, SLIGHTEST]);
  return withArticles(em, found);
}

// One message each: a page of ids with its marked words. `article` is under row-level security like any other read.
const SEARCH = `
  select page.id, page.score,
    ts_headline(article_config(page.language), concat_ws(' — ', nullif(page.summary, ''), left(page.plain, 4000)), page.matched, '${headlineOptions(2)}') as marked
  from (
    select a.id, a.language, a.summary, a.plain, h.score, h.matched
    from article_search(?::jsonb, ?::text[], ?) h join article a on a.id = h.article_id
    where (h.score, h.article_id) < (?::int, ?::text) order by h.score desc, h.article_id desc limit ?
  ) page order by page.score desc, page.id desc`;
const SUGGEST = `
  select a.id, h.score,
    ts_headline(article_config(a.language), coalesce(nullif(a.summary, ''), left(a.plain, 300)), h.matched, '${headlineOptions(1)}') as marked
  from article_suggest(?::jsonb, ?::text[], ?, ?) h join article a on a.id = h.article_id
  where h.score >= ? order by h.score desc, a.id desc`;

const asJson = (words: AskedWord[]): string => JSON.stringify(words);
const asArray = (values: string[]): string => `{${values.join(',')}}`;

async function withArticles(em: EntityManager, found: FoundRow[]): Promise<Hit[]> {
  if (found.length === 0) return [];
  const articles = new Map((await em.find(Article, { id: { $in: found.map(({ id }) => id) } })).map((article) => [article.id, article]));
  return found.flatMap(({ id, score, marked }) => {
    const article = articles.get(id);
    return article ? [{ article, snippet: snippetOf(marked), score: score / 1_000_000 }] : [];
  });
}
