import {
  type Context,
  ErrorCode,
  Guard,
  type Language,
  languages,
  publicPolicy,
  RequestError,
  SearchResultFace,
  signedIn,
} from '@atende/service';
import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { ArticleHitConnection, ArticleSuggestion } from './search.graphql.ts';
import { type Hit, searchPage, suggestionsFor } from './search.queries.ts';

const USUAL = 5;
const MOST = 20;

@Resolver(() => SearchResultFace)
export class SearchResolver {
  @FieldResolver(() => ArticleHitConnection, {
    nullable: true,
    description: 'Articles the viewer may see, in the language asked for first.',
  })
  @Guard(publicPolicy('public articles are found without signing in; the others are not'))
  async articles(
    @Root() { text }: SearchResultFace,
    @Arg('first', () => Int, { nullable: true, description: 'How many, 1 to 100. Required.' }) first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'Those after this cursor.' }) after: string | null,
    @Ctx() { em, language }: Context,
  ): Promise<ArticleHitConnection> {
    const { edges, pageInfo } = await searchPage(em, text, language, { first, after });
    return { edges: edges.map(({ node, cursor }) => ({ node: node.article, snippet: node.snippet, cursor })), pageInfo };
  }

  @Query(() => [ArticleSuggestion], { description: 'Articles that may answer a title while it is typed, the best first.' })
  @Guard(signedIn)
  suggestArticles(
    @Arg('title', () => String, { description: 'As far as it is typed.' }) title: string,
    @Arg('product', () => ID, { nullable: true, description: 'The product or module it is about: articles about it first.' })
    product: string | null,
    @Arg('language', () => String, { nullable: true, description: 'pt-BR, en or es; the caller’s when absent.' }) language: string | null,
    @Arg('first', () => Int, { nullable: true, description: `How many, 1 to ${MOST}; ${USUAL} when absent.` }) first: number | null,
    @Ctx() context: Context,
  ): Promise<Hit[]> {
    const asked = { title, product, language: languageOf(language, context), first: sizeOf(first), typing: true };
    return suggestionsFor(context.em, asked);
  }
}

export function sizeOf(first: number | null | undefined): number {
  const size = first ?? USUAL;
  if (size < 1 || size > MOST) throw new RequestError(ErrorCode.FIRST_REQUIRED, `Ask for \`first\`, 1 to ${MOST}.`);
  return size;
}

function languageOf(asked: string | null | undefined, { language }: Context): Language {
  const known = languages.find((one) => one === (asked ?? language));
  if (!known) throw new RequestError(ErrorCode.BAD_USER_INPUT, `Articles are in ${languages.join(', ')}.`);
  return known;
}
