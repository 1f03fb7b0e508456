import { ArticlePublished, ArticleRetired, ArticleSaved } from '@atende/events';
import { conflict, ErrorCode, Refused, recordEvent } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { ArticleSchema } from './article.schema.ts';
import { type ArticleContent, digestOf } from './article-content.ts';
import { htmlOf, plainOf } from './markdown.ts';
import { slugOf } from './slug.ts';

/** Who acts, when, and through which request; actor null: the system. */
export interface Act {
  actor: string | null;
  now: Date;
  requestId?: string | null;
  traceparent?: string | null;
}

export class Article extends ArticleSchema.class {
  /** New content. Until the first edition it is the article's own; later it waits beside what readers see (ArticleDraft). */
  change(em: EntityManager, content: ArticleContent, act: Act): void {
    if (this.edition === 0) Object.assign(this, columnsOf(content));
    recordEvent(em, ArticleSaved, { ...next(this, act), data: told(content) });
  }

  /** Gives readers its next edition. */
  publish(em: EntityManager, content: ArticleContent, act: Act): void {
    if (content.body === '') throw new Refused({ code: ErrorCode.REQUIRED, field: ['body'] });
    this.status = 'PUBLISHED';
    this.edition += 1;
    this.publishedAt = act.now;
    Object.assign(this, columnsOf(content));
    recordEvent(em, ArticlePublished, { ...next(this, act), data: { edition: this.edition, ...told(content) } });
  }

  /** Takes it away from readers. */
  retire(em: EntityManager, act: Act): void {
    if (this.status === 'RETIRED') throw conflict('The article is retired already.');
    this.status = 'RETIRED';
    recordEvent(em, ArticleRetired, { ...next(this, act), data: { edition: this.edition } });
  }
}
ArticleSchema.setClass(Article);

/** A new article: a draft that only staff see. */
export function writeArticle(em: EntityManager, id: string, content: ArticleContent, act: Act): Article {
  const article = em.create(Article, {
    ...columnsOf(content),
    id,
    version: 0,
    slug: slugOf(content.title, id),
    status: 'DRAFT',
    edition: 0,
    createdAt: act.now,
    changedAt: act.now,
    publishedAt: null,
  });
  article.change(em, content, act);
  return article;
}

/** The content that stands in an article's own columns. */
export const contentOf = (article: Article): ArticleContent => ({
  ...{ kind: article.kind, language: article.language, audience: article.audience },
  ...{ title: article.title, summary: article.summary, body: article.body, labels: article.labels },
  ...{ productIds: article.productIds, moduleIds: article.moduleIds },
});

const columnsOf = (content: ArticleContent) => ({ ...content, html: htmlOf(content.body), plain: plainOf(content.body) });

const told = (content: ArticleContent) => {
  const { kind, language, audience, productIds, moduleIds } = content;
  return { kind, language, audience, productIds, moduleIds, contentDigest: digestOf(content) };
};

function next(article: Article, { actor, now, requestId = null, traceparent = null }: Act) {
  article.version += 1;
  article.changedAt = now;
  return { aggregate: article.id, version: article.version, audience: 'SYSTEM' as const, actor, at: now, requestId, traceparent };
}
