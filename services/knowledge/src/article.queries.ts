import { type Connection, connection, decodePageCursor, foreignCursor, isId, type PageArguments, pageOf, pageSize } from '@atende/service';
import type { EntityManager, FilterQuery } from '@mikro-orm/postgresql';
import { Article } from './article.ts';
import type { ArticleAudience, ArticleKind } from './article-content.ts';
import { ArticleEdition } from './article-edition.ts';
import type { ArticleStatus } from './article-status.ts';

/** Every part that is given must hold; lists mean "one of". */
export interface ArticleFilter {
  kind?: ArticleKind[] | null;
  status?: ArticleStatus[] | null;
  audience?: ArticleAudience[] | null;
  language?: string | null;
  product?: string | null;
  module?: string | null;
  label?: string | null;
  slug?: string | null;
}

/** Articles by id, of those the viewer may see. */
export const articlesById = (em: EntityManager, ids: string[]): Promise<Article[]> =>
  em.find(Article, { id: { $in: ids.filter((id) => isId('art', id)) } });

/** One page of the articles that the viewer may see, last changed first. */
export async function articlePage(
  em: EntityManager,
  filter: ArticleFilter,
  { first, after }: Pick<PageArguments, 'first' | 'after'>,
): Promise<Connection<Article>> {
  const { size } = pageSize({ first });
  const rows = await em.find(
    Article,
    { $and: [...conditionsOf(filter), ...beyond(after)] },
    { orderBy: { changedAt: 'desc', id: 'desc' }, limit: size + 1 },
  );
  return connection(pageOf(rows, { first, after }, ({ changedAt, id }) => [changedAt.getTime(), id]));
}

function conditionsOf({ kind, status, audience, language, product, module, label, slug }: ArticleFilter): FilterQuery<Article>[] {
  const conditions: (FilterQuery<Article> | false | null | undefined | '')[] = [
    kind && { kind: { $in: kind } },
    status && { status: { $in: status } },
    audience && { audience: { $in: audience } },
    language && { language: readable(language) as Article['language'] },
    product && { productIds: { $contains: [readable(product)] } },
    module && { moduleIds: { $contains: [readable(module)] } },
    label && { labels: { $contains: [readable(label).toLowerCase()] } },
    slug && { slug: readable(slug) },
  ];
  return conditions.filter((condition) => Boolean(condition)) as FilterQuery<Article>[];
}

// PostgreSQL knows no NUL inside a text: nothing can hold it, so nothing is found.
const readable = (text: string): string => text.replaceAll('\0', '�');

function beyond(after: string | null | undefined): FilterQuery<Article>[] {
  if (after === null || after === undefined) return [];
  const [time, id] = decodePageCursor(after, 2);
  const changedAt = new Date(Number(time));
  if (Number.isNaN(changedAt.getTime())) throw foreignCursor();
  return [{ $or: [{ changedAt: { $lt: changedAt } }, { changedAt, id: { $lt: String(id) } }] }];
}

/** What readers were given, the last first. */
export async function editionsOf(em: EntityManager, articleId: string) {
  const editions = await em.find(ArticleEdition, { articleId }, { orderBy: { number: 'desc' } });
  return editions.map(({ number, content, publishedAt, publishedById }) => ({
    ...{ number, content, publishedAt },
    publishedBy: publishedById === null ? null : { id: publishedById },
  }));
}

/** How many an article helped, and how many it did not. */
export async function votesOf(em: EntityManager, articleId: string): Promise<{ helpful: number; unhelpful: number }> {
  const counted = await em.execute<{ helpful: boolean; votes: number }[]>(
    'select helpful, count(*)::int as votes from article_vote where article_id = ? group by helpful',
    [articleId],
  );
  const of = (said: boolean): number => counted.find(({ helpful }) => helpful === said)?.votes ?? 0;
  return { helpful: of(true), unhelpful: of(false) };
}
