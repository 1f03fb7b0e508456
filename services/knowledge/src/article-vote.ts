import { sqlIsSelf, sqlIsWorker } from '@atende/service';
import { defineEntity } from '@mikro-orm/postgresql';

const isOwn = sqlIsSelf('"person_id"');
const isOfSeenArticle = `exists (select 1 from "article" as "a" where "a"."id" = "article_vote"."article_id")`;

/** Whether an article helped a person. Who sees the article may count its votes; whose they are is not shown. */
const ArticleVoteSchema = defineEntity({
  name: 'ArticleVote',
  tableName: 'article_vote',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'counted', command: 'select', using: isOfSeenArticle },
    { name: 'cast', command: 'insert', check: `${isOwn} and ${isOfSeenArticle}` },
    { name: 'recast', command: 'update', using: isOwn, check: isOwn },
    { name: 'worker', using: sqlIsWorker },
  ],
  properties: (p) => ({
    articleId: p.text().primary(),
    personId: p.text().primary(),
    helpful: p.boolean(),
    castAt: p.datetime(3),
  }),
});
export class ArticleVote extends ArticleVoteSchema.class {}
ArticleVoteSchema.setClass(ArticleVote);
