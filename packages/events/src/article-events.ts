import { defineEvent } from './define-event.ts';
import { code, count, digest, id, oneOf } from './words.ts';

const service = 'knowledge';

export const ARTICLE_KINDS = ['INFORMATION', 'ARTICLE', 'TIP', 'TUTORIAL', 'VIDEO'] as const;
export const ARTICLE_AUDIENCES = ['PUBLIC', 'CLIENTS', 'INTERNAL'] as const;

const content = {
  kind: oneOf(...ARTICLE_KINDS),
  /** BCP 47, e.g. pt-BR. */
  language: code(),
  audience: oneOf(...ARTICLE_AUDIENCES),
  productIds: id('opt').array(),
  moduleIds: id('opt').array(),
  /** Of title, summary, body and labels together. */
  contentDigest: digest(),
};

export const ArticleSaved = defineEvent('article.saved', {
  version: 1,
  service,
  describes: 'An article was written or changed. Readers still see the edition before, if there was one.',
  data: content,
});

export const ArticlePublished = defineEvent('article.published', {
  version: 1,
  service,
  describes: 'An edition of an article is what readers of its audience see from now on.',
  data: {
    /** Counts the editions of the article from 1. */
    edition: count(),
    ...content,
  },
});

export const ArticleRetired = defineEvent('article.retired', {
  version: 1,
  service,
  describes: 'An article is no longer shown to readers.',
  data: {
    /** The last edition; 0 when readers never saw it. */
    edition: count(),
  },
});
