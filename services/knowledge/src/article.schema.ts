import { type Language, sqlIsStaff, sqlIsWorker } from '@atende/service';
import { defineEntity } from '@mikro-orm/postgresql';
import type { ArticleAudience, ArticleKind } from './article-content.ts';
import type { ArticleStatus } from './article-status.ts';

// A class of equal watchers has contacts without ids: what counts is that there is an organization.
const sqlIsClient = "(select nullif(current_setting('app.organizations', true), '') is not null)";

/** What `seesArticle` says, in SQL. */
const isSeen = `("status" = 'PUBLISHED' and ("audience" = 'PUBLIC' or ("audience" = 'CLIENTS' and ${sqlIsClient}))) or ${sqlIsStaff}`;

export const ArticleSchema = defineEntity({
  name: 'Article',
  tableName: 'article',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'seen', command: 'select', using: isSeen },
    { name: 'written', command: 'insert', check: sqlIsStaff },
    { name: 'changed', command: 'update', using: sqlIsStaff, check: sqlIsStaff },
    { name: 'worker', using: sqlIsWorker },
  ],
  uniques: [{ name: 'article_slug', properties: ['slug'] }],
  indexes: [{ name: 'article_newest', properties: ['changedAt', 'id'] }],
  properties: (p) => ({
    id: p.text().primary(),
    /** Counts its events. */
    version: p.integer(),
    slug: p.text(),
    status: p.text().$type<ArticleStatus>(),
    /** Counts what readers were given; 0: nothing yet. */
    edition: p.integer(),
    // the content that readers see, or what will be the first they see
    kind: p.text().$type<ArticleKind>(),
    language: p.text().$type<Language>(),
    audience: p.text().$type<ArticleAudience>(),
    title: p.text(),
    summary: p.text(),
    body: p.text(),
    labels: p.array<string>().columnType('text[]'),
    productIds: p.array<string>().columnType('text[]'),
    moduleIds: p.array<string>().columnType('text[]'),
    // what the body is for browsers, and for the search
    html: p.text(),
    plain: p.text().lazy(),
    // when
    createdAt: p.datetime(3),
    changedAt: p.datetime(3),
    publishedAt: p.datetime(3).strictNullable(),
  }),
});
