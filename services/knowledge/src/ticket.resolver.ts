import { type Context } from '@atende/service';
import { Arg, Ctx, Directive, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { ArticleSuggestion } from './search.graphql.ts';
import { type Hit, suggestionsFor } from './search.queries.ts';
import { sizeOf } from './search.resolver.ts';
import { TicketFace } from './ticket.graphql.ts';

@Resolver(() => TicketFace)
export class TicketResolver {
  @FieldResolver(() => [ArticleSuggestion], {
    nullable: true,
    description: 'Articles that may answer it, by its subject and product, the best first; in the language asked for.',
  })
  @Directive('@requires(fields: "subject product { id }")')
  suggestedArticles(
    @Root() { subject, product }: TicketFace,
    @Arg('first', () => Int, { nullable: true, description: 'How many, 1 to 20; 5 when absent.' }) first: number | null,
    @Ctx() { em, language }: Context,
  ): Promise<Hit[]> {
    const title = typeof subject === 'string' ? subject : '';
    return suggestionsFor(em, { title, product: product?.id ?? null, language, first: sizeOf(first), typing: false });
  }
}
