/** DRAFT: readers never saw it. PUBLISHED: its audience sees the last edition. RETIRED: taken away; publishing brings it back. */
export const ARTICLE_STATUSES = ['DRAFT', 'PUBLISHED', 'RETIRED'] as const;
export type ArticleStatus = (typeof ARTICLE_STATUSES)[number];
