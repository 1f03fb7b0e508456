import { type Context, conflict, ErrorCode, type Fault, newId, notFound, once, Refused } from '@atende/service';
import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { type Act, Article, contentOf, writeArticle } from './article.ts';
import { type ArticleContent, type ContentInput, readContent } from './article-content.ts';
import { ArticleDraft } from './article-draft.ts';
import { editionOf } from './article-edition.ts';
import { ArticleVote } from './article-vote.ts';
import { CatalogueOption } from './catalogue-option.ts';

export interface SaveArticle extends ContentInput {
  clientKey?: string | null;
  articleId?: string | null;
  expectedVersion?: number | null;
}

export interface Target {
  articleId: string;
  expectedVersion?: number | null;
}

const actOf = ({ viewer, now, requestId, traceparent }: Context): Act => ({ actor: viewer.personId, now, requestId, traceparent });

/** Writes a new article, once per client key, or changes one. Returns its id. */
export function saveArticle(context: Context, input: SaveArticle): Promise<string> {
  return input.articleId ? changeArticle(context, input.articleId, input) : newArticle(context, input);
}

function newArticle(context: Context, input: SaveArticle): Promise<string> {
  const { em, viewer, now } = context;
  const call = { em, viewer, now, mutation: 'saveArticle', clientKey: input.clientKey ?? '', input, id: newId('art') };
  return once(call, async (transaction, id) => {
    writeArticle(transaction, id, await contentFrom(transaction, input), actOf(context));
  });
}

function changeArticle(context: Context, articleId: string, input: SaveArticle): Promise<string> {
  if (typeof input.expectedVersion !== 'number') throw new Refused({ code: ErrorCode.REQUIRED, field: ['input', 'expectedVersion'] });
  return context.em.transactional(async (em) => {
    const article = await articleFor(em, { ...input, articleId });
    const content = await contentFrom(em, input);
    article.change(em, content, actOf(context));
    if (article.edition > 0) await em.upsert(ArticleDraft, { articleId, content, savedAt: context.now });
    return articleId;
  });
}

/** Gives readers what stands ready; what they have already is not given twice. */
export const publishArticle = (context: Context, target: Target): Promise<string> =>
  context.em.transactional(async (em) => {
    const article = await articleFor(em, target);
    const draft = await em.findOne(ArticleDraft, { articleId: article.id });
    if (article.status === 'PUBLISHED' && !draft) return article.id;
    const content = draft?.content ?? contentOf(article);
    const act = actOf(context);
    article.publish(em, content, act);
    editionOf(em, article, content, { ...act, analyst: context.viewer.analystId });
    if (draft) em.remove(draft);
    return article.id;
  });

/** Takes it away from readers. */
export const retireArticle = (context: Context, target: Target): Promise<string> =>
  context.em.transactional(async (em) => {
    const article = await articleFor(em, target);
    article.retire(em, actOf(context));
    return article.id;
  });

/** One's own vote; a second one replaces the first. */
export async function voteArticle({ em, viewer, now }: Context, article: Article, helpful: boolean): Promise<void> {
  await em.upsert(ArticleVote, { articleId: article.id, personId: viewer.personId ?? '', helpful, castAt: now });
}

/** The article, its row locked: of two people in the same moment the second finds what the first has left. */
async function articleFor(em: EntityManager, { articleId, expectedVersion }: Target): Promise<Article> {
  const article = await em.findOne(Article, { id: articleId }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
  if (!article) throw notFound();
  if (typeof expectedVersion === 'number' && expectedVersion !== article.version)
    throw conflict('Someone else changed this article meanwhile.');
  return article;
}

/** The content of what was typed, about options that there are. */
async function contentFrom(em: EntityManager, input: ContentInput): Promise<ArticleContent> {
  const content = readContent(input);
  const { productIds, moduleIds } = content;
  const known = await em.find(CatalogueOption, { id: { $in: [...productIds, ...moduleIds] } });
  const listOf = new Map(known.map(({ id, list }) => [id, list]));
  const unknown = (name: string, ids: string[], list: string): Fault[] =>
    ids.flatMap((id, index) => (listOf.get(id) === list ? [] : [{ code: ErrorCode.NOT_AN_OPTION, field: ['input', name, String(index)] }]));
  const faults = [...unknown('productIds', productIds, 'PRODUCT'), ...unknown('moduleIds', moduleIds, 'MODULE')];
  if (faults.length > 0) throw new Refused(...faults);
  return content;
}
