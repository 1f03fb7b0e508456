import { sqlIsStaff, sqlIsWorker } from '@atende/service';
import { defineEntity } from '@mikro-orm/postgresql';
import type { ArticleContent } from './article-content.ts';

/** What the next edition will say, while readers still see the last one. Staff's alone. */
const ArticleDraftSchema = defineEntity({
  name: 'ArticleDraft',
  tableName: 'article_draft',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'staff', using: sqlIsStaff, check: sqlIsStaff },
    { name: 'worker', using: sqlIsWorker },
  ],
  properties: (p) => ({
    articleId: p.text().primary(),
    content: p.json<ArticleContent>(),
    savedAt: p.datetime(3),
  }),
});
export class ArticleDraft extends ArticleDraftSchema.class {}
ArticleDraftSchema.setClass(ArticleDraft);
