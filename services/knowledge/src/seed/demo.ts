import { demoId } from '@atende/service';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Article, writeArticle } from '../article.ts';
import { editionOf } from '../article-edition.ts';
import { cloudAndPortal } from './cloud-and-portal.ts';
import type { DemoArticle } from './demo-article.ts';
import { otherProducts } from './other-products.ts';
import { protheus } from './protheus.ts';
import { rmBackoffice } from './rm-backoffice.ts';
import { rmPeople } from './rm-people.ts';
import { english, spanish } from './translations.ts';

/** Forty in Portuguese, and some of them in English and Spanish. */
export const demoArticles: readonly DemoArticle[] = [
  ...[rmPeople, rmBackoffice, protheus, otherProducts, cloudAndPortal].flat(),
  ...[english, spanish].flat(),
];

const DAY = 86_400_000; // ms
const author = { actor: demoId('per', 'carla@support.example'), analyst: demoId('ana', 'carla@support.example') };

/** The demo's articles, written and published on the days before. */
export async function seedDemo({ em, now }: { em: EntityManager; now: Date }): Promise<void> {
  await em.transactional(async (own) => {
    await own.execute('select pg_advisory_xact_lock(7287)');
    if ((await own.count(Article)) > 0) return;
    for (const [index, { code, content, draft }] of demoArticles.entries()) {
      const act = { actor: author.actor, now: new Date(now.getTime() - (demoArticles.length - index) * DAY) };
      const article = writeArticle(own, demoId('art', code), content, act);
      if (draft) continue;
      article.publish(own, content, act);
      editionOf(own, article, content, { ...act, analyst: author.analyst });
    }
    await own.flush();
    await own.execute('select count_article_words()');
  });
}
