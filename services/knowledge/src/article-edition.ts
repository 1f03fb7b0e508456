import { sqlIsStaff, sqlIsWorker } from '@atende/service';
import { defineEntity, type EntityManager } from '@mikro-orm/postgresql';
import type { Act, Article } from './article.ts';
import type { ArticleContent } from './article-content.ts';

/** What readers were given, and when: one row for each time an article was published. Staff's alone; never written again. */
const ArticleEditionSchema = defineEntity({
  name: 'ArticleEdition',
  tableName: 'article_edition',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'read', command: 'select', using: sqlIsStaff },
    { name: 'added', command: 'insert', check: sqlIsStaff },
    { name: 'worker', using: sqlIsWorker },
  ],
  properties: (p) => ({
    articleId: p.text().primary(),
    number: p.integer().primary(),
    content: p.json<ArticleContent>(),
    publishedAt: p.datetime(3),
    /** The analyst who published it; null: the system. */
    publishedById: p.text().strictNullable(),
  }),
});
export class ArticleEdition extends ArticleEditionSchema.class {}
ArticleEditionSchema.setClass(ArticleEdition);

/** Keeps what an article was just published with. */
export const editionOf = (
  em: EntityManager,
  article: Article,
  content: ArticleContent,
  by: Act & { analyst: string | null },
): ArticleEdition =>
  em.create(ArticleEdition, {
    ...{ articleId: article.id, number: article.edition, content },
    ...{ publishedAt: by.now, publishedById: by.analyst },
  });
