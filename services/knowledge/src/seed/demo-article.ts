import { demoId } from '@atende/service';
import type { ArticleContent } from '../article-content.ts';

/** An article of the demo: ours, made up for it; whoever runs a support desk writes their own. */
export interface DemoArticle {
  /** Its id follows from it: `demoId('art', code)`. */
  code: string;
  content: ArticleContent;
  draft: boolean;
}

type About = Pick<ArticleContent, 'kind' | 'audience' | 'title' | 'summary'> & {
  /** Paths in the demo's catalogue (services/tickets/src/seed/catalogue). */
  products?: string[];
  modules?: string[];
  labels?: string[];
  language?: ArticleContent['language'];
  draft?: boolean;
};

/** Describes an article; its body is Markdown, indented as the code around it. */
export function article(code: string, about: About, body: string): DemoArticle {
  const { products = [], modules = [], labels = [], language = 'pt-BR', draft = false, ...content } = about;
  const ids = (paths: string[]): string[] => paths.map((path) => demoId('opt', path));
  return {
    code,
    draft,
    content: {
      ...content,
      language,
      labels,
      productIds: ids(products),
      moduleIds: ids(modules),
      body: body.replaceAll(/^ {4}/gm, '').trim(),
    },
  };
}
