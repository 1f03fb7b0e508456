import type { EntityManager } from '@mikro-orm/postgresql';
import { Article } from './article.ts';
import { htmlOf, plainOf } from './markdown.ts';

const BATCH = 100;

/** Makes HTML and plain text of every article again, after the renderer changed. What articles say, and their versions, stay. */
export async function renderAgain({ em }: { em: EntityManager }): Promise<string> {
  let changed = 0;
  for (let last = ''; ; ) {
    const articles = await em.find(Article, { id: { $gt: last } }, { orderBy: { id: 'asc' }, limit: BATCH, populate: ['plain'] });
    for (const article of articles) {
      const rendered = { html: htmlOf(article.body), plain: plainOf(article.body) };
      if (rendered.html !== article.html || rendered.plain !== article.plain) changed += 1;
      Object.assign(article, rendered);
    }
    await em.flush();
    em.clear();
    if (articles.length < BATCH) return `Rendered again; ${changed} articles changed.`;
    last = articles.at(-1)?.id ?? '';
  }
}
