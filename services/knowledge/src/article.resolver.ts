import { type Connection, type Context, Guard, publicPolicy, signedIn, staffOnly } from '@atende/service';
import { Arg, Ctx, Directive, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import {
  ArticleConnection,
  ArticleDraftFace,
  ArticleEditionFace,
  ArticleFace,
  ArticleFilterInput,
  ArticleVotesFace,
} from './article.graphql.ts';
import { articlePage, editionsOf, votesOf } from './article.queries.ts';
import type { Article } from './article.ts';
import { ArticleDraft } from './article-draft.ts';
import { ArticleVote } from './article-vote.ts';
import { FieldOptionFace, options } from './catalogue.graphql.ts';

const forReaders = publicPolicy('public articles are read without signing in; the others are not shown');

@Resolver(() => ArticleFace)
export class ArticleResolver {
  @Query(() => ArticleFace, { nullable: true, description: 'An article; null when it does not exist or may not be seen.' })
  @Guard(forReaders)
  article(@Arg('id', () => ID, { description: 'The article.' }) id: string, @Ctx() { load }: Context): Promise<Article | null> {
    return load<Article>('Article', id);
  }

  @Query(() => ArticleConnection, { description: 'The articles that the viewer may see, last changed first.' })
  @Guard(forReaders)
  articles(
    @Arg('filter', () => ArticleFilterInput, { nullable: true, description: 'Which ones.' }) filter: ArticleFilterInput | null,
    @Arg('first', () => Int, { nullable: true, description: 'How many, 1 to 100. Required.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'Those after this cursor.' }) after: string | null,
    @Ctx() { em }: Context,
  ): Promise<Connection<Article>> {
    return articlePage(em, filter ?? {}, { first, after });
  }

  @FieldResolver(() => [FieldOptionFace], { nullable: true, description: 'Products it is about.' })
  products(@Root() { productIds }: Article): FieldOptionFace[] {
    return options(productIds);
  }

  @FieldResolver(() => [FieldOptionFace], { nullable: true, description: 'Modules it is about.' })
  modules(@Root() { moduleIds }: Article): FieldOptionFace[] {
    return options(moduleIds);
  }

  @FieldResolver(() => ArticleDraftFace, { nullable: true, description: 'What its next edition will say, when it differs; for staff.' })
  @Guard(staffOnly)
  draft(@Root() { id }: Article, @Ctx() { em }: Context): Promise<ArticleDraft | null> {
    return em.findOne(ArticleDraft, { articleId: id });
  }

  @FieldResolver(() => [ArticleEditionFace], { nullable: true, description: 'All that readers were given, the last first; for staff.' })
  @Guard(staffOnly)
  editions(@Root() { id }: Article, @Ctx() { em }: Context): Promise<ArticleEditionFace[]> {
    return editionsOf(em, id);
  }

  @FieldResolver(() => ArticleVotesFace, { nullable: true, description: 'Whether it helped.' })
  votes(@Root() { id }: Article, @Ctx() { em }: Context): Promise<ArticleVotesFace> {
    return votesOf(em, id);
  }

  @FieldResolver(() => Boolean, { nullable: true, description: 'Whether it helped the viewer, as far as they said.' })
  @Directive('@personal')
  @Guard(signedIn)
  async helpedMe(@Root() { id: articleId }: Article, @Ctx() { em, viewer }: Context): Promise<boolean | null> {
    if (viewer.personId === null) return null;
    const vote = await em.findOne(ArticleVote, { articleId, personId: viewer.personId });
    return vote?.helpful ?? null;
  }
}
