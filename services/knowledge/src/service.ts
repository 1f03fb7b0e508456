import 'reflect-metadata';
import { type Context, defineService, searchResults } from '@atende/service';
import { articlesById } from './article.queries.ts';
import { ArticleResolver } from './article.resolver.ts';
import { Article } from './article.ts';
import { ArticleDraft } from './article-draft.ts';
import { ArticleEdition } from './article-edition.ts';
import { ArticleMutationResolver } from './article-mutation.resolver.ts';
import { ArticleVote } from './article-vote.ts';
import { CatalogueOption, consumers } from './catalogue-option.ts';
import { messages } from './messages.ts';
import { renderAgain } from './render-again.ts';
import { SearchResolver } from './search.resolver.ts';
import { seedDemo } from './seed/demo.ts';
import { TicketResolver } from './ticket.resolver.ts';

export const knowledge = defineService({
  name: 'knowledge',
  home: new URL('../', import.meta.url),
  entities: [Article, ArticleDraft, ArticleEdition, ArticleVote, CatalogueOption],
  resolvers: [ArticleResolver, ArticleMutationResolver, SearchResolver, TicketResolver],
  references: {
    Article: ({ em }: Context, ids) => articlesById(em, ids),
    // Tickets are tickets' own: what the gateway brings along is all there is.
    Ticket: async (_context: Context, ids) => ids.map((id) => ({ id })),
    SearchResult: searchResults,
  },
  consumers,
  jobs: [{ name: 'count-words', everyMs: 600_000, run: ({ em }) => em.execute('select count_article_words()').then(() => {}) }],
  messages,
  commands: { render: renderAgain },
  seedDemo,
  rights: [
    // What was published stays as it was; what the search keeps is read through its functions only.
    'revoke update, delete on table article_edition from knowledge_app',
    'revoke delete on table article, article_vote from knowledge_app',
    'revoke insert, update, delete on table catalogue_option from knowledge_app',
    'revoke all on table article_head, article_text, article_word, article_lexeme from knowledge_app, knowledge_worker',
    'revoke execute on function count_article_words from public, knowledge_app',
    'grant execute on function count_article_words to knowledge_worker',
  ],
});
