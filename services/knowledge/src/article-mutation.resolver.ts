import { type Context, Guard, notFound } from '@atende/service';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { publishArticle, retireArticle, saveArticle, voteArticle } from './article.deeds.ts';
import { ArticleFace } from './article.graphql.ts';
import { mayVote, mayWrite } from './article.policy.ts';
import type { Article } from './article.ts';
import { ArticleActionInput, ArticlePayload, SaveArticleInput, VoteArticleInput } from './article-input.graphql.ts';

const payload = async ({ load }: Context, id: string): Promise<ArticlePayload> => ({
  article: (await load<Article>('Article', id)) as ArticleFace | null,
  errors: [],
});

@Resolver(() => ArticleFace)
export class ArticleMutationResolver {
  @Mutation(() => ArticlePayload, { description: 'Writes a new article, or changes one. What readers see changes when it is published.' })
  @Guard(mayWrite)
  async saveArticle(
    @Arg('input', () => SaveArticleInput, { description: 'The article.' }) input: SaveArticleInput,
    @Ctx() context: Context,
  ): Promise<ArticlePayload> {
    return payload(context, await saveArticle(context, input));
  }

  @Mutation(() => ArticlePayload, { description: 'Gives the readers of its audience the article as it was saved last.' })
  @Guard(mayWrite)
  async publishArticle(
    @Arg('input', () => ArticleActionInput, { description: 'The article.' }) input: ArticleActionInput,
    @Ctx() context: Context,
  ): Promise<ArticlePayload> {
    return payload(context, await publishArticle(context, input));
  }

  @Mutation(() => ArticlePayload, { description: 'Takes an article away from readers. Publishing it brings it back.' })
  @Guard(mayWrite)
  async retireArticle(
    @Arg('input', () => ArticleActionInput, { description: 'The article.' }) input: ArticleActionInput,
    @Ctx() context: Context,
  ): Promise<ArticlePayload> {
    return payload(context, await retireArticle(context, input));
  }

  @Mutation(() => ArticlePayload, { description: 'Says whether an article helped. One vote a person; the last one counts.' })
  @Guard(mayVote)
  async voteArticle(
    @Arg('input', () => VoteArticleInput, { description: 'The vote.' }) { articleId, helpful }: VoteArticleInput,
    @Ctx() context: Context,
  ): Promise<ArticlePayload> {
    const article = await context.load<Article>('Article', articleId);
    if (!article) throw notFound();
    await voteArticle(context, article, helpful);
    return payload(context, articleId);
  }
}
